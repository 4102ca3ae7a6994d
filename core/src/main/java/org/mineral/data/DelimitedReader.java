package org.mineral.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * Rows of fields between separators, optionally quoted with {@code "}: CSV and its kin, and RecBole's {@code .inter}. Every
 * row is an interaction, whatever its rating, unless {@link ReadOptions} say otherwise. Ids are kept as they
 * stand, leading zeros and spaces included; blank ids are refused, blank lines skipped.
 *
 * <p>Text between tabs or {@code ::} has seldom been written with quotes in mind ({@code "Weird Al" Yankovic}): there a field is
 * quoted only if it begins and ends with a quote and those between are doubled; any other quote is a character like others.
 */
final class DelimitedReader {

    private static final char QUOTE = '"';
    private static final int LONGEST_RECORD = 16 << 20;
    /** What {@link Utf8Reader} lets nobody write. */
    private static final char NO_QUOTE = '\0';

    private final Path file;
    private final Sniffer sniffed;
    private final ReadOptions options;
    private final RowSink rows;
    private final boolean literal;

    DelimitedReader(Path file, String part, Sniffer sniffed, ReadOptions options, Assembly assembly) {
        this.file = file;
        this.sniffed = sniffed;
        this.options = options;
        this.rows = new RowSink(file, part, options, assembly);
        this.literal = sniffed.separator().equals("\t") || sniffed.separator().equals("::");
    }

    PairList read(InputStream in) throws IOException {
        long line = 0;
        Utf8Reader text = new Utf8Reader(file, in);
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(sniffed.separator())
                .quoteCharacter(literal ? NO_QUOTE : QUOTE)
                .commentStrategy(CommentStrategy.NONE)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_RECORD)
                .ofCsvRecord(text)) {
            Iterator<CsvRecord> records = reader.iterator();
            CsvRecord first = next(records);
            if (first == null) {
                return new PairList(false, false);
            }
            line = first.getStartingLineNumber();
            CsvRecord second = next(records);
            List<String> names = fields(first);
            Columns columns = Columns.of(file, line, names, second == null ? null : fields(second), options);
            rows.start(columns, names);
            if (!columns.header()) {
                add(first, columns);
            }
            for (CsvRecord row = second; row != null; row = next(records)) {
                line = row.getStartingLineNumber();
                add(row, columns);
                if (!records.hasNext()) {
                    checkClosed(row, text);
                }
            }
            return rows.end();
        } catch (CsvParseException | UncheckedIOException e) {
            throw explained(e, line);
        }
    }

    /** The next row that is not blank, or null at the end. */
    private static @Nullable CsvRecord next(Iterator<CsvRecord> records) {
        while (records.hasNext()) {
            CsvRecord row = records.next();
            if (row.getFieldCount() > 1 || !row.getField(0).isBlank()) {
                return row;
            }
        }
        return null;
    }

    /**
     * A quote that nobody closes would make the rest of the file one id: a last field with a line end in it was quoted, and
     * then the file must end with the closing quote.
     */
    private void checkClosed(CsvRecord row, Utf8Reader text) {
        String field = row.getField(row.getFieldCount() - 1);
        if (text.last() != '"' && field.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            throw unparsable(row.getStartingLineNumber());
        }
    }

    private void add(CsvRecord row, Columns columns) {
        long line = row.getStartingLineNumber();
        List<String> fields = fields(row);
        if (fields.size() != columns.width()) {
            throw Refusal.at(
                    file,
                    line,
                    Refusal.fields(fields.size()),
                    columns.width() + ", as in the first line",
                    "complete or remove the line; quote ids that contain the separator with \"");
        }
        rows.add(
                line,
                fields.get(columns.user()),
                fields.get(columns.item()),
                field(fields, columns.rating()),
                field(fields, columns.timestamp()),
                field(fields, columns.event()));
    }

    private List<String> fields(CsvRecord row) {
        return literal ? row.getFields().stream().map(DelimitedReader::unquoted).toList() : row.getFields();
    }

    private static String unquoted(String field) {
        if (field.length() < 2 || field.charAt(0) != QUOTE || field.charAt(field.length() - 1) != QUOTE) {
            return field;
        }
        String inside = field.substring(1, field.length() - 1);
        return inside.replace("\"\"", "").indexOf(QUOTE) < 0 ? inside.replace("\"\"", "\"") : field;
    }

    private static @Nullable String field(List<String> fields, int column) {
        return column < 0 ? null : fields.get(column);
    }

    /** What went wrong inside the CSV parser: a refusal of our own that it wrapped, or broken quoting. */
    private InputException explained(RuntimeException e, long lastLine) throws IOException {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputException refusal) {
                return refusal;
            }
            if (cause instanceof IOException && !(cause.getMessage() + "").contains("buffer")) {
                throw (IOException) cause;
            }
        }
        return unparsable(lastLine + 1);
    }

    private InputException unparsable(long line) {
        return Refusal.at(
                file,
                line,
                "a row that cannot be parsed, in or after this line",
                "fields of at most 16 MiB, with every opening quote \" closed",
                "look for a stray quote; quotes escaped by a backslash have to be doubled:"
                        + " sed 's/\\\\\"/\"\"/g' FILE > NEW");
    }
}
