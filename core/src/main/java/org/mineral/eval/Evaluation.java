package org.mineral.eval;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mineral.config.InputException;

/**
 * The result of an evaluation.
 *
 * @param users N, the number of users in the means
 * @param population the number of users that these were sampled from; N if no sample was drawn
 * @param skipped users with test items whom the model cannot rank for, because it has learnt nothing about them
 * @param foldedIn users among the N without training interactions, who were folded in by their other known interactions
 * @param seenTest test pairs of the N users that are masked because the model knows them; they count as misses
 * @param metrics name with cutoff, as {@code NDCG@20} ({@code AUC} has none), to the mean over users; in the order of the table
 * @param perUser each user's values
 * @param strata recall by popularity of the test items; empty unless requested
 */
public record Evaluation(
        int users,
        int population,
        int skipped,
        int foldedIn,
        int seenTest,
        Map<String, Double> metrics,
        PerUser perUser,
        List<PopularityStrata.Result> strata) {

    /**
     * Values by user, aligned: position p of each array belongs to user {@code userIndices[p]}.
     *
     * @param testItems number of test items, unknown ones included
     * @param values name with cutoff to values; coverage and Gini, properties of all lists together, are not among them
     */
    public record PerUser(int[] userIndices, int[] testItems, Map<String, double[]> values) {}

    /** The mean of one metric, as {@code NDCG@20}. */
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw InputException.unknown("metric", name, metrics.keySet());
        }
        return value;
    }

    /** {@code Recall@20 0.0711, NDCG@20 0.0587, 31,668 users}. */
    @Override
    public String toString() {
        return metrics.entrySet().stream()
                        .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "))
                + String.format(
                        Locale.ROOT, users < population ? ", %,d of %,d users" : ", %,d users", users, population);
    }
}
