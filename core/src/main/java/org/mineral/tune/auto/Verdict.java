package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.mineral.eval.PairedTests;

/**
 * The choice among algorithms by the same users of the same held-out parts. Each is tested against the best; of those that both tests cannot
 * tell from it at the 5 % level, and that are within 2 % of it, the one that is cheapest to serve is taken.
 *
 * @param contenders best first, those without a result last
 * @param chosen the one to take; null if none has a result
 */
record Verdict(
        List<SearchReport.Contender> contenders, @Nullable String chosen) {

    private static final double LEVEL = 0.05;

    /** What may be lost by taking a cheaper one. */
    private static final double LOSS = 0.02;

    /**
     * The best settings of an algorithm.
     *
     * @param result may be a failure
     * @param trials number of settings tried
     */
    record Entry(String algorithm, Map<String, String> settings, TrialResult result, int trials) {

        double servingCost() {
            return result.runs().stream()
                    .mapToDouble(TrialResult.Run::servingCost)
                    .average()
                    .orElse(0);
        }
    }

    static Verdict of(List<Entry> entries) {
        List<Entry> measured = entries.stream().filter(e -> e.result.complete()).toList();
        int parts =
                measured.stream().mapToInt(e -> e.result.runs().size()).min().orElse(0);
        List<Compared> compared = new ArrayList<>();
        measured.forEach(entry -> compared.add(new Compared(entry, byUser(entry.result, parts))));
        compared.sort(Comparator.comparingDouble(Compared::mean).reversed());
        double[] best = compared.isEmpty() ? new double[0] : compared.get(0).byUser;
        List<PairedTests.Comparison> tests = compared.stream()
                .skip(1)
                .map(c -> PairedTests.compare(best, c.byUser))
                .toList();
        double[] t = PairedTests.holm(
                tests.stream().mapToDouble(PairedTests.Comparison::tPValue).toArray());
        double[] wilcoxon = PairedTests.holm(tests.stream()
                .mapToDouble(PairedTests.Comparison::wilcoxonPValue)
                .toArray());
        List<SearchReport.Contender> contenders = new ArrayList<>();
        for (int k = 0; k < compared.size(); k++) {
            contenders.add(compared.get(k).contender(best, k == 0 ? 1 : t[k - 1], k == 0 ? 1 : wilcoxon[k - 1]));
        }
        String chosen = contenders.stream()
                .filter(c -> !c.apart() && -c.difference() <= LOSS * value(contenders.get(0)))
                .min(Comparator.comparingDouble(SearchReport.Contender::servingCost))
                .map(SearchReport.Contender::algorithm)
                .orElse(null);
        entries.stream().filter(e -> !e.result.complete()).forEach(e -> contenders.add(failed(e)));
        return new Verdict(contenders, chosen);
    }

    private static double value(SearchReport.Contender contender) {
        return Objects.requireNonNull(contender.validation());
    }

    private record Compared(Entry entry, double[] byUser) {

        double mean() {
            return DoubleStream.of(byUser).average().orElse(0);
        }

        SearchReport.Contender contender(double[] best, double t, double wilcoxon) {
            PairedDifference difference = PairedDifference.of(List.of(byUser), List.of(best));
            return new SearchReport.Contender(
                    entry.algorithm,
                    entry.settings,
                    mean(),
                    difference.mean(),
                    difference.error(),
                    t,
                    wilcoxon,
                    t < LEVEL && wilcoxon < LEVEL,
                    entry.servingCost(),
                    entry.trials,
                    null);
        }
    }

    private static SearchReport.Contender failed(Entry entry) {
        return new SearchReport.Contender(
                entry.algorithm,
                entry.settings,
                null,
                0,
                0,
                1,
                1,
                false,
                0,
                entry.trials,
                String.valueOf(entry.result.failure()));
    }

    /** Means over the first parts of the users whom a part judges. */
    private static double[] byUser(TrialResult result, int parts) {
        List<double[]> all = result.byUser().subList(0, parts);
        DoubleStream.Builder values = DoubleStream.builder();
        for (int user = 0; user < all.get(0).length; user++) {
            double sum = 0;
            int judged = 0;
            for (double[] part : all) {
                if (!Double.isNaN(part[user])) {
                    sum += part[user];
                    judged++;
                }
            }
            if (judged > 0) {
                values.add(sum / judged);
            }
        }
        return values.build().toArray();
    }
}
