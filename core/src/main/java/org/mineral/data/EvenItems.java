package org.mineral.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.mineral.random.Permutations;
import org.mineral.random.Streams;

/**
 * {@link Split#popularity}: of an item with n interactions {@code min(q, floor(n / 2))} leave the training part, a fraction by chance, with one q for
 * all items so that the shares are met; with very skewed data and large shares, q has no bound and fewer leave it.
 */
record EvenItems(Split.Shares shares, long seed) implements Split {

    private static final int BISECTIONS = 60;

    @Override
    public byte[] assign(Timeline rows) {
        Interactions pairs = rows.pairs();
        double held = shares.valid() + shares.test();
        int[] counts = pairs.itemCounts();
        double quota = quota(counts, held * pairs.size());
        SplittableRandom random = Streams.ofSplit(seed);
        int[] left = new int[counts.length];
        Arrays.setAll(left, i -> Math.min(counts[i] / 2, (int) Math.floor(quota + random.nextDouble())));
        int[] kept = pairs.userCounts();
        int[] users = users(pairs);
        byte[] parts = new byte[pairs.size()];
        for (int k : Permutations.order(parts.length, random)) {
            int item = pairs.columns()[k];
            if (left[item] > 0 && kept[users[k]] > 1) {
                left[item]--;
                kept[users[k]]--;
                parts[k] = random.nextDouble() * held < shares.test() ? TEST : VALID;
            }
        }
        return rows.ofRows(parts);
    }

    /** The q with {@code sum over items of min(q, floor(n_i / 2)) = wanted}. */
    private static double quota(int[] counts, double wanted) {
        double low = 0;
        double high = Arrays.stream(counts).max().orElse(0) / 2;
        for (int k = 0; k < BISECTIONS; k++) {
            double middle = (low + high) / 2;
            double sum = Arrays.stream(counts)
                    .mapToDouble(n -> Math.min(middle, n / 2))
                    .sum();
            low = sum < wanted ? middle : low;
            high = sum < wanted ? high : middle;
        }
        return high;
    }

    /** The user of each pair. */
    private static int[] users(Interactions pairs) {
        int[] users = new int[pairs.size()];
        for (int u = 0; u < pairs.users(); u++) {
            Arrays.fill(users, pairs.begin(u), pairs.end(u), u);
        }
        return users;
    }
}
