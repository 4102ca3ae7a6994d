package org.mineral.algorithm.embedding.encoder;

import java.util.List;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/**
 * One side's vectors as a function of parameter tables, row by row: {@code normalise(L theta)}, with theta the tables and L linear. Encoders
 * are built on each other, the innermost being a {@link TableEncoder} or the side of a {@link Propagation}. The engine sees the
 * outermost only: it asks for vectors, hands back their derivatives, and knows nothing of what is in between.
 *
 * <p>A step goes
 *
 * <ol>
 *   <li>{@link #prepare}, once
 *   <li>{@link #forward} of the rows that the step needs
 *   <li>{@link #backward} of the same rows. A table moves them at once, while their derivatives are in cache, so that they may be encoded again
 *   <li>{@link #step}, once: what backward only collected ({@link #collects}) moves now
 * </ol>
 *
 * Rows are independent: threads may encode, or step, different rows at the same time.
 */
public interface Encoder {

    /**
     * The vectors, rows x d, each as of its last {@link #forward}. Always the same matrix. It may be the parameters themselves: nobody but the
     * encoder writes to it, unless {@link #temporary} says otherwise.
     */
    Matrix vectors();

    /** Whether {@link #forward} makes a row anew each time, so that the encoder around this one may work on it in place. */
    boolean temporary();

    /** Whether {@link #backward} only collects derivatives, because a parameter has some from other rows too. */
    boolean collects();

    /**
     * Begins a step, before any of its rows is encoded.
     *
     * @return whether rows that were up to date are so no longer, so that all have to be encoded again
     */
    boolean prepare(StepContext step);

    /** Brings the vectors of these rows up to date. */
    void forward(RowSet rows, StepContext step);

    /**
     * Hands the derivatives of these rows down to the parameters: the adjoint of {@link #forward}.
     *
     * @param g derivatives of the step's objective with respect to {@link #vectors}, one row after the other from 0 on, each
     *     {@code vectors().stride()} long; overwritten
     */
    void backward(RowSet rows, float[] g, StepContext step);

    /** Ends a step, after {@link #backward} of all of its rows on both sides: what was collected moves. */
    void step(StepContext step);

    /** What rows of this encoder pass on of their derivatives to rows of that one. */
    List<Inflow> inflows(Encoder source);

    /** No dot product of a vector with a unit vector (the constant of a bias left out) is above this. */
    float bound();

    /** Turns means of vectors into vectors as they would come from here: of unit length again where these are. */
    void project(Matrix means);

    /** Names the parameters and what the optimisers remember. Vectors have to be encoded again after that is put back. */
    void state(State state);

    /** Bytes of its arrays, and of those of what it is built on. */
    long bytes();

    /**
     * Whether a saved vector has it in it, so that training can go on from that vector without it. A norm or a bias is not such a thing: vectors
     * go on having one.
     */
    boolean folded();

    /** Brings all rows up to date, outside of any step. */
    default void encode() {
        forward(RowSet.of(0, vectors().rows()), StepContext.NONE);
    }

    /** A copy of all vectors as they are now. */
    default Matrix snapshot() {
        encode();
        return vectors().copy();
    }
}
