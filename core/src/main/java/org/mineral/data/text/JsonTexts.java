package org.mineral.data.text;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * Reads the JSON values of a file as texts: one on each line, or the elements of one array, on any number of lines. Only the array is parsed
 * here; the caller parses the elements.
 */
public final class JsonTexts implements Closeable {

    /**
     * @param line on which the value begins, from 1
     * @param text of the value, without white space around it
     */
    public record Text(long line, String text) {}

    private static final int LONGEST_ELEMENT = 64 << 20;

    private final Path file;
    private final BufferedReader in;
    private final boolean array;
    private long line;
    private boolean begun;
    private boolean ended;

    private JsonTexts(Path file, Reader text, long firstLine, boolean array) {
        this.file = file;
        this.in = new BufferedReader(text);
        this.line = firstLine;
        this.array = array;
    }

    /**
     * Reads the values of a text.
     *
     * @param firstLine the number of the line at which the text begins
     * @param array whether it is one array; otherwise each line that is not blank has a value
     * @param lenient as for {@link Utf8Reader}
     */
    public static JsonTexts of(Path file, InputStream text, long firstLine, boolean array, boolean lenient) {
        Reader reader = array
                ? Utf8Reader.ofAnyLines(file, text, firstLine, lenient)
                : new Utf8Reader(file, text, firstLine, lenient);
        return new JsonTexts(file, reader, firstLine, array);
    }

    /**
     * The next value; null at the end.
     *
     * @throws InputException if an array is not closed, lacks an element, or is followed by more text
     */
    public @Nullable Text next() throws IOException {
        return array ? element() : line();
    }

    private @Nullable Text line() throws IOException {
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            line++;
            if (!text.isBlank()) {
                return new Text(line - 1, text.strip());
            }
        }
        return null;
    }

    private @Nullable Text element() throws IOException {
        if (ended) {
            return null;
        }
        int c = nonBlank();
        if (!begun) {
            begun = true;
            c = nonBlank(); // First call: after the opening bracket.
            if (c == ']') {
                end();
                return null;
            }
        }
        StringBuilder text = new StringBuilder();
        long start = line;
        int depth = 0;
        boolean string = false;
        boolean escaped = false;
        for (; ; c = read()) {
            if (c < 0) {
                throw DataErrors.at(
                        file, line, "the end of the file in a JSON array", "arrays that end with ]", "complete it");
            } else if (string) {
                string = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else if (depth == 0 && (c == ',' || c == ']')) {
                break;
            } else {
                string = c == '"';
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            }
            text.append((char) c);
            if (text.length() > LONGEST_ELEMENT) {
                throw DataErrors.at(file, start, "a JSON object of more than 64 MiB", "shorter ones", "check the file");
            }
        }
        String element = text.toString().strip();
        if (element.isEmpty()) {
            throw DataErrors.at(
                    file, line, "a comma without a JSON object", "objects with commas between", "correct it");
        }
        if (c == ']') {
            end();
        }
        return new Text(start, element);
    }

    /** Checks that nothing follows the array. */
    private void end() throws IOException {
        ended = true;
        if (nonBlank() >= 0) {
            throw DataErrors.at(
                    file,
                    line,
                    "more text behind a JSON array",
                    "one array, or one object a line",
                    "write the objects of all arrays into one");
        }
    }

    private int nonBlank() throws IOException {
        int c = read();
        while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        int c = in.read();
        line += c == '\n' ? 1 : 0;
        return c;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
