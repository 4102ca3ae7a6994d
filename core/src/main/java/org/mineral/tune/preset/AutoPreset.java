package org.mineral.tune.preset;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mineral.algorithm.embedding.init.PredictabilityProbe;
import org.mineral.config.Config;
import org.mineral.data.Interactions;
import org.mineral.loss.Losses;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Similarity;

/**
 * Derives settings from the training data, close to what a search would find. N is the number of
 * interactions, g their {@link PredictabilityProbe gap}; {@code docs/reference/presets.md} has the data that the rules were fitted on.
 *
 * <table>
 * <caption>Rules</caption>
 * <tr><td>{@code temperature}</td><td>0.5 exp(-2.3 g), at least 0.12</td><td>predictable data profit from a low temperature; on noisy data it overfits</td></tr>
 * <tr><td>{@code lambda}</td><td>1.25</td><td>values from 1.2 to 1.3 differ little if the temperature fits</td></tr>
 * <tr><td>{@code sharpness}</td><td>0.15</td><td>real and noisy data gained 0.3 to 3.5 % by it, clean
 *     generated ones lost up to 0.5 %</td></tr>
 * <tr><td>{@code item_bias}</td><td>true</td><td>popularity is modelled separately; otherwise lambda above 1 suppresses it</td></tr>
 * <tr><td>{@code history}</td><td>1</td><td>a user with few items is described by these items; with a bias it was never worse</td></tr>
 * <tr><td>{@code learning_rate}</td><td>0.03</td><td>with a history, a user's vector changes with each step of the user's items</td></tr>
 * <tr><td>{@code epochs}</td><td>10 (N / 80,000)^0.4, within [10, 30]</td><td>small datasets overfit earlier</td></tr>
 * </table>
 *
 * <p>It covers losses over cosines, divided by a temperature, against all items, for which the rules were fitted.
 */
public record AutoPreset() implements Preset {

    public static final String NAME = "auto";

    private static final String MEANT = "mine+";
    private static final Set<String> PRESUMED =
            Set.of("similarity", "candidates", "layers", "temperature_rule", "optimizer", "schedule");
    private static final double COLDEST = 0.12;
    private static final double WARMEST = 0.5;

    /** The seed of the held-out pairs: fixed, so that the rules do not depend on the seed of the training. */
    private static final long SEED = 42;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> losses() {
        Stream<String> others = Losses.names().stream().filter(loss -> knows(loss) && !loss.equals(MEANT));
        return Stream.concat(Stream.of(MEANT), others).toList();
    }

    private static boolean knows(String loss) {
        if (!Losses.names().contains(loss)) {
            return false;
        }
        LossType type = Losses.typeOf(Losses.recordOf(loss));
        return type.tempered()
                && type.similarity() == Similarity.COSINE
                && type.candidates().equals("all");
    }

    /**
     * Whether the rules apply to a run: they cover the loss, and none of their settings is given, nor one that they were not fitted with,
     * because they belong together.
     *
     * @param given names of settings
     */
    public static boolean fits(String loss, Set<String> given) {
        return knows(loss)
                && Collections.disjoint(given, settings(loss, 1, 0).keySet())
                && Collections.disjoint(given, PRESUMED);
    }

    @Override
    public Map<String, String> settings(String loss, Interactions train) {
        return knows(loss) ? settings(loss, train.size(), PredictabilityProbe.gap(train, SEED)) : Map.of();
    }

    @Override
    public Set<String> names(String loss) {
        return settings(loss, 1, 0).keySet();
    }

    /** @param gap of the interactions */
    static Map<String, String> settings(String loss, int interactions, double gap) {
        if (!knows(loss)) {
            return Map.of();
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("temperature", text(temperature(gap)));
        List<String> own = Config.names(Losses.recordOf(loss));
        if (own.contains("lambda")) {
            settings.put("lambda", "1.25");
        }
        if (own.contains("sharpness")) {
            settings.put("sharpness", "0.15");
        }
        settings.put("item_bias", "true");
        settings.put("history", "1");
        settings.put("learning_rate", "0.03");
        settings.put("epochs", String.valueOf(epochs(interactions)));
        return settings;
    }

    /** The length of a training of so many interactions. */
    public static int epochs(int interactions) {
        return (int) Math.max(10, Math.min(30, 10 * Math.pow(interactions / 8e4, 0.4)));
    }

    private static double temperature(double gap) {
        return Math.max(COLDEST, Math.min(WARMEST, WARMEST * Math.exp(-2.3 * gap)));
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }
}
