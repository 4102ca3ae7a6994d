package org.mineral.algorithm.embedding.encoder;

import java.util.List;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/**
 * One side's vectors as a function of parameter tables, row by row: {@code normalise(L theta)}, with theta the tables and L linear. Encoders
 * are built on each other, the innermost being a {@link TableEncoder} or the side of a {@link Propagation}. The engine sees only the
 * outermost: it asks for vectors and passes back their derivatives.
 *
 * <p>A step goes
 *
 * <ol>
 *   <li>{@link #prepare}, once
 *   <li>{@link #forward} of the rows that the step needs
 *   <li>{@link #backward} of the same rows. A table updates them at once, while their derivatives are in cache, so that they may be encoded
 *       again
 *   <li>{@link #step}, once: applies the derivatives that backward only collected ({@link #collects})
 * </ol>
 *
 * Rows are independent: threads may encode, or step, different rows at the same time.
 */
public interface Encoder {

    /**
     * The vectors, rows x d, each as of its last {@link #forward}. Always the same matrix. It may be the parameters themselves: only the
     * encoder writes to it, unless it is {@link #temporary}.
     */
    Matrix vectors();

    /** Whether {@link #forward} recomputes a row each time, so that the encoder around this one may modify it in place. */
    boolean temporary();

    /**
     * Whether its rows are those of the step at hand, the first being the step's first row, because there are too many, or too short-lived, for
     * a table of all of them. Such an encoder is never asked for rows outside of a step.
     */
    default boolean ofStep() {
        return false;
    }

    /** Whether {@link #backward} only collects derivatives, because parameters get derivatives from several rows. */
    boolean collects();

    /**
     * Starts a step, before any of its rows is encoded.
     *
     * @return whether all rows have become outdated and must be encoded again
     */
    boolean prepare(StepContext step);

    /** Recomputes the vectors of these rows from the parameters. */
    void forward(RowSet rows, StepContext step);

    /**
     * Passes the derivatives of these rows to the parameters: the adjoint of {@link #forward}.
     *
     * @param g derivatives of the step's objective with respect to {@link #vectors}, one row after the other from 0 on, each
     *     {@code vectors().stride()} long; overwritten
     */
    void backward(RowSet rows, float[] g, StepContext step);

    /** Ends a step, after {@link #backward} of all of its rows on both sides: applies the collected derivatives. */
    void step(StepContext step);

    /** The derivatives that rows of this encoder pass to rows of another one. */
    List<Inflow> inflows(Encoder source);

    /** An upper bound of the dot product of a vector with a unit vector, without the constant of a bias. */
    float bound();

    /** Projects means of vectors to valid vectors: of unit length if the encoder normalises. */
    void project(Matrix means);

    /** Registers parameters and optimiser state with the checkpoint. After restoring, vectors must be encoded again. */
    void state(State state);

    /** What a row was divided by when it was last encoded, for vectors of unit length; otherwise 1. */
    default float norm(int row) {
        return 1;
    }

    /** {@link #norm} of all rows. */
    default float[] norms() {
        float[] norms = new float[vectors().rows()];
        for (int row = 0; row < norms.length; row++) {
            norms[row] = norm(row);
        }
        return norms;
    }

    /** Bytes of its arrays and those of the encoders below. */
    long bytes();

    /**
     * Whether its effect is contained in saved vectors, so that training continues from these without it. False for normalisation and bias,
     * which still apply.
     */
    boolean folded();

    /** Encodes all rows, outside of a step. */
    default void encode() {
        forward(RowSet.of(0, vectors().rows()), StepContext.NONE);
    }

    /** A copy of all current vectors. */
    default Matrix snapshot() {
        encode();
        return vectors().copy();
    }
}
