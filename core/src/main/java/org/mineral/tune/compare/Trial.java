package org.mineral.tune.compare;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.tune.compare.ComparisonResult.Point;

/**
 * One training with one choice of settings: a line of the trials file.
 *
 * @param settings of this trial, by public name; settings shared by all trials are in the header
 * @param epochs number of trained epochs
 * @param validation the best NDCG@20 on validation data; null if the trial failed
 * @param bestEpoch the epoch of that value; 0 if the trial failed
 * @param seconds of training, validation included
 * @param curve one point for each epoch
 * @param test NDCG@20 on the test part with the best epoch's weights; null unless requested
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

    /** The key of the model's loss. */
    public static final String LOSS = "loss";

    /** The key of a model that is not named by a loss. */
    public static final String MODEL = "model";

    /** The trained model: a loss, or the text of a {@link org.mineral.algorithm.ModelSpec}; empty in an ablation. */
    public String model() {
        return settings.getOrDefault(MODEL, settings.getOrDefault(LOSS, ""));
    }

    public boolean failed() {
        return failure != null;
    }
}
