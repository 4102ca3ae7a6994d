package org.mineral.algorithm;

import org.mineral.data.Dataset;
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

    private TenUsers() {}
}
