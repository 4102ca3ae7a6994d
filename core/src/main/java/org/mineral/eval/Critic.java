package org.mineral.eval;

/** How a model's score becomes T(u, i), the function that bounds of mutual information are made of. */
public enum Critic {

    /** {@code T = b s}: the score, b being its scale, 1/t for a model trained at temperature t. */
    SCORE,

    /**
     * {@code T = b s - log p(i)}. The best critic is {@code log p(i|u)/p(i)} up to a constant. A loss whose candidates all
     * count the same teaches the score {@code log p(i|u)}, so the item's popularity has to come off: the logQ correction
     * of sampled softmax, the other way round. Items outside of the pairs have p(i) = 0 and no part in any expectation.
     */
    CORRECTED
}
