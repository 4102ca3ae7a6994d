package org.mineral.algorithm.sequence;

import java.util.List;
import java.util.stream.Stream;
import org.mineral.algorithm.embedding.encoder.AttributeLayers;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.foldin.UntakenItems;
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
 * @param attributes the vectors of the items' attributes, one table, or none
 */
record SequenceRun(
        Dataset data,
        Sequences sequences,
        RowOrder rows,
        Encoder encoder,
        Encoder items,
        Matrix context,
        Matrix positions,
        List<Matrix> attributes,
        UntakenItems untaken,
        SequenceSettings settings,
        ModelInfo info,
        Kernels kernels)
        implements EpochRun<SequenceModel> {

    private static final List<String> NAMES = List.of("items", "context", "positions");
    private static final List<String> WITH_ATTRIBUTES = List.of("items", "context", "positions", "attributes", "norms");

    @Override
    public int[] rows(int epoch, Random64 random) {
        return rows.rows(random);
    }

    @Override
    public Matrix[] weights() {
        Matrix scored = items.snapshot();
        Matrix whole = context.copy();
        float shared = (float) settings.rows().shared();
        for (int k = 0; k < whole.values().length; k++) {
            whole.values()[k] += shared * scored.values()[k];
        }
        if (settings.options().encoder().itemBias() && settings.objective().logSumExp()) {
            BiasColumn.centre(scored);
        }
        untaken.set(scored, whole);
        Stream<Matrix> own = Stream.of(scored, whole, positions.copy());
        Stream<Matrix> more =
                attributes.isEmpty() ? Stream.of() : Stream.of(attributes.get(0).copy(), norms());
        return Stream.concat(own, more).toArray(Matrix[]::new);
    }

    /** What each item's parts were divided by. */
    private Matrix norms() {
        Matrix norms = new Matrix(1, items.vectors().rows());
        norms.setRow(0, items.norms());
        return norms;
    }

    @Override
    public Matrix[] zeros() {
        Stream<Matrix> own = Stream.of(context, context, positions);
        Stream<Matrix> more = attributes.isEmpty() ? Stream.of() : Stream.of(attributes.get(0), norms());
        return Stream.concat(own, more)
                .map(table -> new Matrix(table.rows(), table.columns()))
                .toArray(Matrix[]::new);
    }

    @Override
    public String[] names() {
        return (attributes.isEmpty() ? NAMES : WITH_ATTRIBUTES).toArray(String[]::new);
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
        SequenceModel model = new SequenceModel(
                weights[0], weights[1], weights[2], data.users(), data.items(), known, data.train(), info, kernels);
        return attributes.isEmpty()
                ? model
                : model.withAttributes(AttributeLayers.keptOfItems(
                        data.itemAttributes(), settings.options(), weights[3], weights[4].row(0)));
    }

    @Override
    public void state(State state) {
        items.state(state.under("items"));
        encoder.state(state.under("contexts"));
        if (state.restores()) {
            items.encode();
        }
    }

    /** Which places of sequences are the rows of an epoch, and in which order. */
    interface RowOrder {

        /** Number of rows of an epoch. */
        int perEpoch();

        /** Positions of {@link org.mineral.data.Sequences#items}; not to be changed until the next call. */
        int[] rows(Random64 random);
    }
}
