package org.mineral.comparisons;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.eval.Evaluation;
import org.mineral.model.FactorModel;
import org.mineral.tune.preset.AutoPreset;

/**
 * Mineral where whole models are compared: trained as the command line trains them, by a command that can be named. Two of
 * them: {@code train DATA} with nothing else said, and the short recipe of {@code docs/lab/convergence.md}, which was found on
 * validation data of yelp2018.
 */
final class Mineral {

    private static final String LOSS = "mine+";

    /** What the short recipe sets besides the epochs. */
    private static final Map<String, String> SHORT = shortRecipe();

    /** Numbers of epochs of the short recipe among which the fewest are sought that rank as well as a baseline. */
    static final List<Integer> EPOCHS = List.of(1, 2, 3, 5, 8, 12, 20);

    /** A run, from the data in memory to the finished model. */
    record Trained(String command, double seconds, Evaluation evaluation) {

        double recall() {
            return evaluation.metric(Conditions.RECALL);
        }

        String describe() {
            return String.format(Locale.ROOT, "ours: %s; Recall@20 %.4f", command, recall());
        }
    }

    private final Conditions conditions;
    private final Map<Map<String, String>, Trained> known = new HashMap<>();

    Mineral(Conditions conditions) {
        this.conditions = conditions;
    }

    private static Map<String, String> shortRecipe() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("history", "2");
        settings.put("item_bias", "true");
        settings.put("learning_rate", "0.08");
        settings.put("schedule", "one-cycle");
        settings.put("temperature", "0.13");
        return settings;
    }

    /** What a user gets who says nothing: the rules of {@code auto}. */
    Trained full() {
        return trained(
                "train " + conditions.data().name(),
                new AutoPreset().settings(LOSS, conditions.data().train()));
    }

    /** The shortest run of the short recipe that ranks as well as this. */
    Optional<Trained> reaching(double recall) {
        return EPOCHS.stream()
                .map(this::brief)
                .filter(run -> run.recall() >= recall)
                .findFirst();
    }

    /** The short recipe. */
    Trained brief(int epochs) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("epochs", String.valueOf(epochs));
        settings.putAll(SHORT);
        String command = settings.entrySet().stream()
                .map(s -> " --set " + s.getKey() + "=" + s.getValue())
                .collect(Collectors.joining("", "train " + conditions.data().name(), ""));
        return trained(command, settings);
    }

    private Trained trained(String command, Map<String, String> settings) {
        return known.computeIfAbsent(settings, s -> {
            Fit<FactorModel> result = trainer(s).threads(conditions.threads()).train(conditions.data());
            return new Trained(command, result.seconds(), conditions.evaluate(result.model()));
        });
    }

    /** Settings of the loss and of the training, by public name. */
    private static EmbeddingTrainer trainer(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(EmbeddingSettings.LOSS, LOSS);
        EmbeddingSettings divided = EmbeddingSettings.of(all);
        return new EmbeddingTrainer(divided.loss(), divided.options());
    }
}
