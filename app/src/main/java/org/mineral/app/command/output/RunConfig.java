package org.mineral.app.command.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.SelectionProvenance;
import org.mineral.tune.compare.PaperProtocol;

/** The training of a model, as options that {@code train} takes from a file. */
public final class RunConfig {

    private final Path model;
    private final ModelInfo info;
    private final Provenance provenance;
    private final Map<String, Object> options;

    /**
     * @param model its directory, for messages
     * @throws InputException if no single training made this model
     */
    public RunConfig(Path model, ModelInfo info) {
        if (info.provenance().ensemble() != null) {
            throw new InputException(model + " is an ensemble, made of models that were trained one by one;"
                    + " print the config of each of those.");
        }
        if (PaperProtocol.made(info) && info.provenance().selection().withValid()) {
            throw new InputException(
                    model + " was chosen by `tune --protocol paper`, over its trials, on the test part;"
                            + " no single training repeats that. Repeat the `tune` command instead.");
        }
        this.model = model;
        this.info = info;
        this.provenance = info.provenance();
        this.options = read();
    }

    /** Names and values; {@code settings} is a map itself. */
    public Map<String, Object> options() {
        return options;
    }

    /** The same as YAML, with comments on where the model comes from. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "# %s: by Mineral %s, JDK %s, kernel %s; data %s, SHA-256 %s",
                model,
                provenance.software().mineral(),
                provenance.software().jdk(),
                provenance.software().kernel(),
                provenance.data().name(),
                provenance.data().hash()));
        lines.add("# again: mineral train --config FILE -o MODEL"
                + (provenance.trainer().teacher() != null ? " --teacher TEACHER" : "")
                + (options.containsKey("data") ? "" : " DATA"));
        String chosenOn = provenance.selection().chosenOn();
        if (chosenOn != null) {
            lines.add("# chosen on " + chosenOn + ", held out of the training part; trained on all of it");
        }
        options.forEach((name, value) -> {
            if (value instanceof Map<?, ?> settings) {
                lines.add(name + ":");
                settings.forEach((inner, text) -> lines.add("  " + inner + ": " + scalar(text)));
            } else {
                lines.add(name + ": " + scalar(value));
            }
        });
        return lines;
    }

    private Map<String, Object> read() {
        Map<String, String> settings = new LinkedHashMap<>(info.config());
        Map<String, Object> run = new LinkedHashMap<>();
        DataProvenance data = provenance.data();
        SelectionProvenance selection = provenance.selection();
        put(run, "data", data.source());
        put(run, "time-format", data.timeFormat());
        put(run, "skip-bad", data.skipBad() ? true : null);
        new TreeMap<>(data.features()).forEach((name, value) -> run.put(name.replace('_', '-'), value));
        String algorithm = Algorithms.name(info);
        run.put("model", algorithm);
        if (!algorithm.equals(info.model())) {
            // The others describe the format of the numbers.
            List<String> own = new ModelSpec(algorithm, settings)
                    .parameters().stream().map(Config.Description::name).toList();
            settings.keySet().retainAll(own);
        }
        put(run, "loss", settings.remove("loss"));
        String seed = settings.remove("seed");
        put(run, "seed", seed == null ? provenance.trainer().seed() : seed);
        put(
                run,
                "validation",
                selection.validation() == null ? null : selection.validation().plain());
        put(run, "with-valid", selection.withValid() ? true : null);
        if (PaperProtocol.made(info)) {
            run.put("protocol", "paper");
        }
        if (!settings.isEmpty()) {
            run.put("settings", settings);
        }
        return run;
    }

    private static void put(Map<String, Object> run, String name, @Nullable Object value) {
        if (value != null) {
            run.put(name, value);
        }
    }

    /** A value in quotes, unless YAML reads it as this text anyway. */
    private static String scalar(Object value) {
        String text = String.valueOf(value);
        return text.matches("[A-Za-z0-9_./+-][A-Za-z0-9_./+=@%,:-]*") && !text.endsWith(":") && !text.startsWith("--")
                ? text
                : "'" + text.replace("'", "''") + "'";
    }
}
