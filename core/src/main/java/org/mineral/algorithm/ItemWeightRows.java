package org.mineral.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.SparseRow;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.TopK;
import org.mineral.model.similarity.ItemWeights;
import org.mineral.model.similarity.RowSimilarity;

/** Builds {@link ItemWeights} row by row, in parallel, keeping the largest entries of each row. */
public final class ItemWeightRows {

    /** Computes one row of weights. Called by several threads; must depend only on the item. */
    @FunctionalInterface
    public interface Row {

        /** @param row to fill, initially zeros; the diagonal is ignored */
        void fill(int item, double[] row);
    }

    /** The weight of a pair of items with users in common. Called by several threads. */
    @FunctionalInterface
    public interface PairWeight {

        /** @param common the sum of the weights of the users who took both */
        double of(int item, int other, double common);
    }

    private ItemWeightRows() {}

    /**
     * Weights of pairs of items that users have in common, from the sparse product {@code X' diag(s) X}, a row at a time. Sums run over users by
     * ascending index.
     *
     * @param train X, users x items
     * @param userWeights s, not negative, one for each user
     * @param neighbours number of entries kept for each row, those of largest absolute value, ties by lower item index; 0 for all non-zero ones
     * @throws InputException if there are more entries than an array holds
     */
    public static ItemWeights ofCommonUsers(
            Interactions train, double[] userWeights, int neighbours, Workers workers, PairWeight weight) {
        Interactions takers = train.transpose();
        Sums sums = (item, row) -> {
            for (int k = takers.begin(item); k < takers.end(item); k++) {
                int user = takers.columns()[k];
                row.add(userWeights[user], train, user);
            }
        };
        return products(train.items(), sums, neighbours, workers, weight);
    }

    /**
     * Weights of pairs of items with something in common, from the sparse product {@code M diag(s) M'}, a row at a time. Sums run over columns by
     * ascending index.
     *
     * @param matrix M, items x whatever they have
     * @param columnWeights s, not negative, one for each column
     * @param neighbours number of entries kept for each row, those of largest absolute value, ties by lower item index; 0 for all non-zero ones
     * @throws InputException if there are more entries than an array holds
     */
    private static ItemWeights ofCommonColumns(
            SparseMatrix matrix, double[] columnWeights, int neighbours, Workers workers, PairWeight weight) {
        SparseMatrix columns = matrix.transpose();
        Interactions entries = matrix.entries();
        Sums sums = (item, row) -> {
            for (int k = entries.begin(item); k < entries.end(item); k++) {
                int column = entries.columns()[k];
                row.add(columnWeights[column] * matrix.values()[k], columns, column);
            }
        };
        return products(matrix.rows(), sums, neighbours, workers, weight);
    }

    /**
     * Of each row the most similar others, negative similarities left out.
     *
     * @param rows items x whatever they have
     * @throws InputException if there are more entries than an array holds
     */
    public static ItemWeights nearest(SparseMatrix rows, RowSimilarity.Settings settings, Workers workers) {
        RowSimilarity similarity = new RowSimilarity(rows, settings);
        return ofCommonColumns(
                rows,
                similarity.columnWeights(),
                settings.neighbours(),
                workers,
                (i, j, common) -> common <= 0 ? 0 : similarity.of(i, j, common));
    }

    /** Adds up one row of a product. Called by several threads. */
    @FunctionalInterface
    private interface Sums {

        /** @param row empty */
        void add(int item, SparseRow row);
    }

    private static ItemWeights products(int items, Sums sums, int neighbours, Workers workers, PairWeight weight) {
        Kept[] rows = new Kept[items];
        SparseRow[] scratch = new SparseRow[workers.threads()];
        workers.run(items, (item, worker) -> {
            SparseRow row = scratch[worker] == null ? new SparseRow(items) : scratch[worker];
            scratch[worker] = row;
            row.clear();
            sums.add(item, row);
            Value value = other -> other == item ? 0 : (float) weight.of(item, other, row.sum(other));
            rows[item] = Kept.largest(row.size(), row::column, value, neighbours);
        });
        return joined(rows);
    }

    /**
     * The size of a product {@code M M'}.
     *
     * @param rows of M
     * @param columns of M
     * @param values of M
     * @param pairs at least the number of pairs of rows with a common column
     */
    public record Work(int rows, int columns, long values, long pairs) {

        /** Of {@link #ofCommonColumns}. */
        public static Work of(SparseMatrix matrix) {
            return new Work(
                    matrix.rows(),
                    matrix.columns(),
                    matrix.entries().size(),
                    squares(matrix.entries().itemCounts()));
        }

        /** Of items x users. */
        public static Work ofUsers(Interactions train) {
            return new Work(train.items(), train.users(), train.size(), squares(train.userCounts()));
        }

        /** Of both matrices side by side. */
        public Work beside(Work right) {
            return new Work(rows, columns + right.columns, values + right.values, pairs + right.pairs);
        }

        private static long squares(int[] counts) {
            long squares = 0;
            for (int count : counts) {
                squares += (long) count * count;
            }
            return squares;
        }

