package org.mineral.algorithm.embedding.encoder;

import java.util.ArrayList;
import java.util.List;
import org.mineral.linalg.Matrix;

/** The sum of an encoder's vectors and a {@link SparseMap} of another encoder's: {@code e = own + A x}. */
final class SumEncoder extends EncoderLayer {

    private final SparseMap map;
    private final Matrix vectors;

    SumEncoder(Encoder own, SparseMap map) {
        super(own);
        this.map = map;
        this.vectors = output(own);
    }

    @Override
    public Matrix vectors() {
        return vectors;
    }

    @Override
    public boolean prepare(StepContext step) {
        boolean stale = map.prepare(step);
        return below.prepare(step) | stale;
    }

    @Override
    public void forward(RowSet rows, StepContext step) {
        below.forward(rows, step);
        Matrix from = below.vectors();
        int n = vectors.stride();
        for (int r = 0; r < rows.count() && from != vectors; r++) {
            if (rows.marked[r]) {
                int o = (rows.first() + r) * n;
                System.arraycopy(from.values(), o, vectors.values(), o, n);
            }
        }
        map.add(rows, vectors);
    }

    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        map.backward(rows, g, step);
        below.backward(rows, g, step);
    }

    @Override
    public List<Inflow> inflows(Encoder source) {
        List<Inflow> all = new ArrayList<>(below.inflows(source));
        all.addAll(map.inflows(source));
        return all;
    }

    @Override
    public float bound() {
        return Float.POSITIVE_INFINITY;
    }

    @Override
    public long bytes() {
        return below.bytes() + map.bytes() + outputBytes(below);
    }

    @Override
    public boolean folded() {
        return true;
    }
}
