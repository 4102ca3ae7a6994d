package org.mineral.comparisons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * A table of embeddings in libtorch with Adam's state, stepped in place: all rows ({@link #step(NDManager, NDArray, double)}) or
 * those of one batch ({@link #step(NDManager, NDArray, NDArray, double)}, what a sparse gradient does). The bias correction goes by
 * the number of steps, as in torch.optim.
 */
final class TorchAdam {

    private final NDArray table;
    private final NDArray mean;
    private final NDArray square;
    private int steps;

    TorchAdam(NDManager manager, Matrix start) {
        float[] values = new float[start.rows() * start.columns()];
        for (int r = 0; r < start.rows(); r++) {
            System.arraycopy(start.values(), start.offset(r), values, r * start.columns(), start.columns());
        }
        table = manager.create(values, new ai.djl.ndarray.types.Shape(start.rows(), start.columns()));
        mean = table.zerosLike();
        square = table.zerosLike();
    }

    /** The whole table, not copied, as something that gradients can be taken for. */
    NDArray leaf(NDManager scope) {
        NDArray leaf = table.stopGradient();
        leaf.attach(scope);
        return leaf;
    }

    /** The rows at these indices, a copy that lives as long as the scope. */
    NDArray rows(NDManager scope, NDArray indices) {
        return table.get(scope, new NDIndex("{}", indices));
    }

    /** Every row along its gradient. */
    void step(NDManager scope, NDArray gradient, double rate) {
        steps++;
        move(scope, table, mean, square, gradient, rate);
    }

    /** The rows at these indices, each at most once, along their gradients. */
    void step(NDManager scope, NDArray indices, NDArray gradient, double rate) {
        steps++;
        NDIndex at = new NDIndex("{}", indices);
        NDArray p = table.get(scope, at);
        NDArray m = mean.get(scope, at);
        NDArray v = square.get(scope, at);
        move(scope, p, m, v, gradient, rate);
        table.set(at, p);
        mean.set(at, m);
        square.set(at, v);
    }

    private void move(NDManager scope, NDArray p, NDArray m, NDArray v, NDArray g, double rate) {
        double step = rate / (1 - Math.pow(Kernels.BETA1, steps));
        double root = 1 / Math.sqrt(1 - Math.pow(Kernels.BETA2, steps));
        m.muli(Kernels.BETA1).addi(g.mul(1 - Kernels.BETA1));
        v.muli(Kernels.BETA2).addi(g.square().muli(1 - Kernels.BETA2));
        NDArray divisor = v.sqrt();
        NDArray by = m.mul(step);
        divisor.attach(scope);
        by.attach(scope);
        p.subi(by.divi(divisor.muli(root).addi(Kernels.EPSILON)));
    }

    /** What is in the table, by rows of unit length. */
    Matrix directions() {
        float[] values = table.toFloatArray();
        int columns = (int) table.getShape().get(1);
        Matrix matrix = new Matrix((int) table.getShape().get(0), columns);
        float[] row = new float[columns];
        for (int r = 0; r < matrix.rows(); r++) {
            double squares = 0;
            for (int k = 0; k < columns; k++) {
                squares += values[r * columns + k] * values[r * columns + k];
            }
            float inverse = (float) (1 / Math.max(1e-12, Math.sqrt(squares)));
            for (int k = 0; k < columns; k++) {
                row[k] = values[r * columns + k] * inverse;
            }
            matrix.setRow(r, row);
        }
        return matrix;
    }
}
