package org.mineral.comparisons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;

/** Full ranking in libtorch: one product for a batch of users, training items set to minus infinity, topk. */
final class TorchRanking implements AutoCloseable {

    private static final int BATCH = 1000;

    private final Interactions seen;
    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray users;
    private final NDArray itemsTransposed;

    TorchRanking(FactorModel model) {
        this.seen = model.known();
        this.users = array(model.userFactors());
        this.itemsTransposed = array(model.itemFactors()).transpose();
    }

    private NDArray array(Matrix matrix) {
        float[] values = new float[matrix.rows() * matrix.columns()];
        for (int r = 0; r < matrix.rows(); r++) {
            System.arraycopy(matrix.values(), matrix.offset(r), values, r * matrix.columns(), matrix.columns());
        }
        return manager.create(values, new Shape(matrix.rows(), matrix.columns()));
    }

    /** For each user the indices of the k best unseen items. */
    long[][] rank(int[] rows, int k) {
        long[][] ranked = new long[rows.length][];
        for (int from = 0; from < rows.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BATCH));
            try (NDManager scope = manager.newSubManager()) {
                NDArray scores = users.get(scope, new NDIndex("{}", scope.create(longs(batch))))
                        .matMul(itemsTransposed);
                mask(scope, scores, batch);
                long[] best = scores.topK(k, 1, true, true).get(1).toLongArray();
                for (int b = 0; b < batch.length; b++) {
                    ranked[from + b] = Arrays.copyOfRange(best, b * k, (b + 1) * k);
                }
            }
        }
        return ranked;
    }

    private void mask(NDManager scope, NDArray scores, int[] batch) {
        int n = Arrays.stream(batch).map(seen::count).sum();
        long[] positions = new long[n];
        int p = 0;
        for (int b = 0; b < batch.length; b++) {
            for (int k = seen.begin(batch[b]); k < seen.end(batch[b]); k++) {
                positions[p++] = (long) b * seen.items() + seen.columns()[k];
            }
        }
        if (n > 0) {
            scores.reshape(-1).set(new NDIndex("{}", scope.create(positions)), Float.NEGATIVE_INFINITY);
        }
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    @Override
    public void close() {
        manager.close();
    }
}
