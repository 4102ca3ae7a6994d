package org.mineral.app.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.command.output.SettingsTable;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.config.Setting;
import org.mineral.model.ModelInfo;
import org.mineral.model.Models;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.SelectionProvenance;
import org.mineral.tune.compare.PaperProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config}: prints the run of a model as a file for {@code train --config}. */
@Command(
        name = "config",
        description = {
            "Print what a model was trained with, as a YAML file for `mineral train --config`.",
            "On the same data, and with the same teacher if it had one, it trains the same model, to the bit.",
            "Or list the settings that there are."
        },
        footer = {
            "",
            "Examples:",
            "  mineral config model > run.yaml && mineral train --config run.yaml -o again",
            "  mineral config --settings mf"
        })
public final class ConfigCommand extends Verb {

    @Parameters(paramLabel = "MODEL", arity = "0..1", description = "A model's directory.")
    @Nullable
    Path model;

    @Option(
            names = "--settings",
            paramLabel = "ALGORITHM",
            description = "List the settings of an algorithm, with those of a loss: mf, or mine+, say.")
    @Nullable
    String settings;

    @Option(names = "--all", description = "With --settings: also the settings for experiments.")
    boolean all;

    @Override
    protected void run() {
        if ((model == null) == (settings == null)) {
            throw new InputException("config wants a model or --settings ALGORITHM; give one of them.");
        }
        if (model != null) {
            printRun(model);
            return;
        }
        List<Config.Description> known = ModelSpec.parse(String.valueOf(settings)).parameters().stream()
                .filter(one -> all || one.level() == Setting.Level.EVERYDAY)
                .toList();
        if (json) {
            printJson(SettingsTable.json(known));
        } else {
            SettingsTable.lines(known).forEach(this::print);
        }
    }

    private void printRun(Path model) {
        ModelInfo info = Models.info(model);
        if (info.provenance().ensemble() != null) {
            throw new InputException(model + " is an ensemble, made of models that were trained one by one;"
                    + " print the config of each of those.");
        }
        if (PaperProtocol.made(info) && info.provenance().selection().withValid()) {
            throw new InputException(
                    model + " was chosen by `tune --protocol paper`, over its trials, on the test part;"
                            + " no single training repeats that. Give `tune` its command again.");
        }
        Map<String, Object> run = run(info);
        if (json) {
            printJson(run);
            return;
        }
        Provenance provenance = info.provenance();
        print(String.format(
                Locale.ROOT,
                "# %s: by Mineral %s, JDK %s, kernel %s; data %s, SHA-256 %s",
                model,
                provenance.software().mineral(),
                provenance.software().jdk(),
                provenance.software().kernel(),
                provenance.data().name(),
                provenance.data().hash()));
        print("# again: mineral train --config FILE -o MODEL"
                + (provenance.trainer().teacher() != null ? " --teacher TEACHER" : "")
                + (run.containsKey("data") ? "" : " DATA"));
        String chosenOn = provenance.selection().chosenOn();
        if (chosenOn != null) {
            print("# chosen on " + chosenOn + ", held out of the training part; trained on all of it");
        }
        run.forEach((name, value) -> {
            if (value instanceof Map<?, ?> settings) {
                print(name + ":");
                settings.forEach((inner, text) -> print("  " + inner + ": " + scalar(text)));
            } else {
                print(name + ": " + scalar(value));
            }
        });
    }

    /** Names and values as {@code train} takes them. */
    private static Map<String, Object> run(ModelInfo info) {
        Map<String, String> settings = new LinkedHashMap<>(info.config());
        Map<String, Object> run = new LinkedHashMap<>();
        DataProvenance data = info.provenance().data();
        SelectionProvenance selection = info.provenance().selection();
        put(run, "data", data.source());
        put(run, "time-format", data.timeFormat());
        put(run, "skip-bad", data.skipBad() ? true : null);
        String algorithm = Algorithms.name(info);
        run.put("model", algorithm);
        if (!algorithm.equals(info.model())) {
            // The others say how the numbers are to be read.
            List<String> own = new ModelSpec(algorithm, settings)
                    .parameters().stream().map(Config.Description::name).toList();
            settings.keySet().retainAll(own);
        }
        put(run, "loss", settings.remove("loss"));
        String seed = settings.remove("seed");
        put(run, "seed", seed == null ? info.provenance().trainer().seed() : seed);
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

    /** A value so that YAML reads its text again. */
    private static String scalar(Object value) {
        String text = String.valueOf(value);
        return text.matches("[A-Za-z0-9_./+-][A-Za-z0-9_./+=@%,:-]*") && !text.endsWith(":") && !text.startsWith("--")
                ? text
                : "'" + text.replace("'", "''") + "'";
    }
}
