package org.mineral.data.attributes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;

/**
 * Understands further rows, such as that of an item that came after training, by the fields that attributes were made of. Values that are none of
 * the attributes are ignored, and can be asked for. Immutable.
 */
public final class AttributeVocabulary {

    private final IdMap names;
    private final Map<String, Attributes.Field> fields = new LinkedHashMap<>();

    /** @throws InputException if a field has an unknown role, or not the numbers of its role */
    public AttributeVocabulary(Attributes attributes) {
        this.names = attributes.names();
        for (Attributes.Field field : attributes.fields()) {
            check(field);
            fields.put(field.name(), field);
        }
        if (fields.isEmpty()) {
            for (String name : names.ids()) {
                String field = name.substring(0, Math.max(0, name.indexOf('=')));
                fields.putIfAbsent(field, new Attributes.Field(field, AttributeRole.LIST.label(), List.of()));
            }
            fields.remove("");
        }
    }

    private static void check(Attributes.Field field) {
        List<Double> numbers = field.numbers();
        boolean bounded = numbers.stream().allMatch(number -> Math.abs(number) <= 1e38);
        boolean fits = switch (AttributeRole.parse(field.role())) {
            case NUMBER -> IntStream.range(1, numbers.size()).allMatch(k -> numbers.get(k) > numbers.get(k - 1));
            case SCALED, VECTOR -> numbers.size() == 2;
            default -> true;
        };
        if (!bounded || !fits) {
            throw new InputException(
                    "the field '" + field.name() + "' of the role " + field.role() + " with the numbers " + numbers
                            + "; allowed: two for scaled numbers and vectors, ascending ones for bins.");
        }
    }

    /**
     * A row as attributes.
     *
     * @param attributes indices, ascending
     * @param values of these
     * @param ignored what is no attribute, as {@code field=value}
     */
    public record Row(int[] attributes, float[] values, List<String> ignored) {}

    /** The names of the fields, in their order. */
    public Collection<String> names() {
        return fields.keySet();
    }

    /**
     * Understands a row.
     *
     * @param row what is known, by the name of the field: a text, as in a side file, a number, or a list of these; null says nothing
     * @throws InputException if there is no field of a name, or a value is not what the field has, such as a word in place of a number
     */
    public Row row(Map<String, ? extends @Nullable Object> row) {
        return row(
                row,
                (found, allowed, advice) ->
                        new InputException("found " + found + "; allowed: " + allowed + "; " + advice + "."));
    }

    Row row(Map<String, ? extends @Nullable Object> row, RowCells.Refusal refusal) {
        TreeMap<Integer, Float> found = new TreeMap<>();
        List<String> ignored = new ArrayList<>();
        row.forEach((name, cell) -> {
            Attributes.Field field = fields.get(name);
            if (field == null) {
                throw InputException.unknown("attribute", name, fields.keySet());
            }
            if (cell != null) {
                add(field, text(cell), found, ignored, refusal);
            }
        });
        int[] attributes = new int[found.size()];
        float[] values = new float[found.size()];
        int n = 0;
        for (Map.Entry<Integer, Float> entry : found.entrySet()) {
            attributes[n] = entry.getKey();
            values[n++] = entry.getValue();
        }
        return new Row(attributes, values, ignored);
    }

    /** Rows as a matrix, rows x attributes. */
    public SparseMatrix matrix(List<Row> rows) {
        float[] values =
                new float[rows.stream().mapToInt(row -> row.values.length).sum()];
        int at = 0;
        for (Row row : rows) {
            System.arraycopy(row.values, 0, values, at, row.values.length);
            at += row.values.length;
        }
        int[][] places = rows.stream().map(Row::attributes).toArray(int[][]::new);
        return new SparseMatrix(Interactions.of(names.size(), places), values);
    }

    /** As a side file would have it: {@code 7}, not {@code 7.0}. */
    private static Object text(Object cell) {
        if (cell instanceof float[]) {
            return cell;
        }
        if (cell instanceof List<?> list) {
            return list.stream().map(AttributeVocabulary::text).toList();
        }
        return cell instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : cell.toString();
    }

    private void add(
            Attributes.Field field,
            Object cell,
            Map<Integer, Float> found,
            List<String> ignored,
            RowCells.Refusal refusal) {
        AttributeRole role = AttributeRole.parse(field.role());
        Map<String, Double> raw = new HashMap<>();
        RowCells.read(
                refusal,
                field.name(),
                role,
                cell,
                (value, number) -> raw.merge(
                        value == null ? field.name() : field.name() + "=" + value,
                        number,
                        role.words() ? Double::sum : Math::max));
        checkVector(field, role, raw.size(), refusal);
        boolean transformed = role == AttributeRole.SCALED || role == AttributeRole.VECTOR;
        double mean = transformed ? field.numbers().get(0) : 0;
        double scale = transformed ? field.numbers().get(1) : 1;
        raw.forEach((name, number) -> {
            float value = number.floatValue();
            int attribute = names.index(role == AttributeRole.NUMBER ? bin(field, value) : name);
            if (attribute < 0) {
                ignored.add(name);
            } else {
                found.put(attribute, role.value(value, mean, scale));
            }
        });
    }

    private static String bin(Attributes.Field field, float number) {
        NumberBins bins = new NumberBins(
                field.numbers().stream().mapToDouble(Double::doubleValue).toArray());
        return bins.name(field.name(), bins.of(number));
    }

    private void checkVector(Attributes.Field field, AttributeRole role, int length, RowCells.Refusal refusal) {
        if (role == AttributeRole.VECTOR
                && length > 0
                && (names.index(field.name() + "=" + (length - 1)) < 0
                        || names.index(field.name() + "=" + length) >= 0)) {
            throw refusal.of(
                    "a vector of " + length + " numbers in '" + field.name() + "'",
                    "as many as in the rows that the attributes are from",
                    "correct it");
        }
    }
}
