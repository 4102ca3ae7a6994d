package org.mineral.loss.row;

/**
 * A loss that needs, for each of its positives, a sum over all candidates: {@code T_i = sum_j w_j phi(s_j - s_i)}, and perhaps {@link #statistics} of the row besides, none
 * being allowed. It finds T_i in {@link Row#pairSums} and answers with its derivatives in {@link Row#pairGradients}. The engine evaluates phi twice for every pair of a positive and a
 * candidate; a {@link PairwiseLoss}, the plain mean of them, costs half.
 */
public interface PairedLoss extends RowLoss {

    /** phi of the difference s_j - s_i. A sum of {@link Phi#EXP} is no logarithm here. */
    Phi pairPhi();
}
