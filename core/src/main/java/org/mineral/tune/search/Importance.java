package org.mineral.tune.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mineral.algorithm.ModelSpec;
import org.mineral.tune.compare.Trial;

/**
 * The importance of a setting within its range: the share of the metric's variance between thirds of the setting's values (one-way analysis
 * of variance, eta squared), over the trials of the lowest rung, which all points ran. 0 is none, 1 all; the expected value by chance is
 * about 2/(n - 1). Interactions are not detected.
 *
 * @param log whether the setting is tuned on a logarithmic scale
 * @param value eta squared
 * @param trials number of trials used
 */
public record Importance(String loss, String setting, boolean log, double value, List<Trial> trials) {

    private static final int GROUPS = 3;

    /** Fewest trials for an estimate. */
    private static final int FEWEST = 6;

    /** All settings of all models with enough trials, by model, the most important first. */
    public static List<Importance> of(TuningResult result) {
        Map<String, List<Trial>> byLoss = new LinkedHashMap<>();
        int lowest = result.rungs().get(0);
        for (Trial trial : result.trials()) {
            // Point 0, the defaults, is not part of the sequence.
            if ((trial.epochs() == lowest || trial.epochs() == 0)
                    && !trial.failed()
                    && trial.settings().size() > 1) {
                byLoss.computeIfAbsent(trial.model(), l -> new ArrayList<>()).add(trial);
            }
        }
        List<Importance> all = new ArrayList<>();
        byLoss.forEach((loss, trials) -> {
            if (trials.size() >= FEWEST) {
                Space.of(loss, ModelSpec.parse(loss), result.settings().keySet(), result.seed()).ranges().stream()
                        .filter(range -> trials.stream()
                                .anyMatch(trial -> trial.settings().containsKey(range.name())))
                        .map(range ->
                                new Importance(loss, range.name(), range.log(), eta(range.name(), trials), trials))
                        .sorted(Comparator.comparingDouble(Importance::value).reversed())
                        .forEach(all::add);
            }
        });
        return List.copyOf(all);
    }

    private static double eta(String setting, List<Trial> trials) {
        Map<Double, List<Double>> sorted = new TreeMap<>();
        for (Trial trial : trials) {
            Double validation = trial.validation();
            if (validation != null) {
                sorted.computeIfAbsent(
                                Double.valueOf(trial.settings().getOrDefault(setting, "NaN")), v -> new ArrayList<>())
                        .add(validation);
            }
        }
        double[] values = sorted.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
        return eta(values);
    }

    /** Variance between thirds of the values in this order, divided by their total variance. */
    static double eta(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double total = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double between = 0;
        for (int g = 0; g < GROUPS; g++) {
            int from = g * values.length / GROUPS;
            int to = (g + 1) * values.length / GROUPS;
            double group = Arrays.stream(values, from, to).average().orElse(mean);
            between += (to - from) * (group - mean) * (group - mean);
        }
        return total > 0 ? between / total : 0;
    }
}
