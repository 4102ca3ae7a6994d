package org.mineral.algorithm.embedding.encoder;

/**
 * Derivatives that the rows of a step pass to rows of another encoder, whose vectors are part of theirs. The other encoder's rows are
 * processed strip by strip, by several threads at once.
 */
public interface Inflow {

    /** The first entry of a strip, for {@link #add}. */
    int begin(StepContext step, int strip);

    /**
     * Adds the derivatives from the slot-th row of the step to rows of one strip. To be called in the order of slots, which fixes the order
     * of sums.
     *
     * @param from the entry returned by the call for the previous slot
     * @param gradients of the strip's rows, one after the other
     * @param touched set to true at rows that get a derivative
     * @return the entry for the next call
     */
    int add(StepContext step, int slot, int from, int strip, float[] gradients, boolean[] touched);
}
