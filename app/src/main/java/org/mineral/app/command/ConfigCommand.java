package org.mineral.app.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.command.output.RunConfig;
import org.mineral.app.command.output.SettingsTable;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.config.Setting;
import org.mineral.model.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config}: prints the run of a model as a file for {@code train --config}. */
@Command(
        name = "config",
        description = {
            "Print what a model was trained with, as a YAML file for `mineral train --config`.",
            "On the same data, and with the same teacher if it had one, it trains the same model, to the bit.",
            "Or list the settings of an algorithm."
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
            throw new InputException("config needs either a model or --settings ALGORITHM; give one of them.");
        }
        if (model != null) {
            RunConfig run = new RunConfig(model, Models.info(model));
            print(run.lines(), run::options);
            return;
        }
        List<Config.Description> known = ModelSpec.parse(String.valueOf(settings)).parameters().stream()
                .filter(one -> all || one.level() == Setting.Level.EVERYDAY)
                .toList();
        print(SettingsTable.lines(known), () -> SettingsTable.json(known));
    }
}
