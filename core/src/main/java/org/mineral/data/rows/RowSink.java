package org.mineral.data.rows;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.PairList;
import org.mineral.data.text.Decimals;
import org.mineral.data.text.Timestamps;

/**
 * Receives rows of interactions from a reader: checks them, drops those that {@link ReadOptions} exclude, and refuses rows that cannot be
 * parsed, with their number.
 */
public final class RowSink {

    private static final Timestamps.Time NO_TIME = new Timestamps.Time(0, 0);

    private final Path file;
    private final String part;
    private final ReadOptions options;
    private final DatasetBuilder builder;
    private final RowFilter filter;
    private final Timestamps timestamps;
    private final ColumnCheck ratings;
    private final ColumnCheck times;
    private @Nullable Columns columns;
    private @Nullable PairList pairs;
    private final RowNotes notes = new RowNotes();
    private final SkippedRows skipped;

    /** @param file the source of the rows, for messages */
    public RowSink(Path file, String part, ReadOptions options, DatasetBuilder builder) {
        this.file = file;
        this.part = part;
        this.options = options;
        this.builder = builder;
        this.filter = new RowFilter(options);
        this.skipped = new SkippedRows(part, options, builder);
        this.timestamps = new Timestamps(options.timeFormat());
        this.ratings = new ColumnCheck(
                file,
                options.skipBad(),
                "the rating",
                "finite numbers",
                Hint.read("leave the ratings out", "rating", "none"));
        this.times = new ColumnCheck(
                file,
                options.skipBad(),
                "the timestamp",
                "numbers since 1970, in seconds, milliseconds, microseconds or nanoseconds, or dates such as"
                        + " 2013-02-28 or 2013-02-28T12:00:00Z",
                Hint.read(
                        "say how dates are written: day-first, month-first, or by a pattern such as yyyyMMdd",
                        "time_format",
                        "day-first"));
    }

    /**
     * Assigns roles to a table's columns by their names and the options. To be called before the first row.
     *
     * @throws org.mineral.config.InputException if there is no user or no item column
     */
    public Columns columns(List<String> names) {
        Columns found = Columns.named(file, 1, names, options);
        ratings.named();
        times.named();
        start(found, names);
        return found;
    }

    /** As {@link #columns}, for rows whose roles are known. */
    public void start(Columns found, List<String> first) {
        filter.check(file, found);
        builder.source(file, found.describe(first));
        columns = found;
        pairs = new PairList(found.rating() >= 0 || options.rates(), found.timestamp() >= 0);
    }

    /** Notes about the file's lines. */
    public RowNotes notes() {
        return notes;
    }

    /** Refuses a row, or skips it if the options allow. */
    public void bad(InputException refusal) {
        skipped.add(refusal);
    }

    /**
     * Adds one row.
     *
     * @param row its number, from 1
     * @param rating a {@link Number} or its text; ignored if there is no rating column
     * @param time an {@link Instant}, a {@link Number}, its text, or a date's; ignored if there is no time column
     * @param event ignored if there is no event column
     */
    public void add(
            long row,
            @Nullable String user,
            @Nullable String item,
            @Nullable Object rating,
            @Nullable Object time,
            @Nullable String event) {
        if (columns == null || pairs == null) {
            throw new IllegalStateException("rows before their columns");
        }
        try {
            put(columns, pairs, row, user, item, rating, time, event);
        } catch (InputException e) {
            bad(e);
        }
    }

    private void put(
            Columns columns,
            PairList pairs,
            long row,
            @Nullable String user,
            @Nullable String item,
            @Nullable Object rating,
            @Nullable Object time,
            @Nullable String event) {
        String userId = id(user, "user", row);
        String itemId = id(item, "item", row);
        double value = columns.rating() < 0 ? 1 : rating(rating, row);
        Timestamps.Time moment = columns.timestamp() < 0 ? NO_TIME : time(time, row);
        if (columns.event() >= 0) {
            Double weight = filter.weight(event == null ? "" : event);
            if (weight == null) {
                return;
            }
            value = weight;
        }
        if (filter.keeps(
                columns.rating() >= 0 || columns.event() >= 0,
                value,
                columns.timestamp() >= 0,
                moment.whole(),
                moment.billionths())) {
            pairs.add(builder.users.of(userId), builder.items.of(itemId), value, moment.whole(), moment.billionths());
        }
    }

    /** All pairs, at the end of the table. */
    public PairList end() {
        ratings.end();
        times.end();
        filter.note(part, builder);
        skipped.note();
        notes.note(file, part, builder);
        return pairs == null ? new PairList(false, false) : pairs;
    }

    private String id(@Nullable String text, String role, long row) {
        String id = Ids.check(file, row, role, text);
        if (Character.isWhitespace(id.charAt(0)) || Character.isWhitespace(id.charAt(id.length() - 1))) {
            notes.add(RowNotes.Kind.PADDED, row, id);
        }
        if (RowNotes.missing(id)) {
            notes.add(RowNotes.Kind.MISSING, row, id);
        }
        return id;
    }

    private double rating(@Nullable Object value, long row) {
        String text = value == null ? "" : value.toString();
        double rating = value instanceof Number number ? number.doubleValue() : Decimals.parse(text);
        if (Double.isFinite(rating)) {
            if (rating < 0) {
                notes.add(RowNotes.Kind.NEGATIVE, row, text);
            }
            if (text.indexOf(',') >= 0) {
                notes.add(RowNotes.Kind.COMMA, row, text);
            }
            ratings.read();
            return rating;
        }
        ratings.unreadable(value == null ? null : text, row);
        return 0;
    }

    private Timestamps.Time time(@Nullable Object value, long row) {
        if (value instanceof Instant moment) {
            times.read();
            return Timestamps.of(moment);
        }
        String text = value == null ? "" : value.toString();
        try {
            Timestamps.Time time = value instanceof Long number && timestamps.numeric()
                    ? new Timestamps.Time(number, 0)
                    : timestamps.parse(text);
            times.read();
            return time;
        } catch (DateTimeException e) {
            times.unreadable(value == null ? null : text, row);
            return NO_TIME;
        }
    }
}
