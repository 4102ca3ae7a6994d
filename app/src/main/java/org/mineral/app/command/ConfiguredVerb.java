package org.mineral.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.cli.RunFile;
import org.mineral.app.cli.Settings;
import org.mineral.app.command.option.data.FeaturedReadingOptions;
import org.mineral.app.report.OptimisticWarning;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.rows.ReadOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A verb that trains: it takes settings, and options may come from a file. */
@Command
abstract class ConfiguredVerb extends Verb {

    private static final String SEED = "seed";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 90,
            description =
                    "Options from a YAML file, by their names without dashes, and `settings`; those given here come first.")
    @Nullable
    Path config;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the loss, or a setting of training. May be repeated.")
    List<String> set = new ArrayList<>();

    /** The settings of the file, overridden by those of the command line. */
    protected Map<String, String> settings() {
        Map<String, String> typed = Settings.split(set);
        boolean seedTyped = spec.commandLine().getParseResult().hasMatchedOption("--seed");
        Map<String, String> all = spec.defaultValueProvider() instanceof RunFile file
                ? new LinkedHashMap<>(file.settings())
                : new LinkedHashMap<>();
        if (seedTyped) {
            all.remove(SEED);
        } else if (typed.containsKey(SEED)) {
            common.dropSeed();
        }
        all.putAll(typed);
        return all;
    }

    /** {@link #settings} with the seed among them, if one is given. */
    protected Map<String, String> seeded() {
        Map<String, String> given = settings();
        Long seed = common.givenSeed();
        if (seed != null && given.put(SEED, String.valueOf(seed)) != null) {
            throw new InputException("the seed is given twice, as --seed and --set seed; give it once.");
        }
        return given;
    }

    /** Data to train on with their attributes, and notes on both. */
    protected Dataset read(String source, FeaturedReadingOptions reading, ReadOptions options) {
        return reading.joined(read(source, reading.of(options)), this::note);
    }

    /** Warns of figures that are optimistic, because something was chosen on the test part. */
    protected void warn(boolean optimistic) {
        if (optimistic) {
            note(OptimisticWarning.LINE);
        }
    }
}
