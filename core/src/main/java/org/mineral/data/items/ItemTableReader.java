package org.mineral.data.items;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.data.IdMap;
import org.mineral.data.rows.ColumnNames;
import org.mineral.data.text.DataErrors;

/** Reads an {@link ItemTable}: all rows of a {@link TableScan}, each item once. */
final class ItemTableReader {

    private final Path file;
    private final IdMap items;
    private final IdMap.Builder ids = IdMap.builder();
    private final List<@Nullable Object[]> cells = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private long again;
    private long unknown;

    ItemTableReader(Path file, IdMap items) {
        this.file = file;
        this.items = items;
    }

    ItemTable read() throws IOException {
        TableScan scan = new TableScan(file, items, ColumnNames.ITEM);
        scan.read(this::add);
        List<String> notes = new ArrayList<>(scan.notes());
        if (again > 0) {
            notes.add("rows that occur twice, taken once: " + again);
        }
        if (unknown > 0 && items.size() > 0) {
            notes.add("rows of items that are not in the model: " + unknown);
        }
        if (scan.title() < 0 && scan.columns().size() > 1) {
            notes.add(
                    "no titles: of the columns " + String.join(", ", scan.columns()) + " none is called title or name");
        }
        return new ItemTable(ids.build(), scan.columns(), scan.id(), scan.title(), cells, notes);
    }

    private void add(long line, String item, @Nullable Object[] values) {
        int row = ids.add(item);
        if (row < cells.size()) {
            int width = Math.max(values.length, cells.get(row).length);
            if (!Arrays.equals(Arrays.copyOf(values, width), Arrays.copyOf(cells.get(row), width))) {
                throw DataErrors.at(
                        file,
                        line,
                        "item " + DataErrors.quote(item) + " again, as in row " + lines.get(row) + " with other values",
                        "each item once",
                        "merge its rows");
            }
            again++;
            return;
        }
        unknown += items.index(item) < 0 ? 1 : 0;
        cells.add(values);
        lines.add(line);
    }
}
