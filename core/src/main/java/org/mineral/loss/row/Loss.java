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
public sealed interface Loss permits RowLoss, PairwiseLoss {}
