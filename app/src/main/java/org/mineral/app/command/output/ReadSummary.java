package org.mineral.app.command.output;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.mineral.data.HoldOut;
import org.mineral.data.rows.ReadOptions;
import org.mineral.tune.preset.Preset;

/** How a verb that trains reads its data: with the order of the file, 8 bytes an interaction, only where it is asked for. */
public final class ReadSummary {

    private static final String RECENCY = "recency";

    private ReadSummary() {}

    /** @param settings the names of all that is set or varied */
    public static ReadOptions of(HoldOut.Order order, @Nullable Preset preset, Collection<String> settings) {
        boolean ordered = settings.contains(RECENCY)
                || preset != null
                        && preset.losses().stream()
                                .anyMatch(loss -> preset.names(loss).contains(RECENCY));
        return ordered ? ReadOptions.DEFAULTS.with("keep_order", true) : ReadOptions.of(order);
    }
}
