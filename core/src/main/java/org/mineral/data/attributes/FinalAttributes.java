package org.mineral.data.attributes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;

/** From the provisional attributes of a side file to the final ones: rare values pooled, numbers in bins or scaled. */
final class FinalAttributes {

    private static final int NOT_YET = -2;

    private final List<String> columns;
    private final List<AttributeRole> roles;
    private final AttributeOptions options;
    private final IdMap given;
    private final int[] columnOf;
    private final int[] counts;
    private final int[] finals;
    private final int[] rare;
    private final NumberBins[] edges;
    private final double[] means;
    private final double[] scales;
    private final int[][] bins;
    private final IdMap.Builder names = IdMap.builder();
    private final List<Integer> finalColumns = new ArrayList<>();

    FinalAttributes(
            List<String> columns, List<AttributeRole> roles, AttributeOptions options, IdMap given, int[] columnOf) {
        this.columns = columns;
        this.roles = roles;
        this.options = options;
        this.given = given;
        this.columnOf = columnOf;
        this.counts = new int[given.size()];
        this.finals = new int[given.size()];
        this.rare = new int[columns.size()];
        this.edges = new NumberBins[columns.size()];
        this.means = new double[columns.size()];
        this.scales = new double[columns.size()];
        this.bins = new int[columns.size()][];
        Arrays.fill(scales, 1);
        Arrays.fill(finals, NOT_YET);
    }

    /** Looks at all values once. */
    void count(int[] entries, float[] values, int size) {
        double[][] sums = new double[2][columns.size()];
        for (int k = 0; k < size; k++) {
            counts[entries[k]]++;
            int column = columnOf[entries[k]];
            sums[0][column] += values[k];
            sums[1][column] += (double) values[k] * values[k];
        }
        for (int c = 0; c < columns.size(); c++) {
            int first = given.index(columns.get(c));
            int rows = first < 0 ? 0 : counts[first];
            switch (roles.get(c)) {
                case NUMBER -> edges[c] = edges(c, rows, entries, values, size);
                case SCALED -> {
                    means[c] = sums[0][c] / Math.max(1, rows);
                    scales[c] = inverse(Math.sqrt(Math.max(0, sums[1][c] / Math.max(1, rows) - means[c] * means[c])));
                }
                case VECTOR -> {
                    int head = given.index(columns.get(c) + "=0");
                    scales[c] = head < 0 ? 1 : inverse(Math.sqrt(sums[1][c] / counts[head]));
                }
                default -> {
                    // Values that are names need no numbers.
                }
            }
        }
    }

    private static double inverse(double deviation) {
        return deviation > 0 ? 1 / deviation : 0;
    }

    /**
     * The least number of each bin but the first: quantiles, each once.
     *
     * @param rows with a number in this column
     */
    private NumberBins edges(int column, int rows, int[] entries, float[] values, int size) {
        float[] sorted = new float[rows];
        int n = 0;
        for (int k = 0; k < size; k++) {
            if (columnOf[entries[k]] == column) {
                sorted[n++] = values[k];
            }
        }
        Arrays.sort(sorted, 0, n);
        double[] found = new double[options.bins()];
        int edges = 0;
        for (int b = 1; b < options.bins() && n > 0; b++) {
            float edge = sorted[(int) ((long) b * n / options.bins())];
            if (edge > sorted[0] && (edges == 0 || edge > found[edges - 1])) {
                found[edges++] = edge;
            }
        }
        bins[column] = new int[edges + 1];
        Arrays.fill(bins[column], NOT_YET);
        return new NumberBins(Arrays.copyOf(found, edges));
    }

    /** The final attribute of a provisional one's value, or -1 if it is left out. */
    int of(int provisional, float value) {
        int column = columnOf[provisional];
        AttributeRole role = roles.get(column);
        if (role == AttributeRole.NUMBER) {
            NumberBins all = edges[column];
            int bin = all.of(value);
            if (bins[column][bin] == NOT_YET) {
                bins[column][bin] = name(column, all.name(columns.get(column), bin));
            }
            return bins[column][bin];
        }
        if (finals[provisional] == NOT_YET) {
            boolean pooled = counts[provisional] < options.minRows()
                    && role != AttributeRole.VECTOR
                    && role != AttributeRole.SCALED;
            rare[column] += pooled ? 1 : 0;
            finals[provisional] = !pooled
                    ? name(column, given.id(provisional))
                    : role.words() ? -1 : name(column, columns.get(column) + "=(rare)");
        }
        return finals[provisional];
    }

    private int name(int column, String name) {
        int attribute = names.add(name);
        if (attribute == finalColumns.size()) {
            finalColumns.add(column);
        }
        return attribute;
    }

    /** The final value. */
    float value(int provisional, float value) {
        int column = columnOf[provisional];
        return roles.get(column).value(value, means[column], scales[column]);
    }

    IdMap names() {
        return names.build();
    }

    /** The columns that have attributes, for further rows. */
    List<Attributes.Field> fields() {
        List<Attributes.Field> fields = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            AttributeRole role = roles.get(c);
            if (role != AttributeRole.NONE) {
                List<Double> numbers = switch (role) {
                    case NUMBER -> Arrays.stream(edges[c].edges()).boxed().toList();
                    case SCALED, VECTOR -> List.of(means[c], scales[c]);
                    default -> List.of();
                };
                fields.add(new Attributes.Field(columns.get(c), role.label(), numbers));
            }
        }
        return fields;
    }

    List<AttributeColumn> columns(Attributes made) {
        int[] attributes = new int[columns.size()];
        int[] rows = new int[columns.size()];
        finalColumns.forEach(column -> attributes[column]++);
        int[] counted = new int[columns.size()];
        Arrays.fill(counted, -1);
        Interactions entries = made.x().entries();
        for (int r = 0; r < made.rows(); r++) {
            for (int k = entries.begin(r); k < entries.end(r); k++) {
                int column = finalColumns.get(entries.columns()[k]);
                if (counted[column] < r) {
                    counted[column] = r;
                    rows[column]++;
                }
            }
        }
        List<AttributeColumn> all = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            all.add(new AttributeColumn(columns.get(c), roles.get(c), attributes[c], rows[c], rare[c]));
        }
        return all;
    }
}
