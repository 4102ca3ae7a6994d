package org.mineral.app.command.option.data;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mineral.data.rows.ReadOptions;
import picocli.CommandLine.Option;

/** The roles of columns, and filters of rows. */
public final class RowOptions {

    @Option(names = "--user", paramLabel = "COLUMN", description = "Name or number of the user column.")
    @Nullable
    String user;

    @Option(names = "--item", paramLabel = "COLUMN", description = "Name or number of the item column.")
    @Nullable
    String item;

    @Option(names = "--rating", paramLabel = "COLUMN", description = "Of the rating column, or none.")
    @Nullable
    String rating;

    @Option(names = "--time", paramLabel = "COLUMN", description = "Of the column of times, or none.")
    @Nullable
    String time;

    @Option(names = "--event", paramLabel = "COLUMN", description = "Of the column of events, for --weights.")
    @Nullable
    String event;

    @Option(
            names = "--weights",
            paramLabel = "EVENT=X,...",
            description = "What an event counts as a rating: view=1,cart=3,buy=5. Other events are left out.")
    @Nullable
    String weights;

    @Option(names = "--from", paramLabel = "TIME", description = "Leave out rows before: a date, or as in the data.")
    @Nullable
    String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Leave out rows from then on.")
    @Nullable
    String until;

    @Option(names = "--min-rating", paramLabel = "X", description = "Leave out rows with a lower rating.")
    double minRating = Double.NaN;

    @Option(
            names = "--duplicates",
            paramLabel = "HOW",
            description = "Of equal pairs keep the last, the first, or the sum of their ratings. Default: last.")
    @Nullable
    String duplicates;

    /** The columns that are given by name, in lower case. */
    public Set<String> columns() {
        return Stream.of(user, item, rating, time, event)
                .filter(Objects::nonNull)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** @param others which say how dates are written, also those of a window */
    public ReadOptions of(ReadOptions others) {
        ReadOptions options = others.with("min_rating", minRating);
        String[] names = {"user", "item", "rating", "time", "event", "weights", "from", "until", "duplicates"};
        String[] values = {user, item, rating, time, event, weights, from, until, duplicates};
        for (int k = 0; k < names.length; k++) {
            if (values[k] != null) {
                options = options.with(names[k], values[k]);
            }
        }
        return options;
    }
}
