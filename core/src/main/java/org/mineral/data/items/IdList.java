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
 * A list of ids, one a line, blank lines aside. A line is an id as it stands, if there is such an id; otherwise it may be
 * written as Mineral writes lists ({@link EscapedText}), in quotes as in CSV, or with spaces around it. A first line that is no
 * id but the name of a column of users or items is a header.
 */
public final class IdList {

    private IdList() {}

    /**
     * The ids in the order of the lines; what is no known id is there as it stands.
     *
     * @param known ids that a line may mean
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

    /** The known id that is written so; the text as it stands if there is none. */
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
