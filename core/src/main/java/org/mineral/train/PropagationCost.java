package org.mineral.train;

import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;

/** How long a step of a {@link Propagation} takes, counted and not measured; constants as in {@link StartCost}. */
final class PropagationCost {

    /** Stepping a parameter. */
    private static final double PARAMETER = 1.5e-9;

    private PropagationCost() {}

    /** On one core; 0 without layers. */
    static double seconds(Interactions train, TrainOptions options) {
        if (options.layers() == 0) {
            return 0;
        }
        double products = 2 * (2.0 * options.layers() - 1);
        double rows = (double) train.users() + train.items();
        double width = Matrix.pad(options.dimension());
        double entry = (StartCost.gather(width * train.users()) + StartCost.gather(width * train.items())) / 2;
        return width * (products * train.size() * entry + rows * PARAMETER);
    }
}
