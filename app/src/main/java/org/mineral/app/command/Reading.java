package org.mineral.app.command;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.mineral.data.HoldOut;
import org.mineral.data.ReadOptions;
import org.mineral.tune.Preset;

/** How a verb that trains reads its data: with the order of the file, 8 bytes an interaction, only where it is asked for. */
final class Reading {

    private static final String RECENCY = "recency";

    private Reading() {}

    /** @param settings the names of all that is set or varied */
    static ReadOptions of(HoldOut.Order order, @Nullable Preset preset, Collection<String> settings) {
        boolean ordered = settings.contains(RECENCY)
                || preset != null
                        && preset.losses().stream()
                                .anyMatch(loss -> preset.names(loss).contains(RECENCY));
        return ordered ? ReadOptions.DEFAULTS.with("keep_order", true) : ReadOptions.of(order);
    }
}
