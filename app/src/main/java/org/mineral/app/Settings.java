package org.mineral.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.loss.Loss;
import org.mineral.loss.Losses;
import org.mineral.train.TrainOptions;

/**
 * What {@code --set k=v} means: a parameter of the loss, or a setting of the training.
 *
 * @param given the training settings that were set, as text
 * @param notes lines for people about settings that this loss does not use
 */
public record Settings(Loss loss, TrainOptions options, Map<String, String> given, List<String> notes) {

    private static final String TEMPERATURE = "temperature";

    /**
     * @param loss a loss's name
     * @param given names to values as a user writes them
     * @throws InputException for a name that no loss and no training knows, or a value out of range
     */
    public static Settings of(String loss, Map<String, String> given) {
        Class<? extends Record> record = Losses.recordOf(loss);
        List<String> own = Config.names(record);
        List<String> training = Config.names(TrainOptions.class);
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, String> options = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        for (Map.Entry<String, String> setting : given.entrySet()) {
            String name = setting.getKey();
            if (own.contains(name)) {
                parameters.put(name, setting.getValue());
            } else if (name.equals(TEMPERATURE) && !Losses.typeOf(record).tempered()) {
                notes.add(unused(name, loss, own) + " Its scores are not divided by a temperature.");
            } else if (training.contains(name)) {
                options.put(name, setting.getValue());
            } else if (knownToAnyLoss(name)) {
                notes.add(unused(name, loss, own));
            } else {
                Set<String> allowed = new LinkedHashSet<>(own);
                allowed.addAll(training);
                throw InputException.unknown("setting", name, allowed);
            }
        }
        return new Settings(
                Losses.of(loss, parameters), Config.read(TrainOptions.class, options), options, List.copyOf(notes));
    }

    /**
     * One setting, whatever loss it is for.
     *
     * @throws InputException for a name that no loss and no training knows, or a value that none of those that know it allows
     */
    static void check(String name, String value) {
        List<Class<? extends Record>> records = new ArrayList<>(List.of(TrainOptions.class));
        Losses.names().forEach(loss -> records.add(Losses.recordOf(loss)));
        InputException refusal = null;
        for (Class<? extends Record> record : records) {
            if (Config.names(record).contains(name)) {
                try {
                    Config.read(record, Map.of(name, value));
                    return;
                } catch (InputException e) {
                    refusal = e;
                }
            }
        }
        Set<String> allowed = new LinkedHashSet<>();
        records.forEach(record -> allowed.addAll(Config.names(record)));
        throw refusal == null ? InputException.unknown("setting", name, allowed) : refusal;
    }

    /** Names to values; each name once. */
    public static Map<String, String> split(List<String> pairs) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new InputException("--set " + pair + " is no name=value; try --set epochs=20.");
            }
            String name = pair.substring(0, equals).strip();
            if (settings.put(name, pair.substring(equals + 1).strip()) != null) {
                throw new InputException("--set " + name + " stands twice; give it once.");
            }
        }
        return settings;
    }

    private static boolean knownToAnyLoss(String name) {
        return Losses.names().stream()
                .anyMatch(loss -> Config.names(Losses.recordOf(loss)).contains(name));
    }

    private static String unused(String name, String loss, List<String> own) {
        return "note: " + loss + " does not use " + name + "; it is ignored."
                + (own.isEmpty() ? "" : " Parameters of " + loss + ": " + String.join(", ", own) + ".");
    }
}
