package org.mineral.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mineral.config.Config;
import org.mineral.data.Interactions;
import org.mineral.loss.LossType;
import org.mineral.loss.Losses;
import org.mineral.loss.Similarity;

/**
 * Settings from the size and the shape of the training data alone, to start close to what a search would find. N is the
 * number of interactions; {@code docs/presets.md} has the data that the rules were fitted on, and others that they were
 * tried on.
 *
 * <table>
 * <caption>Rules</caption>
 * <tr><td>{@code temperature}</td><td>0.135 (N / 10^6)^-0.28, within [0.08, 0.4]</td><td>the fewer interactions, the less a
 *     small difference of cosines means</td></tr>
 * <tr><td>{@code lambda}</td><td>1.25</td><td>from 1.2 to 1.3 it hardly matters once the temperature fits</td></tr>
 * <tr><td>{@code history}</td><td>1 below 10 interactions a user, else 0</td><td>a user of two or three items is little more than
 *     these items</td></tr>
 * <tr><td>{@code learning_rate}</td><td>0.03 with a history, else 0.04</td><td>with a history a user moves with each of
 *     their items' steps</td></tr>
 * <tr><td>{@code epochs}</td><td>12 (N / 50,000)^0.3, within [12, 30]</td><td>small data are learned by heart sooner</td></tr>
 * </table>
 *
 * <p>It knows the losses over cosines, divided by a temperature, against all items; those are the ones that the rules were
 * fitted for.
 */
public record AutoPreset() implements Preset {

    public static final String NAME = "auto";

    private static final String MEANT = "mine+";
    private static final double COLDEST = 0.08;
    private static final double WARMEST = 0.4;
    private static final double FEW_ITEMS = 10;

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
        LossType type = Losses.typeOf(Losses.recordOf(loss));
        return type.tempered()
                && type.similarity() == Similarity.COSINE
                && type.candidates().equals("all");
    }

    @Override
    public Map<String, String> settings(String loss, Interactions train) {
        return settings(loss, train.size(), train.users() - train.emptyRows());
    }

    /** @param users with an interaction */
    static Map<String, String> settings(String loss, int interactions, int users) {
        if (!knows(loss)) {
            return Map.of();
        }
        boolean few = interactions < FEW_ITEMS * users;
        double temperature = 0.135 * Math.pow(interactions / 1e6, -0.28);
        double epochs = 12 * Math.pow(interactions / 5e4, 0.3);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("temperature", text(Math.max(COLDEST, Math.min(WARMEST, temperature))));
        if (Config.names(Losses.recordOf(loss)).contains("lambda")) {
            settings.put("lambda", "1.25");
        }
        settings.put("history", few ? "1" : "0");
        settings.put("learning_rate", few ? "0.03" : "0.04");
        settings.put("epochs", String.valueOf((int) Math.max(12, Math.min(30, epochs))));
        return settings;
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
