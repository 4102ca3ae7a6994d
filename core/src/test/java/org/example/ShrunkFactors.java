package org.example;

import java.util.Map;
import org.mineral.algorithm.embedding.EmbeddingAlgorithm;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.EncoderLayer;
import org.mineral.algorithm.embedding.encoder.LayerContext;
import org.mineral.algorithm.embedding.encoder.ParameterLayers;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;

/** Matrix factorisation with item vectors {@code e_i = n_i / (n_i + k) theta_i}, n_i the users of item i: rare items have short vectors. */
public final class ShrunkFactors extends EmbeddingAlgorithm {

    /** k: the vector of an item with this many users is half as long as its parameters. */
    private static final double HALF = 5;

    public ShrunkFactors() {
        super("mf-shrunk", Map.of("similarity", "dot"));
    }

    @Override
    public String description() {
        return "matrix factorisation with shorter vectors for rare items";
    }

    @Override
    public String source() {
        return "docs/explanation/engine.md";
    }

    @Override
    protected ParameterLayers layers() {
        return new Layers();
    }

    /** One layer, on the items' side. */
    public static final class Layers implements ParameterLayers {

        @Override
        public Encoder items(Encoder parameters, Interactions train, LayerContext context) {
            return new Shrinkage(parameters, train.itemCounts());
        }

        @Override
        public long bytes(Interactions train, int dimension) {
            return (long) Float.BYTES * train.items() * (Matrix.pad(dimension) + 1);
        }
    }

    /** Multiplies each row by a constant; the adjoint multiplies the row's gradient by the same constant. */
    private static final class Shrinkage extends EncoderLayer {

        private final Matrix vectors;
        private final float[] scales;

        Shrinkage(Encoder below, int[] counts) {
            super(below);
            this.vectors = output(below);
            this.scales = new float[counts.length];
            for (int i = 0; i < counts.length; i++) {
                scales[i] = (float) (counts[i] / (counts[i] + HALF));
            }
        }

        @Override
        public Matrix vectors() {
            return vectors;
        }

        @Override
        public void forward(RowSet rows, StepContext step) {
            below.forward(rows, step);
            scale(rows, below.vectors().values(), rows.first(), vectors.values(), rows.first());
        }

        @Override
        public void backward(RowSet rows, float[] g, StepContext step) {
            scale(rows, g, 0, g, 0);
            below.backward(rows, g, step);
        }

        /** Multiplies the marked rows, which begin at these rows of the two arrays. */
        private void scale(RowSet rows, float[] from, int fromFirst, float[] to, int toFirst) {
            int n = vectors.stride();
            for (int r = 0; r < rows.count(); r++) {
                float scale = scales[rows.first() + r];
                for (int k = 0; rows.marked[r] && k < n; k++) {
                    to[(toFirst + r) * n + k] = scale * from[(fromFirst + r) * n + k];
                }
            }
        }

        @Override
        public long bytes() {
            return below.bytes() + outputBytes(below) + (long) Float.BYTES * scales.length;
        }

        @Override
        public boolean folded() {
            return true;
        }
    }
}
