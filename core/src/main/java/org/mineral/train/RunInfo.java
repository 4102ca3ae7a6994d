package org.mineral.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mineral.config.Config;
import org.mineral.config.Names;
import org.mineral.data.Dataset;
import org.mineral.linalg.Kernels;
import org.mineral.loss.Loss;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;

/** A run written down: what a model keeps of it, and a loss and its objective read back from that. */
final class RunInfo {

    private static final String LOSS = "loss";

    private RunInfo() {}

    /** The loss's name, its parameters and all options, with {@code auto} resolved. */
    static Map<String, String> settings(Loss loss, TrainOptions options) {
        Objective objective = Objective.of(loss, options);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(LOSS, Losses.name(loss));
        settings.putAll(Losses.parameters(loss));
        settings.putAll(Config.toMap(options.with("temperature", objective.temperature())
                .with("similarity", Names.kebab(objective.similarity()))
                .with("candidates", objective.candidates())
                .with("layer_weights", LayerWeights.resolved(options.layers(), options.layerWeights()))));
        return settings;
    }

    static ModelInfo of(Loss loss, TrainOptions options, Dataset data, Kernels kernels, Map<String, Object> further) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("data", data.name());
        facts.put("data_hash", data.hash());
        facts.put("seed", options.seed());
        facts.put("kernel", kernels.name());
        further.forEach(facts::putIfAbsent);
        return ModelInfo.of(FactorModel.NAME, settings(loss, options), facts);
    }

    /** The objective that a model was trained with. */
    static Objective objective(ModelInfo info) {
        Map<String, String> own = new LinkedHashMap<>();
        String name = info.config().getOrDefault(LOSS, "mine+");
        var parameters = Config.names(Losses.recordOf(name));
        info.config().forEach((key, value) -> {
            if (parameters.contains(key)) {
                own.put(key, value);
            }
        });
        return Objective.of(Losses.of(name, own), options(info));
    }

    /** The options that a model was trained with; those that it does not name are at their defaults. */
    static TrainOptions options(ModelInfo info) {
        Map<String, String> options = new LinkedHashMap<>(info.config());
        options.keySet().retainAll(Config.names(TrainOptions.class));
        return Config.read(TrainOptions.class, options);
    }
}
