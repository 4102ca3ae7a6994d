package org.mineral.tune;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.loss.Loss;
import org.mineral.loss.LossType;
import org.mineral.loss.Losses;
import org.mineral.train.TrainOptions;
import org.mineral.train.Trainer;

/** A loss of a comparison with the settings it is trained with. */
record Contestant(Loss loss, TrainOptions options) {

    /**
     * Divides settings into those of training and those of the loss. A setting of some other loss is left out, so that
     * one list of settings can serve all of them.
     */
    static Contestant of(String loss, Map<String, String> settings, long seed) {
        Map<String, String> training = new LinkedHashMap<>();
        Map<String, String> own = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (Config.names(TrainOptions.class).contains(name)) {
                training.put(name, value);
            } else if (Config.names(Losses.recordOf(loss)).contains(name)) {
                own.put(name, value);
            }
        });
        training.put("seed", String.valueOf(seed));
        return new Contestant(Losses.of(loss, own), Config.read(TrainOptions.class, training));
    }

    /** Trained for so many epochs, all of them: a schedule that is cut short is not the schedule. */
    Contestant epochs(int epochs) {
        return new Contestant(loss, options.withEpochs(epochs).with("patience", Math.max(1, epochs)));
    }

    String name() {
        return Losses.name(loss);
    }

    LossType type() {
        return Losses.typeOf(loss);
    }

    /** Everything in force, what {@code auto} stood for filled in; the loss's name is not among them. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(new Trainer(loss, options).settings());
        settings.remove("loss");
        return settings;
    }

    /** Refuses what a comparison decides itself, and names that neither training nor any of the losses knows. */
    static void check(Map<String, String> settings, Iterable<String> losses) {
        Map<String, String> elsewhere = Map.of(
                "epochs",
                "--budget, the same for every loss",
                "seed",
                "--seed",
                "stop_after",
                "--budget, the same for every loss",
                "patience",
                "nothing: every loss uses up its budget");
        Set<String> known = new LinkedHashSet<>(Config.names(TrainOptions.class));
        losses.forEach(loss -> known.addAll(Config.names(Losses.recordOf(loss))));
        for (String name : settings.keySet()) {
            if (elsewhere.containsKey(name)) {
                throw new InputException(
                        "'" + name + "' is not set for a comparison; what decides it is " + elsewhere.get(name) + ".");
            }
            if (!known.contains(name)) {
                known.removeAll(elsewhere.keySet());
                throw InputException.unknown("setting", name, known);
            }
        }
    }
}
