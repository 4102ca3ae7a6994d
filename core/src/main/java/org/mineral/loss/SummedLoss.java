package org.mineral.loss;

/** A loss that sees its candidates only through {@code sum_j w_j phi(s_j)}: all of the study's but BPR. */
public non-sealed interface SummedLoss extends Loss {

    /** phi: how one candidate enters the sum. */
    Term term();

    /**
     * The loss of one row, the mean over its positives of l(u,i); leaves the derivatives in the row.
     *
     * @param row positives, sum and sizes are read; {@link Row#positiveGradients} and {@link Row#sumGradient} are set
     * @return the value, finite for finite scores
     */
    double evaluate(Row row);
}
