package org.mineral.algorithm.sequence;

import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.training.EpochRun;
import org.mineral.data.Dataset;
import org.mineral.data.Sequences;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.model.ModelInfo;
import org.mineral.random.Random64;

/**
 * A run over places of sequences.
 *
 * @param sequences of the training part
 * @param rows of each epoch
 * @param encoder of the contexts
 * @param items the encoder of Q
 * @param context P
 * @param positions W
 * @param shared what of Q is added to P in the model's context vectors
 * @param centred whether biases are shifted to mean 0
 */
record SequenceRun(
        Dataset data,
        Sequences sequences,
        RowOrder rows,
        Encoder encoder,
        Encoder items,
        Matrix context,
        Matrix positions,
        double shared,
        boolean centred,
        ModelInfo info,
        Kernels kernels)
        implements EpochRun<SequenceModel> {

    private static final String[] NAMES = {"items", "context", "positions"};

    @Override
    public int[] rows(int epoch, Random64 random) {
        return rows.rows(random);
    }

    @Override
    public Matrix[] weights() {
        Matrix scored = items.snapshot();
        Matrix whole = context.copy();
        for (int k = 0; k < whole.values().length; k++) {
            whole.values()[k] += (float) shared * scored.values()[k];
        }
        if (centred) {
            BiasColumn.centre(scored);
        }
        Matrix[] weights = {scored, whole, positions.copy()};
        int[] counts = data.train().itemCounts();
        float[] zeros = new float[scored.columns()];
        for (int item = 0; item < counts.length; item++) {
            if (counts[item] == 0) {
                // Nothing was learnt of it, which its start would hide.
                weights[0].setRow(item, zeros);
                weights[1].setRow(item, zeros);
            }
        }
        return weights;
    }

    @Override
    public Matrix[] zeros() {
        int d = context.columns();
        return new Matrix[] {
            new Matrix(context.rows(), d), new Matrix(context.rows(), d), new Matrix(positions.rows(), d)
        };
    }

    @Override
    public String[] names() {
        return NAMES;
    }

    @Override
    public SequenceModel underway(Matrix[] weights) {
        return model(weights, sequences);
    }

    /** The validation part belongs to the histories of those who are recommended to. */
    @Override
    public SequenceModel finished(Matrix[] weights) {
        return model(
                weights, data.valid().size() == 0 ? sequences : Sequences.of(data.name(), data.seen(), data.events()));
    }

    private SequenceModel model(Matrix[] weights, Sequences known) {
        return new SequenceModel(
                weights[0], weights[1], weights[2], data.users(), data.items(), known, data.train(), info, kernels);
    }

    @Override
    public void state(State state) {
        items.state(state.under("items"));
        encoder.state(state.under("contexts"));
        if (state.restores()) {
            items.encode();
        }
    }
}
