package org.mineral.eval.information;

/** How a model's score becomes T(u, i), the critic of bounds of mutual information (Poole et al. 2019). */
public enum Critic {

    /** {@code T = b s}: the score times a scale b, which is 1/t for a model trained at temperature t. */
    SCORE,

    /**
     * {@code T = b s - log p(i)}. The best critic is {@code log p(i|u)/p(i)} up to a constant. A loss with uniform candidate weights trains
     * scores towards {@code log p(i|u)}, so log p(i) has to be subtracted: the inverse of the logQ correction of sampled softmax. Items
     * without pairs have p(i) = 0 and contribute to no expectation.
     */
    CORRECTED
}
