package org.mineral.loss;

import java.util.List;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.PairwiseLoss;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.SummedLoss;

/**
 * Adds losses from another jar. An implementation has a public constructor without arguments and is named in
 * {@code META-INF/services/org.mineral.loss.LossProvider}.
 */
public interface LossProvider {

    /** Records with {@link LossType}, each a {@link SummedLoss}, a {@link PairwiseLoss} or a {@link RowLoss}. */
    List<Class<? extends Record>> losses();
}
