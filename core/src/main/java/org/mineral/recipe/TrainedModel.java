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
 * A model, and how it came about.
 *
 * @param model of the last training
 * @param fit the training that chose the epoch: the same one, unless the recipe trains again
 * @param algorithm with the preset's settings and those given
 * @param protocol what the epoch was chosen by
 * @param data divided as the recipe says
 * @param seed of the training, or of the division of the data where nothing else is drawn
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
     * Everything in force, as the model has it: a teacher and some rules decide what was left open. How many epochs were run is no
     * setting of its own.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(algorithm.describe());
        Map<String, String> last = fit.model().info().config();
        settings.replaceAll((name, value) -> name.equals("stop_after") ? value : last.getOrDefault(name, value));
        return settings;
    }

    /** The loss, or the algorithm where that has none. */
    public String name() {
        String loss = algorithm.spec().loss();
        return loss.isEmpty() ? algorithm.spec().algorithm() : loss;
    }

    /** Whether it is trained in epochs, so that {@code fit} has a curve. */
    public boolean iterative() {
        return algorithm.has(TrainingRecipe.EPOCHS);
    }
}
