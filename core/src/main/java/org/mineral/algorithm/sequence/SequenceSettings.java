package org.mineral.algorithm.sequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.loss.row.Loss;
import org.mineral.model.ModelInfo;

/** The settings of a sequence model: loss, training, and rows. Outside they are one flat list. */
public record SequenceSettings(Loss loss, TrainOptions options, SequenceOptions rows) {

    /** Settings of training that are about users' own vectors or whole sets of items. */
    private static final Set<String> ELSEWHERE = Set.of(
            "history",
            "history_exponent",
            "layers",
            "layer_weights",
            "edge_dropout",
            "temperature_rule",
            "temperature_exponent",
            "recency",
            "teacher_items",
            "teacher_weight",
            "averaging");

    private static final Map<String, String> DEFAULTS = Map.of(
            "dimension", "256",
            "temperature", "0.1",
            "lambda", "1.05",
            "epochs", "3",
            "stop_after", "2",
            "learning_rate", "0.01",
            "block_size", "1024",
            "attribute_weight", "3");

    /**
     * @param given public names to values as text
     * @throws InputException for an unknown name, or a value out of range
     */
    static SequenceSettings of(Map<String, String> given) {
        List<String> own = Config.names(SequenceOptions.class);
        Map<String, String> rows = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        List<String> known = names(given);
        for (Map.Entry<String, String> setting : given.entrySet()) {
            if (own.contains(setting.getKey())) {
                rows.put(setting.getKey(), setting.getValue());
            } else if (known.contains(setting.getKey())) {
                others.put(setting.getKey(), setting.getValue());
            } else {
                throw InputException.unknown("setting", setting.getKey(), known);
            }
        }
        defaults(given).forEach(others::putIfAbsent);
        EmbeddingSettings embedding = EmbeddingSettings.of(others);
        return new SequenceSettings(embedding.loss(), embedding.options(), Config.read(SequenceOptions.class, rows));
    }

    /** The settings of a model; missing ones have their defaults. */
    static SequenceSettings of(ModelInfo info) {
        Map<String, String> known = new LinkedHashMap<>(info.config());
        known.keySet().retainAll(names(known));
        return of(known);
    }

    /** All of them by public name, with {@code auto} resolved. */
    Map<String, String> describe() {
        Map<String, String> settings = new LinkedHashMap<>(new EmbeddingSettings(loss, options).describe());
        settings.keySet().removeAll(ELSEWHERE);
        settings.putAll(Config.toMap(rows));
        return settings;
    }

    Objective objective() {
        return Objective.of(loss, options);
    }

    /** The loss, its parameters, the settings of training and those of rows. */
    static List<Config.Description> parameters(Map<String, String> chosen) {
        List<Config.Description> all = new ArrayList<>(EmbeddingSettings.parameters(chosen, defaults(chosen)));
        all.removeIf(setting -> ELSEWHERE.contains(setting.name()));
        all.addAll(Config.describe(SequenceOptions.class));
        return List.copyOf(all);
    }

    private static List<String> names(Map<String, String> chosen) {
        return parameters(chosen).stream().map(Config.Description::name).toList();
    }

    /** Of those that the loss has. The last of three epochs seldom gains anything; whoever says how many get all of them. */
    private static Map<String, String> defaults(Map<String, String> chosen) {
        Map<String, String> defaults = new LinkedHashMap<>(DEFAULTS);
        if (chosen.containsKey("epochs")) {
            defaults.remove("stop_after");
        }
        defaults.keySet()
                .retainAll(EmbeddingSettings.parameters(chosen, Map.of()).stream()
                        .map(Config.Description::name)
                        .toList());
        return defaults;
    }
}
