package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.List;
import org.mineral.eval.PairedTests;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Pair;

/**
 * Paired tests of every two entries, Holm-corrected together. The best entry is selected by the same data, so tests against it alone would
 * have too many false positives; correcting over all pairs controls the error rate whichever entry is best.
 *
 * @param entries with their tests against the best, in the order given
 * @param pairs of the entries that have values, the better one first
 */
record PairwiseTests(List<Entry> entries, List<Pair> pairs) {

    /** Probability of at least one false positive among all tests of one kind. */
    static final double LEVEL = 0.05;

    private record PairedTest(String first, String second, PairedTests.Comparison tests) {}

    /** @param measured best first; failures are not tested */
    static PairwiseTests of(List<EntryResult> measured) {
        List<PairedTest> duels = new ArrayList<>();
        for (int a = 0; a < measured.size(); a++) {
            for (int b = a + 1; b < measured.size(); b++) {
                double[][] first = measured.get(a).ranking();
                double[][] second = measured.get(b).ranking();
                if (first != null && second != null) {
                    duels.add(new PairedTest(
                            measured.get(a).entry().name(),
                            measured.get(b).entry().name(),
                            compare(first, second)));
                }
            }
        }
        double[] t = PairedTests.holm(
                duels.stream().mapToDouble(d -> d.tests.tPValue()).toArray());
        double[] wilcoxon = PairedTests.holm(
                duels.stream().mapToDouble(d -> d.tests.wilcoxonPValue()).toArray());
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < duels.size(); k++) {
            PairedTest duel = duels.get(k);
            double difference = duel.tests.meanDifference();
            boolean real = t[k] < LEVEL && wilcoxon[k] < LEVEL;
            Contrast contrast = new Contrast(Math.abs(difference), t[k], wilcoxon[k], real);
            pairs.add(
                    difference < 0
                            ? new Pair(duel.second, duel.first, contrast)
                            : new Pair(duel.first, duel.second, contrast));
        }
        String best = measured.isEmpty() ? "" : measured.get(0).entry().name();
        return new PairwiseTests(
                measured.stream().map(m -> withContrast(m.entry(), best, pairs)).toList(), List.copyOf(pairs));
    }

    /** Entries without a seed, such as popularity, are repeated for every seed. */
    private static PairedTests.Comparison compare(double[][] first, double[][] second) {
        int seeds = Math.max(first.length, second.length);
        return PairedTests.compare(repeated(first, seeds), repeated(second, seeds));
    }

    private static double[][] repeated(double[][] values, int seeds) {
        double[][] all = new double[seeds][];
        for (int s = 0; s < seeds; s++) {
            all[s] = values[s % values.length];
        }
        return all;
    }

    private static Entry withContrast(Entry entry, String best, List<Pair> pairs) {
        for (Pair pair : pairs) {
            boolean better = pair.first().equals(entry.name()) && pair.second().equals(best);
            if (better || pair.first().equals(best) && pair.second().equals(entry.name())) {
                Contrast c = pair.contrast();
                double difference = better ? c.difference() : -c.difference();
                return EntryBuilder.of(entry)
                        .againstBest(new Contrast(difference, c.t(), c.wilcoxon(), c.real()))
                        .build();
            }
        }
        return entry;
    }
}
