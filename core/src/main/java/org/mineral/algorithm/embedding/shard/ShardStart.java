package org.mineral.algorithm.embedding.shard;

import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.ItemHistory;
import org.mineral.algorithm.embedding.init.LinearMap;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.init.SpectralInit.Coordinates;
import org.mineral.algorithm.embedding.init.SpectralInit.Norms;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.TemperatureRule.Cosines;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.TallMatrix;
import org.mineral.linalg.Workers;
import org.mineral.random.Streams;

/**
 * One shard's part of the start, {@link SpectralInit} in pieces: A_p are its users' rows of A.
 *
 * @param shard its number, from 0
 * @param rows its users' interactions
 * @param workers for the products; any number of threads gives the same bits
 */
public record ShardStart(ShardRun run, int shard, Interactions rows, Workers workers) {

    private LinearMap map() {
        return SpectralInit.part(rows, run.totals().itemCounts(), workers, KernelProvider.best());
    }

    /** A_p^T (A_p Q), items x columns of Q, row by row with padding. */
    public float[] squares(Matrix q) {
        LinearMap map = map();
        return map.transposedTimes(map.times(q)).values();
    }

    /** (A_p Q)^T (A_p Q). */
    public double[][] gram(Matrix q) {
        return TallMatrix.gram(map().times(q), workers);
    }

    /** The users' rows before they are scaled, and without random ones. */
    private Matrix left(Matrix q, Coordinates found) {
        return TallMatrix.times(map().times(q), found.left(), workers);
    }

    /** Of the users' rows before they are scaled. */
    public Norms norms(Matrix q, Coordinates found) {
        return Norms.of(left(q, found));
    }

    /** @param norms of the rows of all shards */
    private Matrix users(Matrix q, Coordinates found, Norms norms) {
        TrainOptions options = run.options();
        return SpectralInit.finish(left(q, found), norms, options.encoder().dimension(), seed(options) + 1);
    }

    /** What the rule of the temperature needs. */
    public Cosines cosines(Matrix q, Coordinates found, Norms norms, Matrix items) {
        return Cosines.of(rows, users(q, found, norms), items, KernelProvider.scalar());
    }

    /** The users before the first meeting, by the spectral start. */
    public ShardState spectral(Matrix q, Coordinates found, Norms norms) {
        return first(users(q, found, norms));
    }

    /** The users before the first meeting, by a random start. */
    public ShardState random() {
        TrainOptions options = run.options();
        int d = options.encoder().dimension();
        return first(SpectralInit.random(rows.users(), d, SpectralInit.MEAN_NORM / Math.sqrt(d), seed(options) + 1));
    }

    private ShardState first(Matrix users) {
        TrainOptions options = run.options();
        if (options.encoder().itemBias()) {
            BiasColumn.clear(users);
        }
        if (options.encoder().history() > 0) {
            ItemHistory.clear(users, rows);
        }
        return ShardState.first(users);
    }

    /** That of the run in the first shard, so that a single one starts as one machine does. */
    private long seed(TrainOptions options) {
        long seed = options.run().seed();
        return shard == 0 ? seed : Streams.ofPart(seed, shard);
    }
}
