package org.mineral.tune;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.eval.PairedTests;
import org.mineral.tune.ComparisonResult.Contrast;
import org.mineral.tune.ComparisonResult.Entry;

/** Which differences from the best loss are real: paired tests over users, corrected for their number. */
final class Verdicts {

    /** The chance of any false alarm among all tests of one kind. */
    static final double LEVEL = 0.05;

    private Verdicts() {}

    /**
     * The entries with their tests, in the order given.
     *
     * @param measured best first; failures and the best itself get no test, nor does anything if all failed
     */
    static List<Entry> of(List<Measured> measured) {
        double @Nullable [] best = measured.isEmpty() ? null : measured.get(0).values();
        List<PairedTests.Comparison> tests = new ArrayList<>();
        for (Measured other : measured.subList(Math.min(1, measured.size()), measured.size())) {
            double[] values = other.values();
            if (best != null && values != null) {
                tests.add(PairedTests.compare(values, best));
            }
        }
        double[] t = PairedTests.holm(
                tests.stream().mapToDouble(PairedTests.Comparison::tPValue).toArray());
        double[] wilcoxon = PairedTests.holm(tests.stream()
                .mapToDouble(PairedTests.Comparison::wilcoxonPValue)
                .toArray());
        List<Entry> entries = new ArrayList<>();
        int test = 0;
        for (Measured one : measured) {
            boolean tested = best != null && one.values() != null && !entries.isEmpty();
            entries.add(tested ? one.entry().against(contrast(tests, t, wilcoxon, test++)) : one.entry());
        }
        return entries;
    }

    private static Contrast contrast(List<PairedTests.Comparison> tests, double[] t, double[] wilcoxon, int k) {
        boolean real = t[k] < LEVEL && wilcoxon[k] < LEVEL;
        return new Contrast(tests.get(k).meanDifference(), t[k], wilcoxon[k], real);
    }
}
