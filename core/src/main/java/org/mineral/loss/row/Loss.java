package org.mineral.loss.row;

import org.mineral.loss.Losses;

/**
 * A loss: a function of one user's row of scores. Implementations are records whose components are the loss's own
 * parameters, described by {@link LossType} on the record and registered in {@link Losses}. Immutable and thread-safe.
 *
 * @see RowLoss
 * @see SummedLoss
 * @see PairwiseLoss
 */
public sealed interface Loss permits RowLoss, PairwiseLoss {

    /**
     * Whether a higher positive never costs, and a higher candidate never pays. Not so, for example, where a positive among the candidates can push itself
     * down.
     */
    default boolean monotone() {
        return true;
    }

    /**
     * Whether its gradients are the derivatives of its value. Not so where it holds constant what depends on scores, a weight or a
     * threshold.
     */
    default boolean differentiated() {
        return true;
    }
}
