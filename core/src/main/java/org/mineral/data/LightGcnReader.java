package org.mineral.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.read.DataErrors;
import org.mineral.data.read.Utf8Reader;

/**
 * LightGCN text, {@code user item item ...} a line: non-negative integers below 2^31 without leading zeros, separated by
 * spaces. A line with a user alone is a user without items. A user may stand on several lines. Parsed from bytes, since
 * the standard data sets are read in this format before every run.
 */
final class LightGcnReader {

    private static final int LONGEST_TOKEN = 10;

    private final Path file;
    private final LightGcnLines lines;

    private final byte[] token = new byte[LONGEST_TOKEN + 1];
    private int digits;
    private long value;
    private long line = 1;
    private long lineBytes;

    LightGcnReader(Path file, String part, Assembly assembly) {
        this.file = file;
        this.lines = new LightGcnLines(part, assembly);
    }

    /** The same in parallel, as long as there is nothing to refuse; null, with nothing noted, if there is. */
    static @Nullable PairList plain(Blocks blocks, String part, Assembly assembly) throws IOException {
        LightGcnLines lines = new LightGcnLines(part, assembly);
        boolean plain = blocks.run(blocks.next(), LightGcnBlock::new, block -> {
            if (block.plain) {
                block.addTo(lines);
            }
            return block.plain;
        });
        return plain ? lines.end() : null;
    }

    PairList read(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int k = 0; k < n; k++) {
                byte b = buffer[k];
                if (b >= '0' && b <= '9') {
                    digit(b);
                } else if (b == ' ') {
                    endToken();
                } else if (b == '\r') {
                    endLine(); // a line feed after it ends an empty line
                } else if (b == '\n') {
                    endLine();
                    lineBytes = -1;
                    line++;
                } else {
                    throw unexpected(buffer, k, n);
                }
                if (++lineBytes > Utf8Reader.LONGEST_LINE) {
                    throw Utf8Reader.tooLong(file, line);
                }
            }
        }
        endLine();
        return lines.end();
    }

    private void digit(byte b) {
        if (digits == LONGEST_TOKEN || digits > 0 && token[0] == '0') {
            token[digits++] = b;
            throw refuse(text());
        }
        token[digits++] = b;
        value = value * 10 + (b - '0');
    }

    private void endToken() {
        if (digits == 0) {
            return;
        }
        if (value > Integer.MAX_VALUE) {
            throw refuse(text());
        }
        lines.number((int) value);
        digits = 0;
        value = 0;
    }

    private void endLine() {
        endToken();
        lines.endLine();
    }

    private String text() {
        return new String(token, 0, digits, StandardCharsets.US_ASCII);
    }

    private InputException unexpected(byte[] buffer, int position, int end) {
        if (buffer[position] == 0) {
            return DataErrors.binary(file, line, "a NUL byte");
        }
        int stop = position;
        while (stop < end && buffer[stop] != ' ' && buffer[stop] != '\n' && buffer[stop] != '\r') {
            stop++;
        }
        return refuse(text() + new String(buffer, position, stop - position, StandardCharsets.UTF_8));
    }

    private InputException refuse(String found) {
        return DataErrors.at(
                file,
                line,
                DataErrors.quote(found),
                "integers from 0 to 2147483647 without leading zeros, 'user item item ...' separated by spaces",
                "correct the line, or write rows 'user,item', where ids may be any text");
    }
}
