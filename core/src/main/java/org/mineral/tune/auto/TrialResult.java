package org.mineral.tune.auto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What settings reached on the held-out parts that they were trained for.
 *
 * @param changes of the settings, against the first of the search
 * @param runs one training a part, in the order of the parts; a trial that cannot win has fewer
 * @param gigaflops of all runs
 * @param seconds of all runs, evaluation included
 * @param failure why there is no result; null if there is one
 */
record TrialResult(
        SettingChanges changes,
        List<Run> runs,
        double gigaflops,
        double seconds,
        @Nullable String failure) {

    /**
     * One training.
     *
     * @param curve NDCG@20 after each epoch; empty for algorithms without epochs
     * @param best NDCG@20 of the best epoch
     * @param byUser NDCG@20 of each user at the best epoch; NaN for users that are not judged, empty for a training that was stopped
     * @param stopped whether it was stopped because it could not catch up with the best settings
     * @param servingCost {@link org.mineral.model.Model#servingCost} of the model
     */
    record Run(List<Double> curve, double best, int bestEpoch, double[] byUser, boolean stopped, double servingCost) {}

    TrialResult {
        runs = List.copyOf(runs);
    }

    /** Whether it was trained to the end, so that it may be chosen. */
    boolean complete() {
        return failure == null && !runs.isEmpty() && runs.stream().noneMatch(Run::stopped);
    }

    /** Mean of the best epochs over the parts; minus infinity if it is not complete. */
    double value() {
        return complete() ? runs.stream().mapToDouble(Run::best).average().orElseThrow() : Double.NEGATIVE_INFINITY;
    }

    /** The median of the parts' best epochs, the lower one of two; 0 without epochs. */
    int bestEpoch() {
        int[] epochs = runs.stream().mapToInt(Run::bestEpoch).sorted().toArray();
        return epochs.length == 0 ? 0 : epochs[(epochs.length - 1) / 2];
    }

    /**
     * The first epoch that is nearly as good as the best one, on the first part.
     *
     * @param share of the best one's value that it may lack
     */
    int shortest(double share) {
        Run run = runs.get(0);
        int epoch = 1;
        while (run.curve.get(epoch - 1) < (1 - share) * run.best) {
            epoch++;
        }
        return epoch;
    }

    /** The same result under another description of its settings. */
    TrialResult of(SettingChanges others) {
        return new TrialResult(others, runs, gigaflops, seconds, failure);
    }

    List<double[]> byUser() {
        return runs.stream().map(Run::byUser).toList();
    }

    /** Over the users of the parts that both were trained for. */
    PairedDifference minus(TrialResult other) {
        return PairedDifference.of(byUser(), other.byUser());
    }
}
