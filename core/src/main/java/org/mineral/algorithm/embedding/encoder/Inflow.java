package org.mineral.algorithm.embedding.encoder;

/**
 * What the rows of a step pass on of their derivatives to rows of another encoder, because these are part of their vectors. The other
 * encoder's rows are visited strip by strip, by several threads at once.
 */
public interface Inflow {

    /** The first entry of a strip, for {@link #add}. */
    int begin(StepContext step, int strip);

    /**
     * Adds what the slot-th row of the step passes on to rows of one strip. To be called slot by slot, so that sums are in that order.
     *
     * @param from the entry that the call for the slot before returned
     * @param gradients of the strip's rows, one after the other
     * @param touched is set at rows that get something
     * @return the entry to go on with
     */
    int add(StepContext step, int slot, int from, int strip, float[] gradients, boolean[] touched);
}
