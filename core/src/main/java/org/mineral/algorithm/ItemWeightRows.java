package org.mineral.algorithm;

import java.util.Arrays;
import org.mineral.config.InputException;
import org.mineral.linalg.Workers;
import org.mineral.model.ItemWeights;
import org.mineral.model.rank.TopK;

/** Builds {@link ItemWeights} row by row, in parallel, keeping the largest entries of each row. */
public final class ItemWeightRows {

    /** Computes one row of weights. Called by several threads; must depend only on the item. */
    @FunctionalInterface
    public interface Row {

        /** @param row to fill, initially zeros; the diagonal is ignored */
        void fill(int item, double[] row);
    }

    private ItemWeightRows() {}

    /**
     * @param neighbours number of entries kept for each row, those of largest absolute value, ties by lower item index; 0 for all non-zero ones
     * @throws InputException if there are more entries than an array holds
     */
    public static ItemWeights of(int items, int neighbours, Workers workers, Row rows) {
        int[][] columns = new int[items][];
        float[][] values = new float[items][];
        double[][] scratch = new double[workers.threads()][];
        workers.run(items, (item, worker) -> {
            double[] row = scratch[worker] == null ? new double[items] : scratch[worker];
            scratch[worker] = row;
            Arrays.fill(row, 0);
            rows.fill(item, row);
            row[item] = 0;
            columns[item] = kept(row, neighbours);
            values[item] = new float[columns[item].length];
            for (int k = 0; k < values[item].length; k++) {
                values[item][k] = (float) row[columns[item][k]];
            }
        });
        return joined(items, columns, values);
    }

    /** Bytes of the weights and of building them. */
    public static long bytes(int items, int neighbours, int threads) {
        long kept = neighbours == 0 ? items : Math.min(items, neighbours);
        long entry = Integer.BYTES + Float.BYTES;
        return 2 * entry * items * kept + (long) Double.BYTES * items * threads;
    }

    /** Ascending. */
    private static int[] kept(double[] row, int neighbours) {
        int[] columns = new int[row.length];
        int n = 0;
        for (int j = 0; j < row.length; j++) {
            if ((float) row[j] != 0) {
                columns[n++] = j;
            }
        }
        if (neighbours == 0 || n <= neighbours) {
            return Arrays.copyOf(columns, n);
        }
        TopK largest = new TopK(neighbours);
        for (int k = 0; k < n; k++) {
            largest.offer(columns[k], Math.abs((float) row[columns[k]]));
        }
        int[] kept = largest.ranking().items();
        Arrays.sort(kept);
        return kept;
    }

    private static ItemWeights joined(int items, int[][] columns, float[][] values) {
        int[] offsets = new int[items + 1];
        for (int i = 0; i < items; i++) {
            long end = (long) offsets[i] + columns[i].length;
            if (end > Integer.MAX_VALUE - 8) {
                throw new InputException(
                        "more than 2^31 item weights; allowed: fewer. Set neighbours to keep the largest of"
                                + " each row.");
            }
            offsets[i + 1] = (int) end;
        }
        int[] allColumns = new int[offsets[items]];
        float[] allValues = new float[offsets[items]];
        for (int i = 0; i < items; i++) {
            System.arraycopy(columns[i], 0, allColumns, offsets[i], columns[i].length);
            System.arraycopy(values[i], 0, allValues, offsets[i], values[i].length);
        }
        return new ItemWeights(items, offsets, allColumns, allValues);
    }
}
