package org.mineral.algorithm.sequence;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;

/**
 * Generated sequences: most steps lead from item i to one of the next three items of its circle, the others anywhere. Which item comes next is
 * in the last one, not in the set of all.
 */
public final class SequenceData {

    private static final int CIRCLE = 40;

    private SequenceData() {}

    /** Rows of 4 to 16 items; the last two of each user are valid and test. */
    public static Dataset of(int users, int items, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] rows = new int[users][];
        for (int u = 0; u < users; u++) {
            rows[u] = row(4 + random.nextInt(13), items, random);
        }
        return of(rows, items);
    }

    private static int[] row(int length, int items, SplittableRandom random) {
        int[] row = new int[length];
        boolean[] taken = new boolean[items];
        int at = random.nextInt(items);
        for (int k = 0; k < length; k++) {
            while (taken[at]) {
                at = random.nextInt(10) < 9 ? next(at, random) : random.nextInt(items);
            }
            taken[at] = true;
            row[k] = at;
        }
        return row;
    }

    private static int next(int item, SplittableRandom random) {
        return item / CIRCLE * CIRCLE + (item + 1 + random.nextInt(3)) % CIRCLE;
    }

    private static Dataset of(int[][] rows, int items) {
        int[][][] parts = new int[3][rows.length][];
        Map<Long, Long> places = new TreeMap<>();
        for (int u = 0; u < rows.length; u++) {
            int n = rows[u].length;
            parts[0][u] = java.util.Arrays.copyOf(rows[u], n - 2);
            parts[1][u] = new int[] {rows[u][n - 2]};
            parts[2][u] = new int[] {rows[u][n - 1]};
            for (int k = 0; k < n; k++) {
                places.put((long) u << 32 | rows[u][k], (long) places.size());
            }
        }
        Interactions train = Interactions.of(items, parts[0]);
        Interactions valid = Interactions.of(items, parts[1]);
        Interactions test = Interactions.of(items, parts[2]);
        Dataset data = Dataset.of("circles", IdMap.numbered(rows.length), IdMap.numbered(items), train, valid, test);
        long[] order = places.values().stream().mapToLong(Long::longValue).toArray();
        return data.withEvents(new Events(data.all(), null, null, order));
    }

    static Sequences train(Dataset data) {
        return Sequences.of(data.name(), data.train(), data.events());
    }
}
