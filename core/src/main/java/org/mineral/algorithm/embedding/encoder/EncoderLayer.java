package org.mineral.algorithm.embedding.encoder;

import java.util.List;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/**
 * An encoder around another one. Every method that a layer does not override delegates to the encoder below, so a layer needs
 * {@link #vectors}, {@link #forward}, {@link #bytes} and, unless its map is the identity, {@link #backward}.
 */
public abstract class EncoderLayer implements Encoder {

    /** The encoder whose vectors this layer transforms. */
    protected final Encoder below;

    protected EncoderLayer(Encoder below) {
        this.below = below;
    }

    /** The matrix for the layer's vectors: the one below if it may be overwritten, otherwise a new one of the same size. */
    protected static Matrix output(Encoder below) {
        return below.temporary() ? below.vectors() : below.vectors().copy();
    }

    /** Bytes that {@link #output} allocates. */
    protected static long outputBytes(Encoder below) {
        return below.temporary() ? 0 : (long) Float.BYTES * below.vectors().values().length;
    }

    @Override
    public boolean temporary() {
        return true;
    }

    @Override
    public boolean ofStep() {
        return below.ofStep();
    }

    @Override
    public boolean collects() {
        return below.collects();
    }

    @Override
    public boolean prepare(StepContext step) {
        return below.prepare(step);
    }

    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        below.backward(rows, g, step);
    }

    @Override
    public void step(StepContext step) {
        below.step(step);
    }

    @Override
    public List<Inflow> inflows(Encoder source) {
        return below.inflows(source);
    }

    @Override
    public float bound() {
        return below.bound();
    }

    @Override
    public void project(Matrix means) {
        below.project(means);
    }

    @Override
    public void state(State state) {
        below.state(state);
    }

    @Override
    public float norm(int row) {
        return below.norm(row);
    }

    @Override
    public boolean folded() {
        return below.folded();
    }
}
