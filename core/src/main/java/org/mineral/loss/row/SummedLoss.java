package org.mineral.loss.row;

import java.util.List;

/** A loss that depends on its candidates only through {@code sum_j w_j phi(s_j)}: all of the study's except BPR. */
public interface SummedLoss extends RowLoss {

    /** phi, the function of one candidate's score in the sum. */
    Phi phi();

    /** The one sum, which {@link #evaluate} finds in {@link Row#sum}. */
    @Override
    default List<RowStatistic> statistics() {
        return List.of(RowStatistic.sum(phi()));
    }
}
