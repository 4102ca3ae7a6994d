package org.mineral.algorithm.embedding.shard;

import java.util.Arrays;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.encoder.LayerContext;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.attributes.AttributeTables;

/** The items of a run by shards, in one place: their parameters, and what the optimiser remembers of them. */
public final class DriverItems {

    private static final int STRIP = Kernels.STRIP;

    private final Encoder items;
    private final ItemAttributes attributes;
    private final boolean centred;
    private final Workers workers;

    /** @param start first parameters, I x d; taken over */
    public DriverItems(
            Objective objective, TrainOptions options, Matrix start, ItemAttributes attributes, Workers workers) {
        LayerContext context = new LayerContext(options, workers, KernelProvider.best());
        this.items = Encoders.items(start, own -> attributes.around(own, context), objective, context);
        this.attributes = attributes;
        this.centred = options.encoder().itemBias() && objective.logSumExp();
        this.workers = workers;
        encode(StepContext.NONE);
    }

    /** The vectors as they are: a copy. */
    public SharedItems shared() {
        return SharedItems.of(items.vectors(), items.bound());
    }

    /** The vectors of the model, but for {@link ItemAttributes#setUntaken}. */
    public Matrix scored() {
        Matrix scored = items.snapshot();
        if (centred) {
            BiasColumn.centre(scored);
        }
        return scored;
    }

    /**
     * One step along the derivatives of the mean loss, of the items that took part.
     *
     * @param gradient as in {@link UserShard.Stretch}
     */
    public void step(float[] gradient, double rate) {
        StepContext step = StepContext.ofRate(rate);
        items.prepare(step);
        int rows = items.vectors().rows();
        int n = items.vectors().stride();
        workers.run((rows + STRIP - 1) / STRIP, (strip, worker) -> {
            int first = strip * STRIP;
            int count = Math.min(STRIP, rows - first);
            RowSet touched = RowSet.of(first, count);
            float[] g = Arrays.copyOfRange(gradient, first * n, (first + count) * n);
            for (int r = 0; r < count; r++) {
                touched.marked[r] = gradient[rows * n + first + r] > 0;
            }
            items.backward(touched, g, step);
            if (!items.collects()) {
                items.forward(touched, step);
            }
        });
        items.step(step);
        if (items.collects()) {
            encode(step);
        }
    }

    private void encode(StepContext step) {
        int rows = items.vectors().rows();
        workers.run(
                (rows + STRIP - 1) / STRIP,
                (strip, worker) ->
                        items.forward(RowSet.of(strip * STRIP, Math.min(STRIP, rows - strip * STRIP)), step));
    }

    /** What a model keeps of the attributes, as they are. */
    public AttributeTables attributes() {
        return attributes.kept(items.norms());
    }
}
