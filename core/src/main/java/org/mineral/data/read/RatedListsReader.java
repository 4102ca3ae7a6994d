package org.mineral.data.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import org.mineral.data.PairList;
import org.mineral.data.rows.Columns;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.rows.RowSink;
import org.mineral.data.text.DataErrors;

/**
 * Lists with ratings, in the form of LibSVM files: {@code user item:rating item:rating ...} a line, separated by spaces. The first field,
 * LibSVM's label, is the user.
 */
final class RatedListsReader {

    private static final Columns COLUMNS = new Columns(false, 0, 1, 2, -1, -1, 3);

    private final Path file;
    private final RowSink rows;

    RatedListsReader(Path file, String part, ReadOptions options, DatasetBuilder builder) {
        this.file = file;
        this.rows = new RowSink(file, part, options, builder);
    }

    /** @param before number of lines above the text */
    PairList read(Reader text, long before) throws IOException {
        rows.start(COLUMNS, List.of());
        long line = before;
        try (BufferedReader reader = new BufferedReader(text)) {
            for (String row = reader.readLine(); row != null; row = reader.readLine()) {
                line++;
                if (!row.isBlank()) {
                    line(row, line);
                }
            }
        }
        return rows.end();
    }

    private void line(String text, long line) {
        String user = "";
        for (int from = 0; from < text.length(); ) {
            int to = text.indexOf(' ', from);
            to = to < 0 ? text.length() : to;
            if (to > from && user.isEmpty()) {
                user = text.substring(from, to);
            } else if (to > from) {
                int colon = text.indexOf(':', from);
                if (colon < 0 || colon >= to) {
                    rows.bad(DataErrors.at(
                            file,
                            line,
                            DataErrors.quote(text.substring(from, to)),
                            "item:rating, several separated by spaces behind the user",
                            "correct the line, or write rows 'user,item,rating'"));
                } else {
                    rows.add(line, user, text.substring(from, colon), text.substring(colon + 1, to), null, null);
                }
            }
            from = to + 1;
        }
    }
}
