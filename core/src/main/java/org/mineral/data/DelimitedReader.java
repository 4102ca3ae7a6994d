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
 * row is an interaction, whatever its rating, unless {@link ReadOptions#minRating} says otherwise. Ids are kept as they
 * stand, leading zeros and spaces included; blank ids are refused, blank lines skipped.
 */
final class DelimitedReader {

    private static final int LONGEST_RECORD = 16 << 20;

    private final Path file;
    private final String part;
    private final Sniffer sniffed;
    private final ReadOptions options;
    private final Assembly assembly;
    private long below;
    private long padded;

    DelimitedReader(Path file, String part, Sniffer sniffed, ReadOptions options, Assembly assembly) {
        this.file = file;
        this.part = part;
        this.sniffed = sniffed;
        this.options = options;
        this.assembly = assembly;
    }

    PairList read(InputStream in) throws IOException {
        long line = 0;
        Utf8Reader text = new Utf8Reader(file, in);
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(sniffed.separator())
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
            Columns columns = Columns.of(file, line, first.getFields(), second == null ? null : second.getFields());
            PairList pairs = new PairList(columns.rating() >= 0, columns.timestamp() >= 0);
            if (!columns.header()) {
                add(first, columns, pairs);
            }
            for (CsvRecord row = second; row != null; row = next(records)) {
                line = row.getStartingLineNumber();
                add(row, columns, pairs);
                if (!records.hasNext()) {
                    checkClosed(row, text);
                }
            }
            assembly.note("rows in " + part + " below the least rating left out", below);
            assembly.note("ids in " + part + " with spaces around them, kept as they stand", padded);
            return pairs;
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

    private void add(CsvRecord row, Columns columns, PairList pairs) {
        long line = row.getStartingLineNumber();
        List<String> fields = row.getFields();
        if (fields.size() != columns.width()) {
            throw Refusal.at(
                    file,
                    line,
                    fields.size() + " fields",
                    columns.width() + ", as in the first line",
                    "complete or remove the line; quote ids that contain the separator with \"");
        }
        String user = id(fields.get(columns.user()), "user", line);
        String item = id(fields.get(columns.item()), "item", line);
        float rating = columns.rating() < 0 ? 0 : rating(fields.get(columns.rating()), line);
        long time = columns.timestamp() < 0 ? 0 : Timestamps.parse(fields.get(columns.timestamp()), file, line);
        if (columns.rating() >= 0 && !options.keeps(rating)) {
            below++;
            return;
        }
        pairs.add(assembly.users.of(user), assembly.items.of(item), rating, time);
    }

    private String id(String text, String role, long line) {
        if (text.isBlank()) {
            throw Refusal.at(file, line, "a blank " + role, "any text but blanks", "complete or remove the line");
        }
        if (Character.isWhitespace(text.charAt(0)) || Character.isWhitespace(text.charAt(text.length() - 1))) {
            padded++;
        }
        return text;
    }

    private float rating(String text, long line) {
        try {
            float rating = Float.parseFloat(text);
            if (Float.isFinite(rating)) {
                return rating;
            }
        } catch (NumberFormatException e) {
            // refused below like any other text that is no rating
        }
        throw Refusal.at(
                file,
                line,
                "the rating " + Refusal.quote(text),
                "finite numbers",
                "correct or remove the line; if this is a header, it must name 'user' and 'item'");
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
                "look for a stray quote");
    }
}
