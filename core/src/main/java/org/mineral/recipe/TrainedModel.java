package org.mineral.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Fit;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.SelectionProtocol;

/**
 * A model with information about its training.
 *
 * @param model of the last training
 * @param fit the training that chose the epoch: that of the model, unless the recipe retrains
 * @param algorithm with the preset's settings and those given
 * @param protocol of the choice of the epoch
 * @param data after the split
 * @param seed of the training, or of the split if nothing else is random
 * @param search what the settings were found by; null if nothing was searched
 */
public record TrainedModel(
        Model model,
        Fit<? extends Model> fit,
        ConfiguredAlgorithm<?> algorithm,
        SelectionProtocol protocol,
        Dataset data,
        long seed,
        @Nullable SearchReport search) {

    /**
     * All effective settings, from the model, because a teacher and some rules set defaults. The number of trained epochs is not a setting.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(algorithm.describe());
        Map<String, String> last = fit.model().info().config();
        settings.replaceAll((name, value) -> name.equals("stop_after") ? value : last.getOrDefault(name, value));
        return settings;
    }

    /** The loss, or the algorithm if it has none. */
    public String name() {
        String loss = algorithm.spec().loss();
        return loss.isEmpty() ? algorithm.spec().algorithm() : loss;
    }

    /** Whether it is trained in epochs, so that {@code fit} has a curve. */
    public boolean iterative() {
        return algorithm.has(TrainingRecipe.EPOCHS);
    }
}
