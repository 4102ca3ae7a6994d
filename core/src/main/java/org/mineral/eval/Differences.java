package org.mineral.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mineral.config.InputException;

/**
 * Tests whether evaluations of other models differ from that of a first one: paired tests over the users evaluated in both, Holm-corrected
 * over all lines, and bootstrap intervals of the differences.
 */
public final class Differences {

    /** Probability of at least one false positive over all lines. */
    public static final double LEVEL = 0.05;

    /**
     * One metric of one other model.
     *
     * @param users number of users evaluated in both
     * @param first mean over these users of the first model
     * @param other mean over them of the other model
     * @param difference first minus other, with its 95 % bootstrap interval over users
     * @param t p of the paired t test, corrected
     * @param wilcoxon p of the signed-rank test, corrected
     * @param real whether both p are below {@link #LEVEL}
     */
    public record Line(
            String model,
            String metric,
            int users,
            double first,
            double other,
            Intervals.Interval difference,
            double t,
            double wilcoxon,
            boolean real) {}

    private record Paired(EvaluatedModel of, String metric, double[] first, double[] other) {

        PairedTests.Comparison tests() {
            return PairedTests.compare(first, other);
        }

        double[] differences() {
            double[] differences = new double[first.length];
            Arrays.setAll(differences, u -> first[u] - other[u]);
            return differences;
        }
    }

    private Differences() {}

    /**
     * Compares every metric that has a value for each user.
     *
     * @throws InputException if two models have no user in common
     */
    public static List<Line> of(EvaluatedModel first, List<EvaluatedModel> others, long seed) {
        List<Paired> paired = new ArrayList<>();
        others.forEach(other -> paired.addAll(pair(first, other)));
        List<PairedTests.Comparison> tests = paired.stream().map(Paired::tests).toList();
        double[] t = PairedTests.holm(
                tests.stream().mapToDouble(PairedTests.Comparison::tPValue).toArray());
        double[] wilcoxon = PairedTests.holm(tests.stream()
                .mapToDouble(PairedTests.Comparison::wilcoxonPValue)
                .toArray());
        List<Line> lines = new ArrayList<>();
        for (int k = 0; k < paired.size(); k++) {
            Paired p = paired.get(k);
            lines.add(new Line(
                    p.of.name(),
                    p.metric,
                    p.first.length,
                    Arrays.stream(p.first).average().orElse(Double.NaN),
                    Arrays.stream(p.other).average().orElse(Double.NaN),
                    Intervals.bootstrap(p.differences(), seed),
                    t[k],
                    wilcoxon[k],
                    t[k] < LEVEL && wilcoxon[k] < LEVEL));
        }
        return lines;
    }

    private static List<Paired> pair(EvaluatedModel first, EvaluatedModel other) {
        Map<String, Integer> places = new HashMap<>();
        int[] theirs = other.evaluation().perUser().userIndices();
        for (int p = 0; p < theirs.length; p++) {
            places.put(other.model().users().id(theirs[p]), p);
        }
        int[] mine = first.evaluation().perUser().userIndices();
        int[] left = new int[mine.length];
        int[] right = new int[mine.length];
        int n = 0;
        for (int p = 0; p < mine.length; p++) {
            Integer place = places.get(first.model().users().id(mine[p]));
            if (place != null) {
                left[n] = p;
                right[n++] = place;
            }
        }
        if (n == 0) {
            throw new InputException(first.name() + " and " + other.name()
                    + " have no user in common who can be evaluated; give two models of the same data.");
        }
        int users = n;
        List<Paired> paired = new ArrayList<>();
        first.evaluation().perUser().values().forEach((metric, values) -> {
            double[] others = other.evaluation().perUser().values().get(metric);
            if (others != null) {
                paired.add(new Paired(other, metric, at(values, left, users), at(others, right, users)));
            }
        });
        return paired;
    }

    private static double[] at(double[] values, int[] places, int size) {
        double[] chosen = new double[size];
        Arrays.setAll(chosen, p -> values[places[p]]);
        return chosen;
    }
}
