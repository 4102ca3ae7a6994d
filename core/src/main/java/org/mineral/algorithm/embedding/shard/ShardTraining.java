package org.mineral.algorithm.embedding.shard;

import java.util.OptionalDouble;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.init.SpectralInit.Coordinates;
import org.mineral.algorithm.embedding.init.SpectralInit.Norms;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.TemperatureRule;
import org.mineral.algorithm.embedding.target.TemperatureRule.Cosines;
import org.mineral.data.Attributes;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.TallMatrix;
import org.mineral.linalg.Workers;
import org.mineral.model.attributes.AttributeTables;

/**
 * A training by shards, seen from the place that has the items.
 *
 * <ol>
 *   <li>the start of {@link SpectralInit}, from sums over the shards
 *   <li>for each meeting: the items go to the shards, which step their users and add up the items' derivatives; the sum moves the items
 * </ol>
 *
 * The result depends on the data, the settings, the number of shards and who is in which, and on nothing else.
 */
public final class ShardTraining {

    private final Shards shards;
    private final Workers workers;
    private final Attributes attributes;
    private ShardRun run;

    /**
     * What a training leaves on this side; users' vectors are with the shards ({@link UserShard#vectors}).
     *
     * @param run with the temperature that was found
     * @param items I x d, as a model has them
     * @param shared the items as users' vectors see them
     * @param attributes what a model keeps of the items' attributes; none of users
     */
    public record Result(ShardRun run, Matrix items, SharedItems shared, AttributeTables attributes) {}

    private ShardTraining(ShardRun run, Attributes attributes, Shards shards, Workers workers) {
        this.run = run;
        this.attributes = attributes;
        this.shards = shards;
        this.workers = workers;
    }

    /** As below, without attributes. */
    public static Result train(ShardRun run, Shards shards, Workers workers, FitListener listener) {
        return train(run, Attributes.none(run.totals().items()), shards, workers, listener);
    }

    /**
     * Trains.
     *
     * @param attributes of the items, those that the run was made with
     * @param listener is told each epoch, and may end the run
     * @throws DivergedException if the loss or the weights leave the finite numbers
     */
    public static Result train(
            ShardRun run, Attributes attributes, Shards shards, Workers workers, FitListener listener) {
        return new ShardTraining(run, attributes, shards, workers).train(listener);
    }

    private Result train(FitListener listener) {
        Matrix start = run.options().run().start() == TrainOptions.Start.SPECTRAL ? spectral() : random();
        if (run.options().encoder().itemBias()) {
            BiasColumn.clear(start);
        }
        ItemAttributes described = new ItemAttributes(attributes, run.totals().itemCounts(), run.options());
        DriverItems items = new DriverItems(run.objective(), run.options(), start, described, workers);
        run.meetings()
                .hold(
                        run.options(),
                        run.totals().users(),
                        (meeting, rate) -> {
                            UserShard.Stretch sum = shards.meet(items.shared());
                            items.step(sum.gradient(), rate);
                            return sum.loss();
                        },
                        listener);
        Matrix scored = items.scored();
        described.setUntaken(scored);
        return new Result(run, scored, items.shared(), items.attributes());
    }

    private Matrix spectral() {
        TrainOptions options = run.options();
        int d = options.encoder().dimension();
        long seed = options.run().seed();
        int items = run.totals().items();
        Matrix q = SpectralInit.sketch(run.totals().users(), items, d, seed, workers);
        for (int k = 0; k < SpectralInit.POWER_ITERATIONS; k++) {
            SharedItems told = SharedItems.of(q, 0);
            Matrix next = new Matrix(items, q.columns());
            float[] squares = shards.sum(shard -> shard.squares(told.matrix()));
            System.arraycopy(squares, 0, next.values(), 0, squares.length);
            q = TallMatrix.orthonormal(next, workers);
        }
        SharedItems last = SharedItems.of(q, 0);
        Coordinates found = Coordinates.of(Parts.sum(shards.ask(shard -> shard.gram(last.matrix()))), d);
        Norms norms = shards.ask(shard -> shard.norms(last.matrix(), found)).stream()
                .reduce(Norms::plus)
                .orElseThrow();
        Matrix start = SpectralInit.finish(TallMatrix.times(q, found.right(), workers), d, seed + 2);
        temperature(last, found, norms, start).ifPresent(t -> run = run.with(options.withTemperature(t)));
        shards.begin(run, shard -> shard.spectral(last.matrix(), found, norms));
        return start;
    }

    private OptionalDouble temperature(SharedItems q, Coordinates found, Norms norms, Matrix start) {
        if (!TemperatureRule.applies(run.options(), run.objective())) {
            return OptionalDouble.empty();
        }
        SharedItems items = SharedItems.of(start, 0);
        Cosines cosines = shards.ask(shard -> shard.cosines(q.matrix(), found, norms, items.matrix())).stream()
                .reduce(Cosines::plus)
                .orElseThrow();
        return OptionalDouble.of(TemperatureRule.temperature(
                cosines, run.totals().users(), run.totals().interactions(), start, KernelProvider.scalar()));
    }

    private Matrix random() {
        TrainOptions options = run.options();
        int d = options.encoder().dimension();
        shards.begin(run, ShardStart::random);
        return SpectralInit.random(
                run.totals().items(),
                d,
                SpectralInit.MEAN_NORM / Math.sqrt(d),
                options.run().seed() + 2);
    }
}
