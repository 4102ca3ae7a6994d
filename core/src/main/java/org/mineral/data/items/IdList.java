package org.mineral.data.items;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.mineral.data.IdMap;
import org.mineral.data.rows.ColumnNames;
import org.mineral.data.text.EscapedText;

/**
 * A list of ids, one on each line; blank lines are ignored. A line is taken literally if there is such an id. Otherwise it may be escaped as
 * in Mineral's lists ({@link EscapedText}), quoted as in CSV, or have spaces around it. A first line that is not an id but a column name of
 * users or items is a header.
 */
public final class IdList {

    private IdList() {}

    /**
     * The ids in the order of the lines; unknown ids are returned as written.
     *
     * @param known the known ids
     */
    public static List<String> read(Reader text, IdMap known) throws IOException {
        List<String> ids = new ArrayList<>();
        BufferedReader lines = new BufferedReader(text);
        boolean first = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            String id = id(line, known);
            boolean header = first
                    && known.index(id) < 0
                    && (ColumnNames.USER.has(unquoted(line)) || ColumnNames.ITEM.has(unquoted(line)));
            first = false;
            if (!header) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The known id that this text denotes, or the text itself if there is none. */
    public static String id(String text, IdMap known) {
        return Stream.of(
                        text,
                        Objects.requireNonNullElse(EscapedText.unescape(text), text),
                        unquoted(text),
                        text.strip())
                .filter(id -> known.index(id) >= 0)
                .findFirst()
                .orElse(text);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
}
