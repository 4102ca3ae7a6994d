package org.mineral.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.mineral.data.Interactions;

/**
 * Items in three strata by popularity. Sorted by training interactions (most first, ties by lower index), the head is
 * the shortest prefix that holds at least a third of all training interactions, the middle goes on to two thirds, and
 * the tail is the rest, items without any interactions included.
 */
public final class PopularityStrata {

    /** From the most to the least popular. */
    public enum Stratum {
        HEAD,
        MID,
        TAIL
    }

    /**
     * Recall on one stratum.
     *
     * @param stratum {@code head}, {@code mid}, {@code tail}
     * @param items number of items in it
     * @param interactionShare share of the training interactions with these items
     * @param users evaluated users with test items in it
     * @param recall {@code Recall@K} to the mean over these users of (hits within the stratum) / (test items within the
     *     stratum), lists being those of the whole catalogue; 0 if there are no such users
     */
    public record Result(String stratum, int items, double interactionShare, int users, Map<String, Double> recall) {}

    private final Stratum[] strata;
    private final int[] sizes = new int[Stratum.values().length];
    private final double[] shares = new double[Stratum.values().length];

    private PopularityStrata(int[] counts) {
        this.strata = new Stratum[counts.length];
        long total = Arrays.stream(counts).asLongStream().sum();
        long before = 0;
        for (int item : byCount(counts)) {
            // An item belongs to the stratum in which its cumulative share begins.
            Stratum stratum = 3 * before < total ? Stratum.HEAD : 3 * before < 2 * total ? Stratum.MID : Stratum.TAIL;
            strata[item] = stratum;
            sizes[stratum.ordinal()]++;
            shares[stratum.ordinal()] += total == 0 ? 0 : (double) counts[item] / total;
            before += counts[item];
        }
    }

    /** @param train users x items */
    public static PopularityStrata of(Interactions train) {
        return new PopularityStrata(train.itemCounts());
    }

    public Stratum of(int item) {
        return strata[item];
    }

    public int items(Stratum stratum) {
        return sizes[stratum.ordinal()];
    }

    /** Share of the training interactions with the stratum's items. */
    public double interactionShare(Stratum stratum) {
        return shares[stratum.ordinal()];
    }

    /** Sums recall within each stratum, user by user. */
    final class Tally {

        private final int[] ks;
        private final double[][] sums = new double[Stratum.values().length][];
        private final int[] users = new int[Stratum.values().length];

        Tally(int[] ks) {
            this.ks = ks;
            Arrays.setAll(sums, s -> new double[ks.length]);
        }

        void add(int[] ranked, boolean[] hits, int[] testItems) {
            int[] wanted = new int[sums.length];
            for (int item : testItems) {
                wanted[strata[item].ordinal()]++;
            }
            for (int s = 0; s < sums.length; s++) {
                if (wanted[s] > 0) {
                    users[s]++;
                    for (int c = 0; c < ks.length; c++) {
                        sums[s][c] += (double) hitsWithin(s, ranked, hits, ks[c]) / wanted[s];
                    }
                }
            }
        }

        List<Result> results() {
            return Arrays.stream(Stratum.values()).map(this::result).toList();
        }

        private Result result(Stratum stratum) {
            int s = stratum.ordinal();
            Map<String, Double> recall = new LinkedHashMap<>();
            for (int c = 0; c < ks.length; c++) {
                recall.put("Recall@" + ks[c], users[s] == 0 ? 0 : sums[s][c] / users[s]);
            }
            return new Result(stratum.name().toLowerCase(Locale.ROOT), sizes[s], shares[s], users[s], recall);
        }

        private int hitsWithin(int stratum, int[] ranked, boolean[] hits, int k) {
            int count = 0;
            for (int r = 0; r < Math.min(k, ranked.length); r++) {
                count += hits[r] && strata[ranked[r]].ordinal() == stratum ? 1 : 0;
            }
            return count;
        }
    }

    private static int[] byCount(int[] counts) {
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -counts[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
