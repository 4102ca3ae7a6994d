package org.mineral.algorithm.embedding.shard;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.random.Streams;

/**
 * Some of the users, with an engine of their own over all items. Between two meetings their users step, block by block, while items stand still
 * and their derivatives are added up. What it does depends on the run, the shard, the state, the items and the meeting alone.
 *
 * <p>Not thread-safe. The workers stay the caller's.
 */
public final class UserShard {

    /** More blocks than a meeting has, so that every step of a run has a number of its own. */
    private static final long STEPS = 1L << 24;

    private final ShardRun run;
    private final TrainOptions options;
    private final Interactions rows;
    private final Encoder users;
    private final ItemGradients items;
    private final BlockEngine engine;
    private final CandidateSampler sampler;
    private final int[] active;
    private final long seed;
    private int meetings;

    /**
     * What comes out of a meeting beside the users' new state.
     *
     * @param gradient the shard's part of the derivatives of the mean loss over all shards' users, I x d with padding; behind them, for each
     *     item, in how many steps it took part
     * @param loss sum of its users' losses
     */
    public record Stretch(float[] gradient, double loss) {}

    /**
     * @param shard its number, from 0
     * @param rows the items of its users; all of them have at least one
     * @param counts weight of each positive in its row, with mean 1 for every user; null if all are 1
     * @param from where the users go on
     */
    public UserShard(
            ShardRun run, int shard, Interactions rows, float @Nullable [] counts, ShardState from, Workers workers) {
        Kernels kernels = KernelProvider.best();
        Objective objective = run.objective();
        this.run = run;
        this.options = run.options();
        this.rows = rows;
        int d = options.encoder().dimension();
        Targets targets = run.totals().targets(rows, counts, options);
        this.items = new ItemGradients(rows.items(), d, kernels);
        this.users = Encoders.usersBesideItems(from.parameters(d), items, targets, objective, options, kernels);
        from.restore(users::state);
        this.meetings = from.meetings();
        this.engine = new BlockEngine(objective, options, users, items, targets, workers, kernels);
        this.seed = Streams.ofPart(options.run().seed(), shard);
        CandidateSampler all = CandidateSampler.of(
                objective.candidates(), rows, options.objective().correction() == TrainOptions.Correction.IMPORTANCE);
        this.sampler = run.attributes() ? all.ofTrained(run.totals().itemCounts()) : all;
        this.active =
                IntStream.range(0, rows.users()).filter(u -> rows.count(u) > 0).toArray();
    }

    /** How many meetings its users have seen. */
    public int meetings() {
        return meetings;
    }

    /** The users as they are. */
    public ShardState state() {
        return ShardState.of(meetings, rows.users(), users::state);
    }

    /** Steps the users that belong to the next meeting. */
    public Stretch meet(SharedItems shared) {
        int meeting = meetings;
        items.take(shared);
        int[] order = active.clone();
        Streams.ofEpoch(seed, run.meetings().epoch(meeting)).shuffle(order);
        int first = run.meetings().first(order.length, meeting);
        int size = run.meetings().last(order.length, meeting) - first;
        int blocks = (size + options.optimization().blockSize() - 1)
                / options.optimization().blockSize();
        long all = run.meetings().users(run.totals().shards(), meeting);
        double loss = 0;
        for (int b = 0; b < blocks; b++) {
            int[] block = Arrays.copyOfRange(
                    order, first + (int) ((long) size * b / blocks), first + (int) ((long) size * (b + 1) / blocks));
            long step = meeting * STEPS + b;
            Candidates drawn = sampler.draw(block, seed, step);
            items.count((float) block.length / all);
            double rate = run.meetings().rate(options, meeting, (double) b / blocks);
            loss += engine.step(block, drawn, rate, Streams.seedOfStep(seed, step)) * block.length;
        }
        meetings++;
        return new Stretch(items.sum(), loss);
    }

    /** The users' vectors beside these items, U x d: a copy. */
    public Matrix vectors(SharedItems shared) {
        items.take(shared);
        return users.snapshot();
    }
}
