package org.mineral.data.read;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import org.mineral.data.PairList;
import org.mineral.data.rows.ColumnNames;
import org.mineral.data.rows.Columns;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.rows.RowFilter;
import org.mineral.data.rows.RowNotes;
import org.mineral.data.text.Decimals;
import org.mineral.data.text.StringIntTable;
import org.mineral.data.text.TextBlocks;
import org.mineral.data.text.Timestamps;

/**
 * Parses one block of a plain delimited file: one separator byte, no quotes, no errors. A block that is not plain is rejected and read again
 * by {@link DelimitedReader}, which handles all cases and has the messages. So this class need only be right about what it accepts.
 */
final class CsvBlock {

    private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};

    private final byte[] bytes;
    private final int length;
    private final CsvLayout layout;
    private final byte separator;
    private final Columns columns;
    private final Timestamps timestamps;
    private final int[] starts;
    private final int[] ends;
    private int fraction;

    final StringIntTable users;
    final StringIntTable items;
    final PairList.Block pairs;
    final boolean plain;
    final RowFilter filter;
    final RowNotes notes = new RowNotes();
    int lines;

    /** @param skip bytes before the first row */
    CsvBlock(TextBlocks.Block block, int skip, CsvLayout layout, ReadOptions options) {
        this.bytes = block.bytes();
        this.length = block.length();
        this.layout = layout;
        this.separator = layout.separator();
        this.columns = layout.columns();
        this.timestamps = new Timestamps(options.timeFormat());
        this.filter = new RowFilter(options);
        this.starts = new int[columns.width()];
        this.ends = new int[columns.width()];
        this.users = new StringIntTable(false);
        this.items = new StringIntTable(false);
        int most = mostLines();
        boolean rated = columns.rating() >= 0 || options.rates();
        this.pairs = new PairList.Block(Math.max(0, most), rated, columns.timestamp() >= 0);
        this.plain = most >= 0 && rows(skip);
    }

    /** An upper bound of the number of lines; -1 if there are bytes that are not plain. */
    private int mostLines() {
        int lines = 1;
        boolean ascii = true;
        for (int k = 0; k < length; k++) {
            byte b = bytes[k];
            lines += b == '\n' ? 1 : 0;
            ascii &= b >= 0;
            if (b == 0 || b == '"' || b == '\r' && (k + 1 == length || bytes[k + 1] != '\n')) {
                return -1;
            }
        }
        if (!ascii) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            } catch (CharacterCodingException e) {
                return -1;
            }
        }
        return lines;
    }

    private boolean rows(int skip) {
        lines = skip > 0 ? layout.linesAbove() : 0;
        for (int from = skip; from < length; lines++) {
            int fields = 0;
            int start = from;
            int k = from;
            for (; k < length && bytes[k] != '\n'; k++) {
                if (bytes[k] == separator) {
                    if (fields < starts.length) {
                        starts[fields] = start;
                        ends[fields] = k;
                    }
                    fields++;
                    start = k + 1;
                }
            }
            int first = from;
            int end = k > from && k < length && bytes[k - 1] == '\r' ? k - 1 : k;
            from = k + 1;
            if (fields == 0 && blank(start, end)) {
                continue;
            }
            boolean complete = fields == starts.length - 1;
            if (layout.comments() && comment(first, end, complete)) {
                notes.add(RowNotes.Kind.COMMENT, lines + 1, text(first, end));
                continue;
            }
            if (!complete) {
                return false;
            }
            starts[fields] = start;
            ends[fields] = end;
            if (header()) {
                notes.add(RowNotes.Kind.HEADER, lines + 1, text(first, end));
                continue;
            }
            if (!row()) {
                return false;
            }
        }
        return true;
    }

    private boolean comment(int from, int end, boolean complete) {
        return Preamble.isMark(bytes[from])
                && (!complete || end == from + 1 || bytes[from + 1] == ' ' || bytes[from + 1] == separator);
    }

    /** Whether the row repeats the header or, in a file without header, looks like one. */
    private boolean header() {
        int user = columns.user();
        int item = columns.item();
        if (columns.header()) {
            return is(user, layout.userName()) && is(item, layout.itemName());
        }
        return OtherLines.mayBeName(bytes[starts[user]], ends[user] - starts[user])
                && ColumnNames.USER.has(text(starts[user], ends[user]))
                && ColumnNames.ITEM.has(text(starts[item], ends[item]));
    }

    private boolean is(int field, byte[] text) {
        return Arrays.equals(bytes, starts[field], ends[field], text, 0, text.length);
    }

    private boolean row() {
        int user = columns.user();
        int item = columns.item();
        if (columns.header() && is(user, layout.itemName())) {
            return false; // May be a header with its columns in another order.
        }
        if (!id(starts[user], ends[user]) || !id(starts[item], ends[item])) {
            return false;
        }
        try {
            double rating = columns.rating() < 0 ? 1 : rating(starts[columns.rating()], ends[columns.rating()]);
            fraction = 0;
            long time = columns.timestamp() < 0 ? 0 : time(starts[columns.timestamp()], ends[columns.timestamp()]);
            if (!Double.isFinite(rating)) {
                return false;
            }
            if (!filter.keeps(columns.rating() >= 0, rating, columns.timestamp() >= 0, time, fraction)) {
                return true;
            }
            pairs.add(
                    users.add(bytes, starts[user], ends[user]),
                    items.add(bytes, starts[item], ends[item]),
                    rating,
                    time,
                    fraction);
            return true;
        } catch (NumberFormatException | DateTimeException e) {
            return false;
        }
    }

    /** Whether the field is a valid id; ids with spaces around them and ids that look like a missing value are counted. */
    private boolean id(int from, int to) {
        if (from == to) {
            return false;
        }
        byte first = bytes[from];
        byte last = bytes[to - 1];
        if (RowNotes.missing(bytes, from, to)) {
            notes.add(RowNotes.Kind.MISSING, lines + 1, text(from, to));
        }
        if (first > ' ' && last > ' ') {
            return true;
        }
        String text = text(from, to);
        if (text.isBlank()) {
            return false;
        }
        if (Character.isWhitespace(text.charAt(0)) || Character.isWhitespace(text.charAt(text.length() - 1))) {
            notes.add(RowNotes.Kind.PADDED, lines + 1, text);
        }
        return true;
    }

    /** A whole number, or at most 7 digits with a decimal point, computed by one division and thus rounded as by the JDK's parser. */
    private double rating(int from, int to) {
        int value = 0;
        int point = -1;
        for (int k = from; k < to; k++) {
            byte b = bytes[k];
            if (b == '.' && point < 0 && k > from && k + 1 < to) {
                point = k;
            } else if (b >= '0' && b <= '9' && k - from < 8) {
                value = value * 10 + (b - '0');
            } else {
                return slowRating(text(from, to));
            }
        }
        if (to == from) {
            return slowRating(text(from, to));
        }
        return point < 0 ? value : value / POWERS[to - point - 1];
    }

    private double slowRating(String text) {
        double rating = Decimals.parse(text);
        if (rating < 0) {
            notes.add(RowNotes.Kind.NEGATIVE, lines + 1, text);
        }
        if (text.indexOf(',') >= 0) {
            notes.add(RowNotes.Kind.COMMA, lines + 1, text);
        }
        return rating;
    }

    /** The whole number; the fractional part is stored in {@code fraction}. */
    private long time(int from, int to) {
        long value = 0;
        boolean digits = from < to && to - from <= 18 && timestamps.numeric();
        for (int k = from; digits && k < to; k++) {
            digits = bytes[k] >= '0' && bytes[k] <= '9';
            value = value * 10 + (bytes[k] - '0');
        }
        if (digits) {
            return value;
        }
        Timestamps.Time time = timestamps.parse(text(from, to));
        fraction = time.billionths();
        return time.whole();
    }

    private boolean blank(int from, int to) {
        return text(from, to).isBlank();
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
