package org.mineral.loss;

import java.util.List;

/** A loss that sees its candidates only through {@code sum_j w_j phi(s_j)}: all of the study's but BPR. */
public interface SummedLoss extends RowLoss {

    /** phi: how one candidate enters the sum. */
    Phi phi();

    /** The one sum, which {@link #evaluate} finds in {@link Row#sum}. */
    @Override
    default List<RowStatistic> statistics() {
        return List.of(RowStatistic.sum(phi()));
    }
}
