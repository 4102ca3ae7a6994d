package org.mineral.algorithm.embedding.encoder;

import java.util.List;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/** An encoder around another one: whatever a layer does not say otherwise is as it is below. */
abstract class EncoderLayer implements Encoder {

    final Encoder below;

    EncoderLayer(Encoder below) {
        this.below = below;
    }

    /** Where the layer's vectors go: in place where that is possible, otherwise into a matrix of their own. */
    static Matrix room(Encoder below) {
        return below.temporary() ? below.vectors() : below.vectors().copy();
    }

    /** Bytes of {@link #room}. */
    static long roomBytes(Encoder below) {
        return below.temporary() ? 0 : (long) Float.BYTES * below.vectors().values().length;
    }

    @Override
    public boolean temporary() {
        return true;
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
    public boolean folded() {
        return below.folded();
    }
}
