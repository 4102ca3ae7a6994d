package org.mineral.app.command.option.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.cli.Settings;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.data.synthetic.SyntheticData;
import picocli.CommandLine.Option;

/** The size of generated data, and the truth planted in them. */
public final class SyntheticDataOptions {

    private static final List<String> OTHERWISE_GIVEN = List.of("users", "items", "activity", "seed");

    @Option(names = "--users", paramLabel = "N", description = "Users. Default: 6000.")
    int users = SyntheticData.Options.DEFAULTS.users();

    @Option(names = "--items", paramLabel = "N", description = "Items. Default: 4000.")
    int items = SyntheticData.Options.DEFAULTS.items();

    @Option(names = "--interactions", paramLabel = "N", description = "All parts together. Default: 25 a user.")
    @Nullable
    Long interactions;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of the truth. May be repeated.")
    List<String> set = new ArrayList<>();

    public long interactions() {
        return interactions == null ? 25L * users : interactions;
    }

    /** @throws InputException for an unknown setting, or a value out of range */
    public SyntheticData.Options options(long seed) {
        Map<String, String> settings = Settings.split(set);
        for (String name : OTHERWISE_GIVEN) {
            if (settings.containsKey(name)) {
                throw new InputException(
                        "--set " + name + "; allowed: tastes, dimension, spread, beta, popularity, noise;"
                                + " --users, --items, --interactions and --seed are options.");
            }
        }
        settings.put("users", Integer.toString(users));
        settings.put("items", Integer.toString(items));
        settings.put("seed", Long.toString(seed));
        return Config.read(SyntheticData.Options.class, settings);
    }
}
