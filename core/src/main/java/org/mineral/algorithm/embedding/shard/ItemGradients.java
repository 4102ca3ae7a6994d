package org.mineral.algorithm.embedding.shard;

import java.util.List;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Inflow;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/** Items that stand still: their vectors come from elsewhere, and their derivatives are added up instead of moving them. */
public final class ItemGradients implements Encoder {

    private final Matrix vectors;
    private final Kernels kernels;
    private float bound = Float.POSITIVE_INFINITY;
    private float[] sum = new float[0];
    private float share;
    private boolean stale;

    public ItemGradients(int items, int dimension, Kernels kernels) {
        this.vectors = new Matrix(items, dimension);
        this.kernels = kernels;
    }

    /** Takes other vectors, and begins a new sum. */
    public void take(SharedItems items) {
        System.arraycopy(items.values(), 0, vectors.values(), 0, items.values().length);
        bound = items.bound();
        sum = new float[vectors.values().length + vectors.rows()];
        stale = true;
    }

    /** @param factor of the derivatives of the next step in the sum */
    public void count(float factor) {
        share = factor;
    }

    /** Of all steps since {@link #take}: derivatives, row by row with padding; then, for each item, in how many steps it took part. */
    public float[] sum() {
        return sum;
    }

    @Override
    public Matrix vectors() {
        return vectors;
    }

    @Override
    public boolean temporary() {
        return false;
    }

    @Override
    public boolean collects() {
        return false;
    }

    @Override
    public boolean prepare(StepContext step) {
        boolean moved = stale;
        stale = false;
        return moved;
    }

    @Override
    public void forward(RowSet rows, StepContext step) {
        // The vectors are as they came.
    }

    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        int n = vectors.stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                kernels.axpy(share, g, r * n, sum, (rows.first() + r) * n, n);
                sum[vectors.values().length + rows.first() + r]++;
            }
        }
    }

    @Override
    public void step(StepContext step) {
        // Nothing moves here.
    }

    @Override
    public List<Inflow> inflows(Encoder source) {
        return List.of();
    }

    @Override
    public float bound() {
        return bound;
    }

    @Override
    public void project(Matrix means) {
        // Any vector is one.
    }

    @Override
    public void state(State state) {
        // All of it comes with the next items.
    }

    @Override
    public long bytes() {
        return (long) Float.BYTES * (vectors.values().length + sum.length);
    }

    @Override
    public boolean folded() {
        return false;
    }
}
