package org.mineral.data.attributes;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.IdText;

/**
 * Collects the rows of a side file with their columns' roles. Until the end every value has a provisional attribute, a number its column's; then
 * rare values are pooled and numbers become bins.
 */
final class AttributeBuilder {

    /** Different values, names included, that memory is given for. */
    private static final int MOST_NAMES = 5_000_000;

    static final int LONGEST_VECTOR = 10_000;

    /** Bytes of heap for each value, while they are collected and sorted. */
    private static final long BYTES_EACH = 32;

    private final RowPlaces places;
    private final List<String> columns;
    private final List<AttributeRole> roles;
    private final AttributeOptions options;
    private final long most = Runtime.getRuntime().maxMemory() / BYTES_EACH;

    private final IdMap.Builder ids = IdMap.builder();
    private final IdMap.Builder names = IdMap.builder();
    private int[] columnOf = new int[64];
    private final Map<Integer, Double> row = new HashMap<>();
    private final int[] vectorLength;
    private int[] offsets = new int[64];
    private int[] entries = new int[1024];
    private float[] values = new float[1024];
    private long[] lines = new long[64];
    private int rows;
    private int size;

    AttributeBuilder(RowPlaces places, List<String> columns, List<AttributeRole> roles, AttributeOptions options) {
        this.places = places;
        this.columns = columns;
        this.roles = roles;
        this.options = options;
        this.vectorLength = new int[columns.size()];
    }

    /** Adds a row. */
    void add(long line, String id, @Nullable Object[] fields) {
        int index = ids.add(id);
        if (index < rows) {
            throw places.error(
                    line,
                    id,
                    DataErrors.quote(id) + " again" + places.earlier(lines[index]),
                    "each id once",
                    "merge its rows");
        }
        row.clear();
        RowCells.Refusal refusal = (found, allowed, advice) -> places.error(line, id, found, allowed, advice);
        for (int c = 0; c < Math.min(fields.length, roles.size()); c++) {
            int column = c;
            int before = row.size();
            RowCells.read(
                    refusal,
                    columns.get(c),
                    roles.get(c),
                    fields[c],
                    (value, number) -> row.merge(
                            attribute(refusal, column, value),
                            number,
                            roles.get(column).words() ? Double::sum : Math::max));
            checkVector(refusal, c, row.size() - before);
        }
        if (rows + 2 > offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            lines = Arrays.copyOf(lines, 2 * offsets.length);
        }
        lines[rows++] = line;
        put(refusal);
        offsets[rows] = size;
    }

    private void checkVector(RowCells.Refusal refusal, int c, int length) {
        if (roles.get(c) != AttributeRole.VECTOR || length == 0) {
            return;
        }
        vectorLength[c] = vectorLength[c] == 0 ? length : vectorLength[c];
        if (length != vectorLength[c] || length > LONGEST_VECTOR) {
            throw refusal.of(
                    String.format(Locale.ROOT, "a vector of %,d numbers in %s", length, columns.get(c)),
                    String.format(Locale.ROOT, "%,d, as above, and at most %,d", vectorLength[c], LONGEST_VECTOR),
                    "correct the row");
        }
    }

    private void put(RowCells.Refusal refusal) {
        if (size + (long) row.size() > Math.min(most, Integer.MAX_VALUE - 8)) {
            throw refusal.of(
                    String.format(Locale.ROOT, "more than %,d values", size),
                    "as many as memory holds",
                    "leave columns out, by the role none");
        }
        if (size + row.size() > entries.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8, 2L * (size + row.size()));
            entries = Arrays.copyOf(entries, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        for (Map.Entry<Integer, Double> entry : row.entrySet()) {
            entries[size] = entry.getKey();
            values[size++] = entry.getValue().floatValue();
        }
    }

    private int attribute(RowCells.Refusal refusal, int column, @Nullable String value) {
        int before = names.size();
        String name = columns.get(column);
        String text = value == null ? name : name + "=" + value;
        int attribute = names.add(text);
        if (attribute == before) {
            String fault = IdText.fault(text, "value");
            if (fault != null) {
                throw refusal.of(fault + " of " + name, "any other text", "correct the row");
            }
            if (before >= MOST_NAMES) {
                throw refusal.of(
                        String.format(Locale.ROOT, "more than %,d different values", MOST_NAMES),
                        "fewer",
                        "leave the column of names or ids out, by the role none");
            }
            if (attribute == columnOf.length) {
                columnOf = Arrays.copyOf(columnOf, 2 * attribute);
            }
            columnOf[attribute] = column;
        }
        return attribute;
    }

    /** The attributes of all rows. */
    FileAttributes build(List<String> notes) {
        FinalAttributes made = new FinalAttributes(columns, roles, options, names.build(), columnOf);
        made.count(entries, values, size);
        int[] starts = new int[rows + 1];
        int[] kept = new int[size];
        float[] keptValues = new float[size];
        int at = 0;
        long[] sorted = new long[0];
        for (int r = 0; r < rows; r++) {
            int n = 0;
            sorted = sorted.length < offsets[r + 1] - offsets[r] ? new long[offsets[r + 1] - offsets[r]] : sorted;
            for (int k = offsets[r]; k < offsets[r + 1]; k++) {
                int attribute = made.of(entries[k], values[k]);
                if (attribute >= 0) {
                    sorted[n++] = (long) attribute << 32 | k;
                }
            }
            Arrays.sort(sorted, 0, n);
            for (int e = 0; e < n; e++) {
                int attribute = (int) (sorted[e] >> 32);
                int k = (int) sorted[e];
                if (at > starts[r] && kept[at - 1] == attribute) {
                    continue; // Several rare values are one.
                }
                kept[at] = attribute;
                keptValues[at++] = made.value(entries[k], values[k]);
            }
            starts[r + 1] = at;
        }
        IdMap all = made.names();
        Interactions places = new Interactions(all.size(), starts, Interactions.cut(kept, at));
        Attributes attributes =
                new Attributes(new SparseMatrix(places, Arrays.copyOf(keptValues, at)), all, made.fields());
        return new FileAttributes(ids.build(), attributes, made.columns(attributes), notes);
    }
}
