package org.mineral.data.text;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * The rows of a delimited text, with the number of the line on which each begins. A line ends with LF, CRLF or CR; blank lines
 * are no rows.
 *
 * <p>Between commas, semicolons and other single characters a field in quotes {@code "} may hold separators, line ends and
 * doubled quotes. Text between tabs or {@code ::} has seldom been written with quotes in mind ({@code "Weird Al" Yankovic}):
 * there a field is quoted only if it begins and ends with a quote and those between are doubled; any other quote is a
 * character like others.
 */
public final class DelimitedRows implements Closeable {

    private static final char QUOTE = '"';
    private static final Pattern BEGINS = Pattern.compile("record starting at line (\\d+)");
    private static final int LONGEST_RECORD = 16 << 20;

    /**
     * @param line on which the row begins, from 1
     * @param fields without the quotes around them
     */
    public record Row(long line, List<String> fields) {}

    private interface Source extends Closeable {
        @Nullable
        Row next() throws IOException;
    }

    private final Path file;
    private final Source source;
    private final long before;
    private long line;

    /**
     * @param file for the refusals
     * @param firstLine the number of the line at which the text begins
     */
    public DelimitedRows(Path file, Reader text, String separator, long firstLine) {
        this.file = file;
        this.before = firstLine - 1;
        this.line = before;
        this.source = separator.equals("\t") || separator.equals("::")
                ? new Lines(text, separator, firstLine)
                : new Quoted(text, separator, firstLine);
    }

    /**
     * The next row; null at the end.
     *
     * @throws InputException at a quote that is not closed, text behind a closing quote, or a row of absurd length
     */
    public @Nullable Row next() throws IOException {
        try {
            Row row = source.next();
            while (row != null
                    && row.fields().size() == 1
                    && row.fields().get(0).isBlank()) {
                row = source.next();
            }
            line = row == null ? line : row.line();
            return row;
        } catch (CsvParseException | UncheckedIOException e) {
            throw explained(e);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** What went wrong inside the CSV parser: a refusal of our own that it wrapped, or broken quoting. */
    private InputException explained(RuntimeException e) throws IOException {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputException refusal) {
                return refusal;
            }
            if (cause instanceof IOException io
                    && !String.valueOf(io.getMessage()).contains("buffer")) {
                throw io;
            }
        }
        Matcher begins = BEGINS.matcher(String.valueOf(e.getMessage()));
        return DataErrors.at(
                file,
                begins.find() ? before + Long.parseLong(begins.group(1)) : line + 1,
                "a row that cannot be parsed, in or after this line",
                "fields of at most 16 MiB, with every opening quote \" closed",
                "look for a stray quote; quotes escaped by a backslash have to be doubled:"
                        + " sed 's/\\\\\"/\"\"/g' FILE > NEW");
    }

    /** Rows that may reach over several lines, by FastCSV. */
    private static final class Quoted implements Source {

        private final CsvReader<CsvRecord> reader;
        private final Iterator<CsvRecord> records;
        private final long before;

        Quoted(Reader text, String separator, long firstLine) {
            reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .quoteCharacter(QUOTE)
                    .commentStrategy(CommentStrategy.NONE)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .maxBufferSize(LONGEST_RECORD)
                    .ofCsvRecord(text);
            records = reader.iterator();
            before = firstLine - 1;
        }

        @Override
        public @Nullable Row next() {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord row = records.next();
            return new Row(before + row.getStartingLineNumber(), row.getFields());
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** A row a line. */
    private static final class Lines implements Source {

        private final BufferedReader reader;
        private final String separator;
        private long line;

        Lines(Reader text, String separator, long firstLine) {
            this.reader = new BufferedReader(text);
            this.separator = separator;
            this.line = firstLine;
        }

        @Override
        public @Nullable Row next() throws IOException {
            String text = reader.readLine();
            if (text == null) {
                return null;
            }
            List<String> fields = new ArrayList<>();
            int from = 0;
            for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
                fields.add(unquoted(text.substring(from, to)));
                from = to + separator.length();
            }
            fields.add(unquoted(text.substring(from)));
            return new Row(line++, fields);
        }

        private static String unquoted(String field) {
            if (field.length() < 2 || field.charAt(0) != QUOTE || field.charAt(field.length() - 1) != QUOTE) {
                return field;
            }
            String inside = field.substring(1, field.length() - 1);
            return inside.replace("\"\"", "").indexOf(QUOTE) < 0 ? inside.replace("\"\"", "\"") : field;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
