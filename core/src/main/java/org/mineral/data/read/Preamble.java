package org.mineral.data.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.data.rows.ColumnNames;

/**
 * The lines above the first row of a text: blank lines, comments that begin with {@code #} or {@code %}, and Excel's line {@code sep=;}.
 *
 * <p>A line with a mark is a row, though, if the mark begins its first field, as in {@code #7,x}, and it has as many fields as the first line
 * without a mark. It is the header if it names a user and an item column, as NumPy writes it: {@code # user,item}.
 *
 * @param bytes between the byte order mark and the first row
 * @param lines number of lines above the first row
 * @param comments how many of these are comments
 * @param separator declared with {@code sep=}, or empty
 */
public record Preamble(int bytes, int lines, int comments, String separator) {

    private static final Pattern SEP = Pattern.compile("\"?sep=(.)\"?", Pattern.CASE_INSENSITIVE);
    private static final List<String> SEPARATORS = List.of("\t", "::", ";", ",", "|", " ");

    /** A line: its start, and its text without the line end. */
    private record Line(int start, String text) {

        boolean marked() {
            return !text.isEmpty() && isMark(text.charAt(0));
        }
    }

    static boolean isMark(int c) {
        return c == '#' || c == '%';
    }

    /** @param head the first bytes of a text after its byte order mark */
    static Preamble of(byte[] head) {
        List<Line> lines = lines(head);
        int body = 0;
        while (body < lines.size()
                && (lines.get(body).text().isBlank() || lines.get(body).marked())) {
            body++;
        }
        if (body == lines.size()) {
            return new Preamble(0, 0, 0, "");
        }
        int comments = 0;
        for (int k = 0; k < body; k++) {
            Line line = lines.get(k);
            if (!line.marked()) {
                continue;
            }
            @Nullable
            String header = k + 1 == body ? header(line.text(), lines.get(body).text()) : null;
            if (header != null) {
                return new Preamble(line.start() + line.text().length() - header.length(), k, comments, "");
            }
            if (isRow(line.text(), lines.get(body).text())) {
                return new Preamble(line.start(), k, comments, "");
            }
            comments++;
        }
        Matcher sep = SEP.matcher(lines.get(body).text());
        if (sep.matches() && body + 1 < lines.size()) {
            return new Preamble(lines.get(body + 1).start(), body + 1, comments, sep.group(1));
        }
        return new Preamble(lines.get(body).start(), body, comments, "");
    }

    /** The text of a comment that names the columns of the row below it; otherwise null. */
    private static @Nullable String header(String comment, String row) {
        String text = comment.replaceFirst("^[#%]+\\s*", "");
        for (String separator : SEPARATORS) {
            if (row.contains(separator) && !separator.equals(" ")) {
                List<String> names = List.of(text.split(Pattern.quote(separator), -1));
                boolean columns = names.stream().anyMatch(ColumnNames.USER::has)
                        && names.stream().anyMatch(ColumnNames.ITEM::has);
                boolean above = List.of(row.split(Pattern.quote(separator), -1)).stream()
                        .noneMatch(name -> ColumnNames.USER.has(name) || ColumnNames.ITEM.has(name));
                return columns && above ? text : null;
            }
        }
        return null;
    }

    private static boolean isRow(String marked, String row) {
        if (marked.length() < 2 || Character.isWhitespace(marked.charAt(1)) || isMark(marked.charAt(1))) {
            return false;
        }
        for (String separator : SEPARATORS) {
            if (row.contains(separator)) {
                return !separator.equals(" ")
                        && FormatDetector.count(marked, separator) == FormatDetector.count(row, separator);
            }
        }
        return false;
    }

    /** Decodes one character for each byte, so that positions in text and bytes agree. */
    private static List<Line> lines(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        List<Line> lines = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = from;
            while (to < text.length() && text.charAt(to) != '\n' && text.charAt(to) != '\r') {
                to++;
            }
            lines.add(new Line(from, text.substring(from, to)));
            from = to + (text.startsWith("\r\n", to) ? 2 : 1);
        }
        return lines;
    }
}
