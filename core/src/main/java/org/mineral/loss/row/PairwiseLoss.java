package org.mineral.loss.row;

/**
 * A loss of differences: {@code l(u,i) = (1/M) sum_j w_j phi(s_j - s_i)}, so that candidates cannot be summed before
 * the positive is known. The engine evaluates phi for every pair of a positive and a candidate.
 */
public non-sealed interface PairwiseLoss extends Loss {

    /** phi of the difference s_j - s_i. A sum of {@link Phi#EXP} is no logarithm here. */
    Phi phi();
}
