package org.mineral.loss.row;

import java.util.List;

/** A loss that sees its candidates through a few numbers of the whole row, each a {@link RowStatistic}. */
public non-sealed interface RowLoss extends Loss {

    /** What it needs of a row's candidates, at least one. Always the same. */
    List<RowStatistic> statistics();

    /**
     * The loss of one row, the mean over its positives of l(u,i); leaves the derivatives in the row. There is at least one candidate, unless
     * the loss needs one sum only: then the sum may be empty, its logarithm minus infinity.
     *
     * @param row positives, {@link Row#statistics} in the order of {@link #statistics} and sizes are read; {@link Row#positiveGradients} and
     *     {@link Row#statisticGradients} are set
     * @return the value, finite for finite scores
     */
    double evaluate(Row row);
}
