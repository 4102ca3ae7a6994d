package org.mineral.algorithm;

import java.util.function.IntBinaryOperator;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;

/** Ten users and six items, few enough for golden values from another computation; nobody took the last item. */
public final class TenUsers {

    public static final Dataset DATA = Dataset.of(
            "ten users",
            Interactions.of(
                    6,
                    new int[][] {{0, 1, 2}, {0, 1}, {1, 2, 3}, {3, 4}, {0, 4}, {2, 3, 4}, {1, 3}, {0, 2}, {2}, {1, 4}}),
            Interactions.empty(10, 6),
            Interactions.empty(10, 6));

    /** The same with ratings: {@code 1 + (user + item) % 4}. */
    public static Dataset rated() {
        return rated((user, item) -> 1 + (user + item) % 4);
    }

    /** The same with other ratings. */
    public static Dataset rated(IntBinaryOperator rating) {
        Interactions pairs = DATA.train();
        double[] ratings = new double[pairs.size()];
        for (int user = 0; user < pairs.users(); user++) {
            for (int k = pairs.begin(user); k < pairs.end(user); k++) {
                ratings[k] = rating.applyAsInt(user, pairs.columns()[k]);
            }
        }
        return DATA.withEvents(new Events(pairs, ratings, null));
    }

    private TenUsers() {}
}
