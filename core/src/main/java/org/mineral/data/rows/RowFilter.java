package org.mineral.data.rows;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.TimeScale;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.Timestamps;

/** Decides which rows are kept, and counts the others by reason. Not thread-safe. */
public final class RowFilter {

    /** A time bound; its scale is null if the unit is unknown, as for the steps of a log. */
    record Bound(Timestamps.Time value, @Nullable TimeScale scale) {

        /**
         * Whether a time is before the bound; compared as instants if the two have different units.
         *
         * @param billionths the fraction of the time, in billionths of its unit
         */
        boolean isAfter(long time, int billionths) {
            TimeScale other = TimeScale.of(time);
            if (scale != null && other != null && other != scale) {
                return other.instant(time).isBefore(scale.instant(value.whole()));
            }
            return time < value.whole() || time == value.whole() && billionths < value.billionths();
        }
    }

    private static final String[] REASONS = {
        "below the least rating left out", "outside the time window left out", "of events without a weight left out"
    };

    private final double minRating;
    private final @Nullable Bound from;
    private final @Nullable Bound until;
    private final Map<String, Double> weights;
    private final long[] counts = new long[REASONS.length];

    public RowFilter(ReadOptions options) {
        this.minRating = options.minRating();
        Timestamps timestamps = new Timestamps(options.timeFormat());
        this.from = bound("from", options.from(), timestamps);
        this.until = bound("until", options.until(), timestamps);
        this.weights = options.weights().equals(ReadOptions.AUTO) ? Map.of() : weights(options.weights());
    }

    /** Whether the row is kept. Rows are checked against each bound that applies to them. */
    public boolean keeps(boolean rated, double rating, boolean timed, long time, int billionths) {
        if (timed
                && (from != null && from.isAfter(time, billionths)
                        || until != null && !until.isAfter(time, billionths))) {
            counts[1]++;
            return false;
        }
        if (rated && rating < minRating) {
            counts[0]++;
            return false;
        }
        return true;
    }

    /** The weight of an event; null if it has none, and then the row is counted as left out. */
    @Nullable
    Double weight(String event) {
        Double weight = weights.get(event.strip());
        counts[2] += weight == null ? 1 : 0;
        return weight;
    }

    /** Checks that the data have the columns that the options need. */
    public void check(Path file, Columns columns) {
        if ((from != null || until != null) && columns.timestamp() < 0) {
            throw DataErrors.of(file, "no column of times", "data with times, for a time window", "name it with time");
        }
        if (!weights.isEmpty() && columns.event() < 0) {
            throw DataErrors.of(
                    file, "no column of events", "a column 'event' or 'action', for weights", "name it with event");
        }
    }

    public void add(RowFilter other) {
        for (int k = 0; k < counts.length; k++) {
            counts[k] += other.counts[k];
        }
    }

    public void note(String part, DatasetBuilder builder) {
        for (int k = 0; k < counts.length; k++) {
            builder.leftOut("rows in " + part + " " + REASONS[k], counts[k]);
        }
    }

    /** @throws InputException if the text is not a list of {@code event=weight} */
    static Map<String, Double> weights(String text) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.lastIndexOf('=');
            try {
                double weight = Double.parseDouble(entry.substring(equals + 1));
                if (equals > 0 && Double.isFinite(weight)) {
                    weights.put(entry.substring(0, equals).strip(), weight);
                    continue;
                }
            } catch (NumberFormatException e) {
                // refused below
            }
            throw new InputException("weights: found " + DataErrors.quote(entry)
                    + "; allowed: EVENT=NUMBER, several separated by commas; try view=1,cart=3,buy=5");
        }
        return weights;
    }

    static @Nullable Bound bound(String name, String text, Timestamps timestamps) {
        if (text.equals(ReadOptions.AUTO)) {
            return null;
        }
        try {
            Timestamps.Time value = timestamps.parse(text);
            TimeScale scale = TimeScale.of(value.whole());
            boolean number = timestamps.numeric() && Timestamps.isNumber(text.strip());
            return new Bound(value, scale == null && !number ? TimeScale.SECONDS : scale);
        } catch (DateTimeException e) {
            throw new InputException(
                    name + ": found " + DataErrors.quote(text)
                            + "; allowed: a number as the data have them, or a date such as 2013-02-28",
                    e);
        }
    }
}
