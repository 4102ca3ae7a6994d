package org.mineral.algorithm;

import org.mineral.config.Internal;

/** Training diverged to infinite or NaN values. The message says when, and which settings to lower. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }

    /**
     * Checks the mean loss of an epoch.
     *
     * @param epoch from 1
     * @return the loss
     * @throws DivergedException if it is not finite
     */
    @Internal
    public static double finite(double loss, int epoch, int epochs, double learningRate) {
        if (!Double.isFinite(loss)) {
            throw new DivergedException("the loss became " + loss + " in epoch " + epoch + " of " + epochs
                    + " with learning_rate " + learningRate + ". Lower learning_rate or raise temperature.");
        }
        return loss;
    }
}
