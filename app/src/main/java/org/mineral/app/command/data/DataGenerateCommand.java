package org.mineral.app.command.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.Verb;
import org.mineral.app.json.JsonText;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.Split;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.data.synthetic.SyntheticWriter;
import org.mineral.data.write.DataFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code data generate}: data of any size with a planted truth. */
@Command(
        name = "generate",
        description = {
            "Write generated data of any size, with the planted tastes of builtin:tastes.",
            "The same settings give the same files. An existing directory is not replaced."
        },
        footer = {
            "",
            "Example: mineral data generate -o large --users 1000000 --items 300000 --interactions 30000000",
            "NAME of --set: activity apart, those of builtin:tastes: tastes, dimension, spread, beta, popularity, noise"
        })
public final class DataGenerateCommand extends Verb {

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where train.* and test.* go.")
    Path output;

    @Option(names = "--users", paramLabel = "N", description = "Users. Default: 6000.")
    int users = SyntheticData.Options.DEFAULTS.users();

    @Option(names = "--items", paramLabel = "N", description = "Items. Default: 4000.")
    int items = SyntheticData.Options.DEFAULTS.items();

    @Option(names = "--interactions", paramLabel = "N", description = "All parts together. Default: 25 a user.")
    @Nullable
    Long interactions;

    @Option(names = "--test", paramLabel = "SHARE", description = "Share of each user's that is test. Default: 0.1.")
    double test = 0.1;

    @Option(names = "--valid", paramLabel = "SHARE", description = "Share that is valid. Default: 0, no valid part.")
    double valid = 0;

    @Option(names = "--format", paramLabel = "F", description = "csv, lightgcn or inter. Default: lightgcn.")
    String format = "lightgcn";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of the truth. May be repeated.")
    List<String> set = new ArrayList<>();

    @Override
    protected void run() {
        List<String> names =
                Arrays.stream(DataFormat.values()).map(Names::kebab).toList();
        if (!names.contains(format)) {
            throw InputException.unknown("format", format, names);
        }
        long wanted = interactions == null ? 25L * users : interactions;
        SyntheticWriter writer = new SyntheticWriter(
                options(),
                wanted,
                new Split.Shares(1 - valid - test, valid, test),
                DataFormat.values()[names.indexOf(format)]);
        long start = System.nanoTime();
        SyntheticWriter.Written written = writer.write(output, this::progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json) {
            printJson(JsonText.object(
                    "data", output.toString(),
                    "format", format,
                    "train", written.train(),
                    "valid", written.valid(),
                    "test", written.test(),
                    "settings", Config.toMap(writer.options()),
                    "seconds", seconds));
        } else {
            print(String.format(
                    Locale.ROOT,
                    "%s: %,d users, %,d items, %,d train, %,d valid, %,d test",
                    output,
                    users,
                    items,
                    written.train(),
                    written.valid(),
                    written.test()));
        }
    }

    private SyntheticData.Options options() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : set) {
            int equals = setting.indexOf('=');
            String name = equals < 0 ? setting : setting.substring(0, equals);
            if (equals < 1 || List.of("users", "items", "activity", "seed").contains(name)) {
                throw new InputException("--set " + setting + "; allowed: NAME=VALUE with the names tastes, dimension,"
                        + " spread, beta, popularity, noise; --users, --items, --interactions and --seed are options.");
            }
            settings.put(name, setting.substring(equals + 1));
        }
        settings.put("users", Integer.toString(users));
        settings.put("items", Integer.toString(items));
        settings.put("seed", Long.toString(seed()));
        return Config.read(SyntheticData.Options.class, settings);
    }

    private void progress(double share) {
        if (console().terminal()) {
            console().err().print(String.format(Locale.ROOT, "\r%3.0f %%%s", 100 * share, share < 1 ? "" : "\r\033[K"));
            console().err().flush();
        }
    }
}
