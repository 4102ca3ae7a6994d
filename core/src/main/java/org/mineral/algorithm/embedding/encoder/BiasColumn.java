package org.mineral.algorithm.embedding.encoder;

import java.util.Arrays;
import org.mineral.linalg.Matrix;

/**
 * The last coordinate as an item's bias ({@code item_bias=true}): users' vectors hold 1 there and items' t b_i, with b_i the parameter, so that
 * {@code s_ui = sim(u, i)/t + b_i} remains one dot product. A {@link Normalise} under it leaves the coordinate out.
 */
public final class BiasColumn extends EncoderLayer {

    private final Matrix vectors;
    private final int column;

    /** The value of the vector for parameter 0. */
    private final float constant;

    /** The slope with respect to the parameter. */
    private final float slope;

    private BiasColumn(Encoder below, float constant, float slope) {
        super(below);
        this.vectors = output(below);
        this.column = vectors.columns() - 1;
        this.constant = constant;
        this.slope = slope;
    }

    static BiasColumn ofUsers(Encoder below) {
        return new BiasColumn(below, 1, 0);
    }

    static BiasColumn ofItems(Encoder below, double temperature) {
        return new BiasColumn(below, 0, (float) temperature);
    }

    @Override
    public Matrix vectors() {
        return vectors;
    }

    @Override
    public void forward(RowSet rows, StepContext step) {
        below.forward(rows, step);
        float[] from = below.vectors().values();
        float[] to = vectors.values();
        int n = vectors.stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                int o = (rows.first() + r) * n;
                if (from != to) {
                    System.arraycopy(from, o, to, o, n);
                }
                to[o + column] = constant + slope * from[o + column];
            }
        }
    }

    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        int n = vectors.stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                g[r * n + column] *= slope;
            }
        }
        below.backward(rows, g, step);
    }

    @Override
    public float bound() {
        float most = Float.NEGATIVE_INFINITY;
        for (int row = 0; row < vectors.rows(); row++) {
            most = Math.max(most, vectors.get(row, column));
        }
        return below.bound() + most;
    }

    @Override
    public long bytes() {
        return below.bytes() + outputBytes(below);
    }

    /** Computes parameters from the items' vectors. */
    public static Matrix parameters(Matrix vectors, double temperature) {
        Matrix parameters = vectors.copy();
        int column = vectors.columns() - 1;
        for (int row = 0; row < vectors.rows(); row++) {
            parameters.set(row, column, vectors.get(row, column) / (float) temperature);
        }
        return parameters;
    }

    /**
     * Initial biases of new items: from a least-squares fit of the other items' biases against the logarithm of their number of users, the
     * form that softmax biases have without information from the vectors.
     *
     * @param items parameters; the last column of the new rows is set
     * @param logs ln n by item, n its users, or what is expected of it
     */
    public static void byCount(Matrix items, double[] logs, boolean[] isNew) {
        int column = items.columns() - 1;
        int n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int item = 0; item < items.rows(); item++) {
            if (!isNew[item]) {
                double bias = items.get(item, column);
                n++;
                x += logs[item];
                y += bias;
                xx += logs[item] * logs[item];
                xy += logs[item] * bias;
            }
        }
        double spread = n * xx - x * x;
        double slope = spread > 1e-9 * n * n ? (n * xy - x * y) / spread : 0;
        double level = n == 0 ? 0 : (y - slope * x) / n;
        for (int item = 0; item < items.rows(); item++) {
            if (isNew[item]) {
                items.set(item, column, (float) (level + slope * logs[item]));
            }
        }
    }

    /** The same with the users of each item, the new interactions included. */
    public static void byCount(Matrix items, int[] counts, boolean[] isNew) {
        byCount(
                items,
                Arrays.stream(counts)
                        .mapToDouble(count -> Math.log(Math.max(1, count)))
                        .toArray(),
                isNew);
    }

    /** The same, where items without users are the new ones. */
    public static void byCount(Matrix items, double[] logs, int[] counts) {
        boolean[] untaken = new boolean[logs.length];
        for (int item = 0; item < logs.length; item++) {
            untaken[item] = item >= counts.length || counts[item] == 0;
        }
        byCount(items, logs, untaken);
    }

    /**
     * Shifts the biases of scored items to mean 0, which changes no ranking. A loss over e^s does not determine their mean, and with lambda
     * above 1 it decreases without bound.
     */
    public static void centre(Matrix items) {
        int column = items.columns() - 1;
        double mean = 0;
        for (int row = 0; row < items.rows(); row++) {
            mean += items.get(row, column) / items.rows();
        }
        for (int row = 0; row < items.rows(); row++) {
            items.set(row, column, (float) (items.get(row, column) - mean));
        }
    }

    /** Sets the column to 0. */
    public static void clear(Matrix... tables) {
        for (Matrix table : tables) {
            for (int row = 0; row < table.rows(); row++) {
                table.set(row, table.columns() - 1, 0);
            }
        }
    }
}
