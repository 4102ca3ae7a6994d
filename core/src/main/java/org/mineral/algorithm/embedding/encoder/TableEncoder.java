package org.mineral.algorithm.embedding.encoder;

import java.util.List;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/** Vectors that are parameters: L = I. */
final class TableEncoder implements Encoder {

    private final ParameterTable table;

    TableEncoder(ParameterTable table) {
        this.table = table;
    }

    @Override
    public Matrix vectors() {
        return table.values();
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
        return false;
    }

    @Override
    public void forward(RowSet rows, StepContext step) {
        // Parameters need no computation.
    }

    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        int n = table.values().stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                table.move(rows.first() + r, g, r * n, step.rate());
            }
        }
    }

    @Override
    public void step(StepContext step) {
        // Rows were updated in backward.
    }

    @Override
    public List<Inflow> inflows(Encoder source) {
        return List.of();
    }

    @Override
    public float bound() {
        return Float.POSITIVE_INFINITY;
    }

    @Override
    public void project(Matrix means) {
        // Any vector is one.
    }

    @Override
    public void state(State state) {
        table.state(state);
    }

    @Override
    public long bytes() {
        return table.bytes();
    }

    @Override
    public boolean folded() {
        return false;
    }
}
