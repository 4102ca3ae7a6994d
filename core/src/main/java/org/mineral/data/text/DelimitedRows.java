package org.mineral.data.text;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
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
 * Reads the rows of a delimited text with their line numbers. A line ends with LF, CRLF or CR; blank lines are skipped.
 *
 * <p>Between commas, semicolons and other single characters a field in quotes {@code "} may hold separators, line ends and
 * doubled quotes. Text separated by tabs or {@code ::} rarely uses quotes as CSV does ({@code "Weird Al" Yankovic}):
 * there a field is quoted only if it begins and ends with a quote and those between are doubled; any other quote is an ordinary character.
 * Only where lines would have too few or too many fields for a row may quotes hold separators and line
 * ends.
 */
public final class DelimitedRows implements Closeable {

    private static final char QUOTE = '"';
    private static final Pattern BEGINS = Pattern.compile("record starting at line (\\d+)");
    private static final int LONGEST_RECORD = 16 << 20;

    /** The longest text between tabs that may be one row with quoted fields. */
    private static final int LONGEST_QUOTED = 1 << 20;

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
     * @param file named in error messages
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
     * @throws InputException at a quote that is not closed, text behind a closing quote, or a row that is too long
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

    /** The error inside the CSV parser: one of Mineral's own that it wrapped, or broken quoting. */
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

    /** Rows that may span several lines, by FastCSV. */
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

    /**
     * One row on each line. Quotes may contain separators and line ends if that gives a row as wide as the first, from one or several lines
     * that are not all as wide by themselves.
     */
    private static final class Lines implements Source {

        private final TextLines lines;
        private final String separator;
        private int width = -1;
        private long line;

        Lines(Reader text, String separator, long firstLine) {
            this.lines = new TextLines(text);
            this.separator = separator;
            this.line = firstLine;
        }

        @Override
        public @Nullable Row next() throws IOException {
            String text = lines.next();
            if (text == null) {
                return null;
            }
            List<String> fields = fields(text);
            long start = line++;
            if (width < 0 && !text.isBlank()) {
                width = fields.size();
            } else if (text.indexOf(QUOTE) >= 0
                    && (fields.size() != width || fields.stream().anyMatch(Lines::begun))) {
                List<String> quoted = quoted(text, fields.size() == width);
                return new Row(start, quoted == null ? fields : quoted);
            }
            return new Row(start, fields);
        }

        private static boolean begun(String field) {
            return !field.isEmpty() && field.charAt(0) == QUOTE;
        }

        private List<String> fields(String text) {
            List<String> fields = new ArrayList<>();
            int from = 0;
            for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
                fields.add(unquoted(text.substring(from, to)));
                from = to + separator.length();
            }
            fields.add(unquoted(text.substring(from)));
            return fields;
        }

        private static String unquoted(String field) {
            if (field.length() < 2 || field.charAt(0) != QUOTE || field.charAt(field.length() - 1) != QUOTE) {
                return field;
            }
            String inside = field.substring(1, field.length() - 1);
            return inside.replace("\"\"", "").indexOf(QUOTE) < 0 ? inside.replace("\"\"", "\"") : field;
        }

        /**
         * The fields of a row that begins with this line, quoted or not; null if there is none of the right width, or if its lines are all
         * rows by themselves.
         */
        private @Nullable List<String> quoted(String first, boolean wide) throws IOException {
            boolean allWide = wide;
            StringBuilder text = new StringBuilder(first);
            List<String> fields = new ArrayList<>();
            lines.mark();
            int more = 0;
            for (int from = 0; from <= text.length() && fields.size() < width; ) {
                int end = text.indexOf(separator, from);
                boolean quoted = from < text.length() && text.charAt(from) == QUOTE;
                if (quoted) {
                    end = closing(text, from + 1);
                    while (end < 0 && text.length() < LONGEST_QUOTED) {
                        String lineEnd = lines.end();
                        String next = lines.next();
                        if (next == null) {
                            break;
                        }
                        int searched = text.length();
                        text.append(lineEnd).append(next);
                        more++;
                        allWide &= fields(next).size() == width;
                        end = closing(text, searched);
                    }
                    if (end < 0) {
                        break;
                    }
                    fields.add(text.substring(from + 1, end).replace("\"\"", "\""));
                    end++;
                    int behind = Math.min(text.length(), end + separator.length());
                    if (end < text.length() && !text.substring(end, behind).equals(separator)) {
                        break;
                    }
                } else {
                    end = end < 0 ? text.length() : end;
                    fields.add(text.substring(from, end));
                }
                if (end == text.length() && fields.size() == width && !allWide) {
                    line += more;
                    lines.forget();
                    return fields;
                }
                from = end + separator.length();
            }
            lines.reset();
            return null;
        }

        /** The position of the first quote that is not doubled; -1 if there is none. */
        private static int closing(CharSequence text, int from) {
            for (int k = from; k < text.length(); k++) {
                if (text.charAt(k) == QUOTE) {
                    if (k + 1 == text.length() || text.charAt(k + 1) != QUOTE) {
                        return k;
                    }
                    k++;
                }
            }
            return -1;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
