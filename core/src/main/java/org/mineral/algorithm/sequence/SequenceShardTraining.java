package org.mineral.algorithm.sequence;

import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.ParameterTable;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.shard.DriverItems;
import org.mineral.algorithm.embedding.shard.ItemAttributes;
import org.mineral.algorithm.embedding.shard.Parts;
import org.mineral.algorithm.embedding.shard.SharedItems;
import org.mineral.candidate.CandidateSampler;
import org.mineral.config.Internal;
import org.mineral.data.Attributes;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.attributes.AttributeTables;

/**
 * A training over sequences by shards, seen from the place that has the tables: for each meeting Q, P and W go to the shards, which add up their
 * derivatives; the sums move them. The result depends on the data, the settings, the number of shards and who is in which, and on nothing else.
 */
@Internal
public final class SequenceShardTraining {

    /**
     * What a training comes to, as {@link SequenceModel} has it.
     *
     * @param items Q as it is scored, I x d
     * @param context P with what it shares with Q, I x d
     * @param positions W, buckets x d
     * @param attributes what it keeps of the items' attributes
     */
    public record Result(Matrix items, Matrix context, Matrix positions, AttributeTables attributes) {}

    private SequenceShardTraining() {}

    /**
     * Trains.
     *
     * @param attributes of the items, those that the run was made with
     * @param listener is told each epoch, and may end the run
     * @throws DivergedException if the loss or the weights leave the finite numbers
     */
    public static Result train(
            SequenceShardRun run,
            Attributes attributes,
            Parts<SequenceShard> shards,
            Workers workers,
            FitListener listener) {
        SequenceSettings settings = run.sequence();
        TrainOptions options = settings.options();
        Matrix start = start(run, settings, shards, workers);
        if (options.encoder().itemBias()) {
            BiasColumn.clear(start);
        }
        boolean beside = settings.rows().shared() > 0;
        Matrix p = beside ? new Matrix(start.rows(), start.columns()) : start.copy();
        Matrix w = HistorySum.start(
                settings.rows().positions(),
                options.encoder().dimension(),
                settings.rows().positionDecay());
        ItemAttributes described = new ItemAttributes(attributes, run.itemCounts(), options);
        DriverItems items = new DriverItems(settings.objective(), options, start, described, workers);
        ParameterTable context = new ParameterTable(p, options, KernelProvider.best());
        ParameterTable positions = new ParameterTable(w, options, KernelProvider.best());
        boolean exact = run.candidates(CandidateSampler.of(
                        settings.objective().candidates(), Interactions.empty(1, run.items()), false))
                .exact();
        run.meetings()
                .hold(
                        options,
                        run.rows().stream().mapToLong(Integer::longValue).sum(),
                        (meeting, rate) -> {
                            SharedItems q = items.shared();
                            SharedItems toldContext = SharedItems.of(p, 0);
                            SharedItems toldPositions = SharedItems.of(w, 0);
                            SequenceShard.Gradients sum = SequenceShard.Gradients.of(
                                    shards.sum(shard -> shard.meet(q, toldContext, toldPositions, meeting)), p, w);
                            items.step(sum.items(), rate);
                            step(context, sum.context(), exact, rate);
                            step(positions, sum.positions(), true, rate);
                            return sum.loss();
                        },
                        listener);
        Matrix whole = p.copy();
        float[] last = items.shared().values();
        for (int k = 0; k < last.length; k++) {
            whole.values()[k] += (float) settings.rows().shared() * last[k];
        }
        Matrix scored = items.scored();
        described.setUntaken(scored, whole);
        return new Result(scored, whole, w, items.attributes());
    }

    private static Matrix start(
            SequenceShardRun run, SequenceSettings settings, Parts<SequenceShard> shards, Workers workers) {
        TrainOptions options = settings.options();
        int d = options.encoder().dimension();
        if (options.run().start() == TrainOptions.Start.RANDOM) {
            return SpectralInit.random(
                    run.items(),
                    d,
                    SpectralInit.MEAN_NORM / Math.sqrt(d),
                    options.run().seed() + 2);
        }
        Neighbourhood near = new Neighbourhood(run.items(), q -> {
            SharedItems told = SharedItems.of(q, 0);
            float[] sum = shards.sum(shard -> shard.near(told));
            Matrix product = new Matrix(q.rows(), q.columns());
            System.arraycopy(sum, 0, product.values(), 0, sum.length);
            return product;
        });
        return SequenceStart.items(near, options, workers);
    }

    /** @param all whether rows without a derivative go on with their momentum */
    private static void step(ParameterTable table, float[] gradient, boolean all, double rate) {
        Matrix values = table.values();
        for (int row = 0; row < values.rows(); row++) {
            if (all || gradient[values.values().length + row] > 0) {
                table.move(row, gradient, values.offset(row), rate);
            }
        }
    }
}
