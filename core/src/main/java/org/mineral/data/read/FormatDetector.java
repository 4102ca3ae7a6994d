package org.mineral.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.mineral.data.NoDataException;
import org.mineral.data.rows.TableFormat;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.GzipInput;
import org.mineral.data.text.TextFile;

/**
 * Detects a file's format by its first lines, unpacked if it is a gzip archive; the extension is ignored.
 * <ol>
 *   <li>A format recognised by a {@link TableFormat}, such as Parquet.
 *   <li>{@code &#123;} at the start of the first line: JSON lines; {@code [} and {@code &#123;}, or nothing behind it: a JSON array.
 *   <li>Tab-separated {@code name:type} fields, type one of token, token_seq, float, float_seq: RecBole {@code .inter}.
 *   <li>A tab, {@code ::}, {@code ;} or {@code ,} outside quotes in the first line: delimited. Of several, the first of this list that occurs
 *       equally often in each of the first lines, otherwise the first that occurs.
 *   <li>Digits and spaces: LightGCN text. So {@code 3 17} is user 3 with item 17 in either reading, but
 *       {@code 3 17 5} is user 3 with the items 17 and 5, never a rating: rows with ratings need another separator.
 *   <li>Text and pairs {@code number:number}, separated by spaces: lists with ratings.
 *   <li>Anything else is refused.
 * </ol>
 *
 * @param separator between fields of delimited text; empty elsewhere
 * @param preamble the lines above the first row
 */
public record FormatDetector(Kind kind, String separator, Preamble preamble) {

    public enum Kind {
        /** Rows with separators, RecBole's included. */
        DELIMITED,
        /** {@code user item item ...}. */
        LISTS,
        /** {@code user item:rating item:rating ...}. */
        RATED_LISTS,
        JSON_LINES,
        /** One array of objects. */
        JSON_ARRAY,
        /** For a {@link TableFormat}. */
        TABLE
    }

    private static final int HEAD = 1 << 16;
    private static final int LINES = 20;
    private static final List<String> SEPARATORS = List.of("\t", "::", ";", ",");
    private static final Pattern INTER_HEADER =
            Pattern.compile("[^\t:]+:(token|float)(_seq)?(\t[^\t:]+:(token|float)(_seq)?)+");
    private static final Pattern ARRAY = Pattern.compile("\\s*\\[\\s*([{\\]]|$)");
    private static final Pattern RATED_LIST = Pattern.compile("[^ :]+( +[0-9]+:[^ :]+)+ *");

    private static final String INTERACTIONS =
            "rows 'user,item[,rating][,timestamp]' separated by , ; tab or ::, RecBole .inter, lines of integers"
                    + " 'user item item ...', JSON lines, or Parquet";

    public static FormatDetector sniff(Path file) throws IOException {
        return sniff(file, false);
    }

    /** @param lenient whether NUL characters are passed on to the reader of the rows */
    public static FormatDetector sniff(Path file, boolean lenient) throws IOException {
        return sniff(file, lenient, INTERACTIONS);
    }

    /** @param allowed what a file of this purpose may be, for the error that it is nothing that is known */
    public static FormatDetector sniff(Path file, boolean lenient, String allowed) throws IOException {
        byte[] head;
        try (InputStream in = GzipInput.open(file)) {
            head = in.readNBytes(HEAD);
        }
        if (TableFormat.of(head).isPresent()) {
            if (GzipInput.isPacked(file)) {
                throw DataErrors.of(
                        file,
                        "a table that packs itself, such as Parquet, packed with gzip",
                        "texts packed with gzip, and tables as they are",
                        "unpack it: gunzip FILE");
            }
            return new FormatDetector(Kind.TABLE, "", new Preamble(0, 0, 0, ""));
        }
        TextFile.check(file, head);
        if (!lenient) {
            TextFile.checkNul(file, head);
        }
        int mark = TextFile.byteOrderMark(head);
        byte[] text = Arrays.copyOfRange(head, mark, head.length);
        Preamble preamble = Preamble.of(text);
        String body = new String(text, preamble.bytes(), text.length - preamble.bytes(), StandardCharsets.UTF_8);
        if (body.isBlank()) {
            throw new NoDataException(DataErrors.of(
                    file,
                    head.length == 0 ? "an empty file" : "nothing but white space",
                    "a file with rows",
                    "check that it was written completely"));
        }
        List<String> lines =
                body.lines().dropWhile(String::isBlank).limit(LINES + 1).toList();
        if (lines.size() > 1) {
            lines = lines.subList(0, lines.size() - 1); // The last line may be incomplete.
        }
        return sniff(file, lines, preamble, allowed);
    }

    private static FormatDetector sniff(Path file, List<String> lines, Preamble preamble, String allowed) {
        String first = lines.get(0);
        int line = preamble.lines() + 1;
        if (!preamble.separator().isEmpty()) {
            return new FormatDetector(Kind.DELIMITED, preamble.separator(), preamble);
        }
        if (INTER_HEADER.matcher(first).matches()) {
            return new FormatDetector(Kind.DELIMITED, "\t", preamble);
        }
        if (first.stripLeading().startsWith("{")) {
            return new FormatDetector(Kind.JSON_LINES, "", preamble);
        }
        if (ARRAY.matcher(String.join("\n", lines)).lookingAt()) {
            return new FormatDetector(Kind.JSON_ARRAY, "", preamble);
        }
        if (RATED_LIST.matcher(first).matches()) {
            return new FormatDetector(Kind.RATED_LISTS, "", preamble);
        }
        List<String> present =
                SEPARATORS.stream().filter(s -> count(first, s) > 0).toList();
        if (!present.isEmpty()) {
            List<String> regular = present.stream()
                    .filter(s -> lines.stream().allMatch(l -> l.isBlank() || count(l, s) == count(first, s)))
                    .toList();
            return new FormatDetector(Kind.DELIMITED, regular.isEmpty() ? present.get(0) : regular.get(0), preamble);
        }
        char start = first.strip().charAt(0);
        if (start >= '0' && start <= '9' || start == '-' || start == '+') {
            return new FormatDetector(Kind.LISTS, "", preamble);
        }
        throw DataErrors.at(file, line, DataErrors.quote(first), allowed, "write the file in one of these formats");
    }

    static int count(String line, String separator) {
        int count = 0;
        boolean quoted = false;
        for (int k = 0; k < line.length(); k++) {
            if (line.charAt(k) == '"') {
                quoted = !quoted;
            } else if (!quoted && line.startsWith(separator, k)) {
                count++;
                k += separator.length() - 1;
            }
        }
        return count;
    }
}
