package org.mineral.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mineral.config.InputException;

/**
 * Rows of one block of a delimited file that is plain: one separator byte, no quotes, nothing to refuse. A block that is
 * not plain says so and is read again by {@link DelimitedReader}, which knows the rest and the messages; so this class
 * has to be right only about what it accepts.
 */
final class PlainBlock {

    private static final float[] POWERS = {1, 10, 100, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};

    private final Path file;
    private final byte[] bytes;
    private final int length;
    private final byte separator;
    private final Columns columns;
    private final int[] starts;
    private final int[] ends;

    final BlockIds users;
    final BlockIds items;
    final PairList.Block pairs;
    final boolean plain;
    final Sieve sieve;
    long padded;

    /** @param skip bytes before the first row */
    PlainBlock(Path file, Blocks.Block block, int skip, byte separator, Columns columns, ReadOptions options) {
        this.file = file;
        this.bytes = block.bytes();
        this.length = block.length();
        this.separator = separator;
        this.columns = columns;
        this.sieve = new Sieve(options);
        this.starts = new int[columns.width()];
        this.ends = new int[columns.width()];
        this.users = new BlockIds(bytes);
        this.items = new BlockIds(bytes);
        int lines = lines();
        boolean rated = columns.rating() >= 0 || options.rates();
        this.pairs = new PairList.Block(Math.max(0, lines), rated, columns.timestamp() >= 0);
        this.plain = lines >= 0 && rows(skip);
    }

    /** An upper bound of the number of lines; -1 if there are bytes that are not plain. */
    private int lines() {
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
        for (int from = skip; from < length; ) {
            int fields = 0;
            int start = from;
            int k = from;
            for (; k < length && bytes[k] != '\n'; k++) {
                if (bytes[k] == separator) {
                    if (fields == starts.length) {
                        return false;
                    }
                    starts[fields] = start;
                    ends[fields++] = k;
                    start = k + 1;
                }
            }
            int end = k > from && k < length && bytes[k - 1] == '\r' ? k - 1 : k;
            from = k + 1;
            if (fields == 0 && blank(start, end)) {
                continue;
            }
            if (fields != starts.length - 1) {
                return false;
            }
            starts[fields] = start;
            ends[fields] = end;
            if (!row()) {
                return false;
            }
        }
        return true;
    }

    private boolean row() {
        int user = columns.user();
        int item = columns.item();
        if (!id(starts[user], ends[user]) || !id(starts[item], ends[item])) {
            return false;
        }
        try {
            float rating = columns.rating() < 0 ? 1 : rating(starts[columns.rating()], ends[columns.rating()]);
            long time = columns.timestamp() < 0 ? 0 : time(starts[columns.timestamp()], ends[columns.timestamp()]);
            if (!Float.isFinite(rating)) {
                return false;
            }
            if (!sieve.keeps(columns.rating() >= 0, rating, columns.timestamp() >= 0, time)) {
                return true;
            }
            pairs.add(users.of(starts[user], ends[user]), items.of(starts[item], ends[item]), rating, time);
            return true;
        } catch (NumberFormatException | InputException e) {
            return false;
        }
    }

    /** Whether it is one; those with spaces around them are counted. */
    private boolean id(int from, int to) {
        if (from == to) {
            return false;
        }
        byte first = bytes[from];
        byte last = bytes[to - 1];
        if (first > ' ' && last > ' ') {
            return true;
        }
        String text = text(from, to);
        if (text.isBlank()) {
            return false;
        }
        padded += Character.isWhitespace(text.charAt(0)) || Character.isWhitespace(text.charAt(text.length() - 1))
                ? 1
                : 0;
        return true;
    }

    /** A whole number, or one of at most 7 digits with a point, divided once: rounded as the parser of the JDK does. */
    private float rating(int from, int to) {
        int value = 0;
        int point = -1;
        for (int k = from; k < to; k++) {
            byte b = bytes[k];
            if (b == '.' && point < 0 && k > from && k + 1 < to) {
                point = k;
            } else if (b >= '0' && b <= '9' && k - from < 8) {
                value = value * 10 + (b - '0');
            } else {
                return Float.parseFloat(text(from, to));
            }
        }
        if (to == from || value > 1 << 24) {
            return Float.parseFloat(text(from, to));
        }
        return point < 0 ? value : value / POWERS[to - point - 1];
    }

    private long time(int from, int to) {
        long value = 0;
        for (int k = from; k < to; k++) {
            byte b = bytes[k];
            if (b < '0' || b > '9' || k - from >= 18) {
                return Timestamps.parse(text(from, to), file, 0);
            }
            value = value * 10 + (b - '0');
        }
        return from == to ? Timestamps.parse("", file, 0) : value;
    }

    private boolean blank(int from, int to) {
        return text(from, to).isBlank();
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
