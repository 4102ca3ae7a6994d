package org.mineral.app.command.option.data;

import org.jspecify.annotations.Nullable;
import org.mineral.data.read.Cleaning;
import picocli.CommandLine.Option;

/** Which users, items and pairs are left out of data. */
public final class CleaningOptions {

    @Option(
            names = "--min-weight",
            paramLabel = "X",
            description = "Leave out pairs with a lower weight, after --duplicates.")
    double minWeight = Double.NaN;

    @Option(
            names = "--core",
            paramLabel = "K",
            description = "Leave out users and items with fewer interactions, until all that are left have K.")
    @Nullable
    Integer core;

    @Option(
            names = "--user-interactions",
            paramLabel = "MIN[:MAX]",
            description = "The same for users alone, with an upper bound if needed.")
    @Nullable
    String userInteractions;

    @Option(names = "--item-interactions", paramLabel = "MIN[:MAX]", description = "The same for items.")
    @Nullable
    String itemInteractions;

    public Cleaning cleaning() {
        String both = core == null ? "auto" : core.toString();
        return Cleaning.NONE
                .with("min_weight", minWeight)
                .with("user_interactions", userInteractions == null ? both : userInteractions)
                .with("item_interactions", itemInteractions == null ? both : itemInteractions);
    }
}
