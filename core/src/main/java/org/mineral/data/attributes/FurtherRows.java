package org.mineral.data.attributes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.SparseMatrix;
import org.mineral.data.rows.ColumnNames;
import org.mineral.data.text.DataErrors;

/**
 * Rows of a side file that came after training, as attributes that a model knows.
 *
 * @param ids of the rows
 * @param rows x attributes
 * @param notes on what was ignored, one line each
 */
public record FurtherRows(List<String> ids, SparseMatrix rows, List<String> notes) {

    /**
     * Reads items.
     *
     * @param items known items: a first row that begins with one of them is not a header
     * @param attributes that are known
     * @throws org.mineral.config.InputException if the file is no side file, has an id twice, or a value that is not what the attribute has; the
     *     message names the line
     */
    public static FurtherRows ofItems(Path file, IdMap items, Attributes attributes) throws IOException {
        return read(file, items, ColumnNames.ITEM, attributes);
    }

    /** As {@link #ofItems}, of users. */
    public static FurtherRows ofUsers(Path file, IdMap users, Attributes attributes) throws IOException {
        return read(file, users, ColumnNames.USER, attributes);
    }

    private static FurtherRows read(Path file, IdMap known, ColumnNames role, Attributes attributes)
            throws IOException {
        AttributeVocabulary vocabulary = new AttributeVocabulary(attributes);
        FileAttributes.Source source = FileAttributes.source(file, known, role);
        FileAttributes.Head head = source.read((line, id, cells) -> {});
        Map<String, Long> lines = new HashMap<>();
        List<String> ids = new ArrayList<>();
        List<AttributeVocabulary.Row> rows = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        long[] ignored = new long[1];
        String[] first = new String[1];
        source.read((line, id, cells) -> {
            Long before = lines.putIfAbsent(id, line);
            if (before != null) {
                throw DataErrors.at(
                        file,
                        line,
                        DataErrors.quote(id) + " again, as in line " + before,
                        "each id once",
                        "merge its rows");
            }
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (int c = 0; c < Math.min(cells.length, head.columns().size()); c++) {
                String name = head.columns().get(c);
                if (vocabulary.names().contains(name)) {
                    fields.put(name, cells[c]);
                } else if (c != head.id()) {
                    columns.add(name);
                }
            }
            AttributeVocabulary.Row row = vocabulary.row(
                    fields, (found, allowed, advice) -> DataErrors.at(file, line, found, allowed, advice));
            ids.add(id);
            rows.add(row);
            if (!row.ignored().isEmpty()) {
                first[0] = ignored[0] == 0 ? row.ignored().get(0) : first[0];
                ignored[0] += row.ignored().size();
            }
        });
        List<String> notes = new ArrayList<>(head.notes());
        if (!columns.isEmpty()) {
            notes.add("columns without attributes in the model, ignored: " + String.join(", ", columns));
        }
        if (ignored[0] > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d values that the model does not know, ignored, the first %s",
                    ignored[0],
                    DataErrors.quote(first[0])));
        }
        return new FurtherRows(ids, vocabulary.matrix(rows), notes);
    }
}
