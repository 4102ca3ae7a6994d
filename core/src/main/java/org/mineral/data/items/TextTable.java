package org.mineral.data.items;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.read.DataReader;
import org.mineral.data.read.FormatDetector;
import org.mineral.data.rows.TableFormat;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.DelimitedRows;
import org.mineral.data.text.JsonTexts;
import org.mineral.data.text.Utf8Reader;

/**
 * Reads any file of rows as a table of texts. A list of interactions is a table of user, item and, if present, rating.
 */
@Internal
public final class TextTable implements Closeable {

    /** The kind of a file. */
    public enum Kind {
        /** Rows of fields between separators. */
        DELIMITED,
        /** {@code user item item ...} or {@code user item:rating ...}. */
        LISTS,
        /** JSON objects, for {@link #json}. */
        JSON,
        /** A binary format, read by a {@link TableFormat}. */
        BINARY
    }

    /** Decides whether the first row of a delimited text is its header. */
    public interface Header {
        boolean is(List<String> first, @Nullable List<String> second);
    }

    private interface Rows extends Closeable {
        DelimitedRows.@Nullable Row next() throws IOException;
    }

    private final Path file;
    private final Rows rows;
    private final Deque<DelimitedRows.Row> ahead = new ArrayDeque<>();
    private final boolean header;
    private final List<String> first;
    private final List<String> columns;

    private TextTable(Path file, Rows rows, Header isHeader) throws IOException {
        this.file = file;
        this.rows = rows;
        DelimitedRows.Row first = rows.next();
        DelimitedRows.Row second = first == null ? null : rows.next();
        header = first != null && isHeader.is(first.fields(), second == null ? null : second.fields());
        if (first != null && !header) {
            ahead.add(first);
        }
        if (second != null) {
            ahead.add(second);
        }
        this.first = first == null ? List.of() : first.fields();
        int width = this.first.size();
        columns = header
                ? this.first.stream().map(String::strip).toList()
                : IntStream.range(0, width).mapToObj(k -> "column" + k).toList();
    }

    private TextTable(Path file, Rows rows, List<String> columns) {
        this.file = file;
        this.rows = rows;
        this.header = false;
        this.first = List.of();
        this.columns = columns;
    }

    /** @throws InputException if the file is of an unknown kind */
    public static Kind kind(Path file) throws IOException {
        return kind(FormatDetector.sniff(file));
    }

    /**
     * Decides it for a file of attributes of users or items.
     *
     * @param id what its rows are of, {@code user} or {@code item}
     * @throws InputException if the file is of an unknown kind
     */
    public static Kind kindOfSideFile(Path file, String id) throws IOException {
        return kind(FormatDetector.sniff(
                file,
                false,
                "a table with a header such as '" + id + ",name', separated by , ; tab or ::, lines '" + id
                        + " word:count word:count', JSON lines, or Parquet"));
    }

    private static Kind kind(FormatDetector sniffed) {
        return switch (sniffed.kind()) {
            case DELIMITED -> Kind.DELIMITED;
            case LISTS, RATED_LISTS -> Kind.LISTS;
            case JSON_LINES, JSON_ARRAY -> Kind.JSON;
            case TABLE -> Kind.BINARY;
        };
    }

    /**
     * Opens a file of the kind {@link Kind#DELIMITED} or {@link Kind#LISTS}.
     *
     * @throws InputException if it is of another kind
     */
    public static TextTable open(Path file, Header header) throws IOException {
        FormatDetector sniffed = FormatDetector.sniff(file);
        long firstLine = sniffed.preamble().lines() + 1;
        Utf8Reader text = new Utf8Reader(file, DataReader.open(file, sniffed), firstLine, false);
        return switch (sniffed.kind()) {
            case DELIMITED -> {
                DelimitedRows rows = new DelimitedRows(file, text, sniffed.separator(), firstLine);
                try {
                    yield new TextTable(
                            file,
                            new Rows() {
                                @Override
                                public DelimitedRows.@Nullable Row next() throws IOException {
                                    return rows.next();
                                }

                                @Override
                                public void close() throws IOException {
                                    rows.close();
                                }
                            },
                            header);
                } catch (IOException | RuntimeException e) {
                    rows.close();
                    throw e;
                }
            }
            case LISTS -> new TextTable(file, new Lists(text, firstLine, false), List.of("user", "item"));
            case RATED_LISTS ->
                new TextTable(file, new Lists(text, firstLine, true), List.of("user", "item", "rating"));
            default -> {
                text.close();
                throw DataErrors.of(file, "no rows of text", "columns between , ; tab or ::", "convert it first");
            }
        };
    }

    /** The objects of a file of the kind {@link Kind#JSON}. */
    public static JsonTexts json(Path file) throws IOException {
        FormatDetector sniffed = FormatDetector.sniff(file);
        return JsonTexts.of(
                file,
                DataReader.open(file, sniffed),
                sniffed.preamble().lines() + 1,
                sniffed.kind() == FormatDetector.Kind.JSON_ARRAY,
                false);
    }

    /** Whether there is a header. */
    public boolean header() {
        return header;
    }

    /** The names in the header; without a header {@code column0}, {@code column1} and so on. */
    public List<String> columns() {
        return columns;
    }

    /**
     * The next row; null at the end.
     *
     * @throws InputException if it has more or fewer fields than there are columns
     */
    public DelimitedRows.@Nullable Row next() throws IOException {
        DelimitedRows.Row row = ahead.isEmpty() ? rows.next() : ahead.remove();
        while (row != null && header && row.fields().equals(first)) {
            row = rows.next(); // The header of a concatenated file.
        }
        if (row != null && row.fields().size() != columns.size()) {
            throw DataErrors.at(
                    file,
                    row.line(),
                    DataErrors.fields(row.fields().size()),
                    columns.size() + ", as in the first line",
                    "complete or remove the line; quote what contains the separator with \"");
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    /** Returns the items of a list as one row each. */
    private static final class Lists implements Rows {

        private final BufferedReader in;
        private final boolean rated;
        private final Deque<DelimitedRows.Row> waiting = new ArrayDeque<>();
        private long line;

        Lists(Utf8Reader text, long firstLine, boolean rated) {
            this.line = firstLine - 1;
            this.in = new BufferedReader(text);
            this.rated = rated;
        }

        @Override
        public DelimitedRows.@Nullable Row next() throws IOException {
            while (waiting.isEmpty()) {
                String text = in.readLine();
                if (text == null) {
                    return null;
                }
                line++;
                String[] words = text.strip().split("\\s+");
                for (int k = 1; k < words.length; k++) {
                    List<String> fields = new ArrayList<>(List.of(words[0]));
                    fields.addAll(List.of(rated ? words[k].split(":", 2) : new String[] {words[k]}));
                    waiting.add(new DelimitedRows.Row(line, fields));
                }
            }
            return waiting.remove();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