        /** See {@link Plan#gigaflops}: a sum for each two rows that have a column in common. */
        public double gigaflops() {
            return SparseRow.OPERATIONS * pairs / 1e9;
        }

        /** Bytes of M. */
        public long matrixBytes() {
            return SparseMatrix.bytes(rows, values);
        }

        /** Bytes of the product, of its largest entries and of the transpose of M. */
        public long bytes(int neighbours, int threads) {
            return product(neighbours, threads) + matrixBytes() + (long) Integer.BYTES * columns;
        }

        private long product(int neighbours, int threads) {
            long row = SparseRow.bytes(rows) + (long) Integer.BYTES * rows;
            return weightBytes(Math.min(entries(rows, neighbours), pairs)) + row * threads;
        }
    }

    /** See {@link Plan#gigaflops}: a sum for each two items of each user. */
    public static double gigaflopsOfCommonUsers(Interactions train) {
        return Work.ofUsers(train).gigaflops();
    }

    /** Bytes of {@link #ofCommonUsers}, of its result and of the transpose. */
    public static long bytesOfCommonUsers(Interactions train, int neighbours, int threads) {
        return Work.ofUsers(train).product(neighbours, threads) + 2L * Integer.BYTES * (train.size() + train.items());
    }

    private static long entries(int items, int neighbours) {
        return items * (long) (neighbours == 0 ? items : Math.min(items, neighbours));
    }

    private static long weightBytes(long entries) {
        return 2L * (Integer.BYTES + Float.BYTES) * entries;
    }

    /**
     * @param neighbours number of entries kept for each row, those of largest absolute value, ties by lower item index; 0 for all non-zero ones
     * @throws InputException if there are more entries than an array holds
     */
    public static ItemWeights of(int items, int neighbours, Workers workers, Row rows) {
        Kept[] kept = new Kept[items];
        double[][] scratch = new double[workers.threads()][];
        workers.run(items, (item, worker) -> {
            double[] row = scratch[worker] == null ? new double[items] : scratch[worker];
            scratch[worker] = row;
            Arrays.fill(row, 0);
            rows.fill(item, row);
            kept[item] = Kept.largest(items, j -> j, j -> j == item ? 0 : (float) row[j], neighbours);
        });
        return joined(kept);
    }

    /** Bytes of the weights and of building them. */
    public static long bytes(int items, int neighbours, int threads) {
        return weightBytes(entries(items, neighbours)) + (long) (Double.BYTES + Integer.BYTES) * items * threads;
    }

    /** An entry of a row. */
    @FunctionalInterface
    private interface Value {
        float of(int column);
    }

    /** The entries of a row that are kept, columns ascending. */
    private record Kept(int[] columns, float[] values) {

        /** @param columns of n entries in any order, each once */
        static Kept largest(int n, IntUnaryOperator columns, Value values, int most) {
            int[] kept = new int[n];
            int size = 0;
            TopK largest = new TopK(most == 0 ? 0 : Math.min(most, n));
            for (int k = 0; k < n; k++) {
                int column = columns.applyAsInt(k);
                float value = values.of(column);
                if (value != 0) {
                    kept[size++] = column;
                    largest.offer(column, Math.abs(value));
                }
            }
            kept = most == 0 || size <= most
                    ? Arrays.copyOf(kept, size)
                    : largest.ranking().items();
            Arrays.sort(kept);
            float[] keptValues = new float[kept.length];
            for (int k = 0; k < kept.length; k++) {
                keptValues[k] = values.of(kept[k]);
            }
            return new Kept(kept, keptValues);
        }
    }

    /** Entries of a row of weights, columns ascending, each once. */
    public record Entries(int[] columns, float[] values) {}

    /**
     * The largest entries of each row.
     *
     * @param neighbours number of entries kept for each row, those of largest absolute value, ties by lower item index; 0 for all non-zero ones
     * @throws InputException if there are more entries than an array holds
     */
    public static ItemWeights largest(List<Entries> rows, int neighbours) {
        Kept[] kept = new Kept[rows.size()];
        for (int item = 0; item < kept.length; item++) {
            Entries row = rows.get(item);
            int[] columns = row.columns();
            Value value = column -> row.values()[Arrays.binarySearch(columns, column)];
            kept[item] = Kept.largest(columns.length, k -> columns[k], value, neighbours);
        }
        return joined(kept);
    }

    private static ItemWeights joined(Kept[] rows) {
        int items = rows.length;
        int[] offsets = new int[items + 1];
        for (int i = 0; i < items; i++) {
            long end = (long) offsets[i] + rows[i].columns.length;
            if (end > Integer.MAX_VALUE - 8) {
                throw new InputException(
                        "more than 2^31 item weights; allowed: fewer. Set neighbours to keep the largest of"
                                + " each row.");
            }
            offsets[i + 1] = (int) end;
        }
        int[] columns = new int[offsets[items]];
        float[] values = new float[offsets[items]];
        for (int i = 0; i < items; i++) {
            System.arraycopy(rows[i].columns, 0, columns, offsets[i], rows[i].columns.length);
            System.arraycopy(rows[i].values, 0, values, offsets[i], rows[i].values.length);
        }
        return new ItemWeights(items, offsets, columns, values);
    }
}
