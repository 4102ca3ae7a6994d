package org.mineral.data.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a text with their line ends, LF, CRLF or CR; can go back to a mark. */
final class TextLines implements Closeable {

    private record Line(String text, String end) {}

    private final Reader reader;
    private final char[] buffer = new char[1 << 14];
    private int position;
    private int limit;
    private String end = "";
    private final Deque<Line> ahead = new ArrayDeque<>();
    private @Nullable List<Line> taken;
    private String endAtMark = "";

    TextLines(Reader reader) {
        this.reader = reader;
    }

    /** The next line; null at the end. */
    @Nullable
    String next() throws IOException {
        Line line = ahead.isEmpty() ? read() : ahead.remove();
        if (line == null) {
            return null;
        }
        end = line.end();
        if (taken != null) {
            taken.add(line);
        }
        return line.text();
    }

    /** The line end of the last line; empty at the end of the text. */
    String end() {
        return end;
    }

    /** Sets a mark: lines are kept until {@link #reset} or {@link #forget}. */
    void mark() {
        taken = new ArrayList<>();
        endAtMark = end;
    }

    /** Goes back to the mark. */
    void reset() {
        if (taken != null) {
            for (int k = taken.size() - 1; k >= 0; k--) {
                ahead.addFirst(taken.get(k));
            }
        }
        taken = null;
        end = endAtMark;
    }

    /** Drops the mark. */
    void forget() {
        taken = null;
    }

    private @Nullable Line read() throws IOException {
        StringBuilder text = new StringBuilder();
        for (boolean any = false; ; any = true) {
            if (position == limit && !fill()) {
                return any ? new Line(text.toString(), "") : null;
            }
            int from = position;
            while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
                position++;
            }
            text.append(buffer, from, position - from);
            if (position < limit) {
                char c = buffer[position++];
                boolean pair = c == '\r' && (position < limit || fill()) && buffer[position] == '\n';
                position += pair ? 1 : 0;
                return new Line(text.toString(), pair ? "\r\n" : String.valueOf(c));
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, reader.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
