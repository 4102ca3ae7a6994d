package org.mineral.tune.compare;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.tune.compare.ComparisonResult.Point;

/**
 * One training with one choice of settings, as it stands on its line of the trials file.
 *
 * @param settings what this trial chose, by public name; what all trials share is in the file's first line
 * @param epochs how many it trained for
 * @param validation the best NDCG@20 on validation data; null if the trial failed
 * @param bestEpoch the epoch that it was reached in; 0 if the trial failed
 * @param seconds of training, validation included
 * @param curve one point an epoch
 * @param test NDCG@20 on the test part with the best epoch's weights; null unless it was asked for
 * @param failure why there is no result; null if there is
 */
public record Trial(
        Map<String, String> settings,
        int epochs,
        @Nullable Double validation,
        int bestEpoch,
        double seconds,
        List<Point> curve,
        @Nullable Double test,
        @Nullable String failure) {

    /** The setting that names the model by its loss. */
    public static final String LOSS = "loss";

    /** The setting that names a model otherwise. */
    public static final String MODEL = "model";

    /** What was trained: a loss, or a model as {@link org.mineral.algorithm.ModelSpec} writes it; empty in an ablation. */
    public String model() {
        return settings.getOrDefault(MODEL, settings.getOrDefault(LOSS, ""));
    }

    public boolean failed() {
        return failure != null;
    }
}
