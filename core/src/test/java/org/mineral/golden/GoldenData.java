package org.mineral.golden;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;

/**
 * The data of the golden runs: {@value #USERS} users with five tastes, {@value #ITEMS} items. Made here and not by the library's own
 * generator and splits, which may change.
 */
final class GoldenData {

    static final int USERS = 130;
    static final int ITEMS = 90;

    private static final int TASTES = 5;

    /** Users and items from here on are new to the model that is updated. */
    private static final int OLD_USERS = 100;

    private static final int OLD_ITEMS = 70;

    /** All of it: train, valid and test, with a time for each interaction; every user and item has one in train. */
    static final Dataset ALL = generate();

    /** The train part among the first {@value #OLD_USERS} users and {@value #OLD_ITEMS} items. */
    static final Dataset PAST = past();

    /** The rest of the train part. */
    static final Dataset NEWS = news();

    private GoldenData() {}

    /** The same data with a taste for most users, and a taste and a number for the items. */
    static Dataset withAttributes(Dataset data) {
        int[][] tastes = new int[data.users().size()][];
        Arrays.setAll(tastes, user -> user % 7 == 0 ? new int[0] : new int[] {user % TASTES});
        int[][] kinds = new int[data.items().size()][];
        Arrays.setAll(kinds, item -> new int[] {item % TASTES, TASTES + item / 20});
        Interactions ofUsers = Interactions.of(TASTES, tastes);
        Interactions ofItems = Interactions.of(TASTES + 5, kinds);
        return data.withAttributes(
                new Attributes(SparseMatrix.ofOnes(ofUsers), IdMap.numbered(TASTES)),
                new Attributes(SparseMatrix.ofOnes(ofItems), IdMap.numbered(TASTES + 5)));
    }

    private static Dataset generate() {
        SplittableRandom random = new SplittableRandom(20);
        int[][][] parts = new int[3][USERS][];
        for (int user = 0; user < USERS; user++) {
            int[] drawn = draw(user, random);
            // Three of five to train, so that every user has some there.
            for (int part = 0; part < 3; part++) {
                int of = part;
                parts[part][user] = IntStream.range(0, drawn.length)
                        .filter(k -> Math.max(0, k % 5 - 2) == of)
                        .map(k -> drawn[k])
                        .toArray();
            }
        }
        Dataset data = Dataset.of(
                "golden",
                Interactions.of(ITEMS, parts[0]),
                Interactions.of(ITEMS, parts[1]),
                Interactions.of(ITEMS, parts[2]));
        Interactions pairs = data.all();
        long[] times = random.longs(pairs.size(), 0, 1_000_000).toArray();
        return data.withEvents(new Events(pairs, null, times));
    }

    /** 5 to 20 different items, most of the user's taste and rather with small indices; the user's own index first. */
    private static int[] draw(int user, SplittableRandom random) {
        int[] drawn = new int[5 + random.nextInt(16)];
        drawn[0] = user % ITEMS;
        for (int k = 1; k < drawn.length; ) {
            int item = Math.min(random.nextInt(ITEMS), random.nextInt(ITEMS));
            if (random.nextInt(4) > 0) {
                item += user % TASTES - item % TASTES;
            }
            int next = item;
            if (Arrays.stream(drawn, 0, k).allMatch(other -> other != next)) {
                drawn[k++] = item;
            }
        }
        return drawn;
    }

    private static Dataset past() {
        int[][] rows = new int[OLD_USERS][];
        Arrays.setAll(
                rows,
                user -> Arrays.stream(ALL.train().row(user))
                        .filter(item -> item < OLD_ITEMS)
                        .toArray());
        Interactions none = Interactions.empty(OLD_USERS, OLD_ITEMS);
        return Dataset.of("past", Interactions.of(OLD_ITEMS, rows), none, none);
    }

    private static Dataset news() {
        int[][] rows = new int[USERS][];
        Arrays.setAll(
                rows,
                user -> Arrays.stream(ALL.train().row(user))
                        .filter(item -> user >= OLD_USERS || item >= OLD_ITEMS)
                        .toArray());
        Interactions none = Interactions.empty(USERS, ITEMS);
        return Dataset.of("news", Interactions.of(ITEMS, rows), none, none);
    }
}
