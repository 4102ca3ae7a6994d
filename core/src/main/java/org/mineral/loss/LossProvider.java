package org.mineral.loss;

import java.util.List;

/**
 * Adds losses from another jar. An implementation has a public constructor without arguments and is named in
 * {@code META-INF/services/org.mineral.loss.LossProvider}.
 */
public interface LossProvider {

    /** Records with {@link LossType}, each a {@link SummedLoss}, a {@link PairwiseLoss} or a {@link RowLoss}. */
    List<Class<? extends Record>> losses();
}
