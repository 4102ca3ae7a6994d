package org.mineral.algorithm.embedding.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.config.Setting;
import org.mineral.loss.Losses;
import org.mineral.loss.RowEvaluator;
import org.mineral.loss.row.Loss;
import org.mineral.model.ModelInfo;

/**
 * The settings of an embedding model: loss and training. Outside they are one flat list, in which {@code loss} names the loss; only this
 * class divides them.
 */
public record EmbeddingSettings(Loss loss, TrainOptions options) {

    /** The setting that names the loss. */
    public static final String LOSS = "loss";

    public static final String DEFAULT_LOSS = "mine+";

    private static final String TEMPERATURE = "temperature";

    private static final String SIMILARITY = "similarity";

    /**
     * @param given public names to values as text
     * @throws InputException for an unknown name, or a value out of range
     */
    public static EmbeddingSettings of(Map<String, String> given) {
        String loss = loss(given);
        List<String> own = Config.names(Losses.recordOf(loss));
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, String> training = new LinkedHashMap<>();
        for (Map.Entry<String, String> setting : given.entrySet()) {
            String name = setting.getKey();
            if (own.contains(name)) {
                parameters.put(name, setting.getValue());
            } else if (Config.names(TrainOptions.class).contains(name)) {
                training.put(name, setting.getValue());
            } else if (!name.equals(LOSS)) {
                Set<String> allowed = new LinkedHashSet<>(own);
                allowed.addAll(Config.everyday(TrainOptions.class));
                throw InputException.unknown("setting", name, allowed);
            }
        }
        return new EmbeddingSettings(Losses.of(loss, parameters), Config.read(TrainOptions.class, training));
    }

    /** The settings of a model; missing ones have their defaults. */
    static EmbeddingSettings of(ModelInfo info) {
        Map<String, String> known = new LinkedHashMap<>(info.config());
        known.keySet().retainAll(names(loss(known)));
        return of(known);
    }

    private static String loss(Map<String, String> given) {
        return given.getOrDefault(LOSS, DEFAULT_LOSS);
    }

    private static Set<String> names(String loss) {
        Set<String> names = new LinkedHashSet<>(Set.of(LOSS));
        names.addAll(Config.names(Losses.recordOf(loss)));
        names.addAll(Config.names(TrainOptions.class));
        return names;
    }

    /** The loss's name, its parameters and all options, with {@code auto} resolved. */
    public Map<String, String> describe() {
        Objective objective = objective();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(LOSS, Losses.name(loss));
        settings.putAll(Losses.parameters(loss));
        settings.putAll(Config.toMap(options.with(TEMPERATURE, objective.temperature())
                .with(SIMILARITY, Names.kebab(objective.similarity()))
                .with("candidates", objective.candidates())
                .with(
                        "layer_weights",
                        LayerWeights.resolved(
                                options.encoder().layers(), options.encoder().layerWeights()))));
        return settings;
    }

    Objective objective() {
        return Objective.of(loss, options);
    }

    /** The loss of one row at this temperature and similarity, in double precision. */
    public RowEvaluator row() {
        Objective objective = objective();
        return RowEvaluator.of(loss).withTemperature(objective.temperature()).withSimilarity(objective.similarity());
    }

    /** The settings that the loss of one row depends on: the loss, its parameters, similarity and temperature. */
    public Set<String> rowSettings() {
        Set<String> names = new LinkedHashSet<>(Set.of(LOSS, SIMILARITY, TEMPERATURE));
        names.addAll(Losses.parameters(loss).keySet());
        return names;
    }

    /**
     * The loss, its parameters and the settings of training.
     *
     * @param chosen may name the loss
     * @param defaults values that replace the settings' own defaults
     */
    public static List<Config.Description> parameters(Map<String, String> chosen, Map<String, String> defaults) {
        Class<? extends Record> loss = Losses.recordOf(loss(chosen));
        List<Config.Description> all = new ArrayList<>();
        all.add(new Config.Description(
                LOSS,
                "what is minimised",
                DEFAULT_LOSS,
                false,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Losses.names(),
                "",
                false,
                Setting.Level.EVERYDAY));
        all.addAll(Config.describe(loss));
        all.addAll(Config.describe(TrainOptions.class));
        boolean tempered = Losses.typeOf(loss).tempered();
        all.replaceAll(d -> d.withFallback(defaults.getOrDefault(d.name(), d.fallback())));
        if (!tempered) {
            all.replaceAll(d -> d.name().equals(TEMPERATURE) ? d.untuned() : d);
        }
        return List.copyOf(all);
    }

    /** Those that another loss has, and a temperature where scores are not divided by one; see {@code Algorithm.unused}. */
    public static Map<String, String> unused(Map<String, String> given) {
        String loss = loss(given);
        Class<? extends Record> record = Losses.recordOf(loss);
        List<String> own = Config.names(record);
        Map<String, String> unused = new LinkedHashMap<>();
        for (String name : given.keySet()) {
            if (name.equals(TEMPERATURE) && !Losses.typeOf(record).tempered()) {
                unused.put(name, ignored(name, loss, own) + " Its scores are not divided by a temperature.");
            } else if (!names(loss).contains(name) && ofAnyLoss(name)) {
                unused.put(name, ignored(name, loss, own));
            }
        }
        return unused;
    }

    private static boolean ofAnyLoss(String name) {
        return Losses.names().stream()
                .anyMatch(loss -> Config.names(Losses.recordOf(loss)).contains(name));
    }

    private static String ignored(String name, String loss, List<String> own) {
        return loss + " does not use " + name + "; it is ignored."
                + (own.isEmpty() ? "" : " Parameters of " + loss + ": " + String.join(", ", own) + ".");
    }
}
