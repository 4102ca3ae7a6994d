package org.mineral.algorithm.sequence;

import java.util.Arrays;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.shard.ItemGradients;
import org.mineral.algorithm.embedding.shard.SharedItems;
import org.mineral.algorithm.embedding.target.CandidateWeights;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.config.Internal;
import org.mineral.data.Sequences;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;
import org.mineral.random.Streams;

/**
 * Some users' sequences. It keeps nothing from one meeting to the next: what it answers depends on the run, the shard, the tables and the meeting alone.
 *
 * @param shard its number, from 0
 * @param workers for the products; any number of threads gives the same bits
 */
@Internal
public record SequenceShard(SequenceShardRun run, int shard, Sequences sequences, Workers workers) {

    /** More blocks than a meeting has, so that every step of a run has a number of its own. */
    private static final long STEPS = 1L << 24;

    /** {@code (C + C^T) Q} of its sequences; see {@link Neighbourhood}. */
    float[] near(SharedItems q) {
        return Neighbourhood.passes(
                        sequences, run.sequence().rows().positionDecay(), q.matrix(), workers, KernelProvider.best())
                .values();
    }

    /**
     * One meeting: the shard's part of the derivatives of the mean loss over the places of all shards, and the sum of the losses of its own.
     *
     * @param q items as they are scored, I x d
     * @param p context vectors, I x d
     * @param w weights of positions, buckets x d
     * @return see {@link Gradients}
     */
    float[] meet(SharedItems q, SharedItems p, SharedItems w, int meeting) {
        SequenceSettings settings = run.sequence();
        TrainOptions options = settings.options();
        Objective objective = settings.objective();
        Kernels kernels = KernelProvider.best();
        Contexts rows = new Contexts(
                sequences,
                settings.rows(),
                run.cuts(),
                CandidateWeights.of(run.itemCounts(), options.objective().candidateWeight()),
                options.objective().userWeight(),
                run.scale());
        boolean all = objective.candidates().equals("all");
        CandidateSampler sampler = run.candidates(CandidateSampler.of(
                objective.candidates(),
                all ? sequences.pairs() : rows.nextItems(),
                options.objective().correction() == TrainOptions.Correction.IMPORTANCE));
        long seed = Streams.ofPart(options.run().seed(), shard);
        int[] order = rows.rows(Streams.ofEpoch(seed, run.meetings().epoch(meeting)));
        int first = run.meetings().first(order.length, meeting);
        int size = run.meetings().last(order.length, meeting) - first;
        int most = options.optimization().blockSize();
        int blocks = (size + most - 1) / most;
        ItemGradients items = new ItemGradients(q.items(), q.dimension(), kernels);
        items.take(q);
        Derivatives context = new Derivatives(p.matrix(), kernels);
        Derivatives positions = new Derivatives(w.matrix(), kernels);
        Encoder contexts = new ContextEncoder(
                rows,
                settings.rows(),
                new HistorySum(context.table, positions.table),
                context,
                positions,
                items,
                Math.min(most, Math.max(1, size)),
                // Rows that no derivative reaches are the driver's affair.
                false,
                workers);
        BlockEngine engine = new BlockEngine(
                objective,
                options,
                Encoders.scoredUsers(contexts, objective, options, kernels),
                items,
                rows,
                workers,
                kernels);
        double loss = 0;
        for (int b = 0; b < blocks; b++) {
            int[] block = Arrays.copyOfRange(
                    order, first + (int) ((long) size * b / blocks), first + (int) ((long) size * (b + 1) / blocks));
            float share = (float) block.length / run.rows(meeting);
            items.count(share);
            context.share = share;
            positions.share = share;
            long step = meeting * STEPS + b;
            Candidates drawn = sampler.draw(block, seed, step);
            double rate = run.meetings().rate(options, meeting, (double) b / blocks);
            loss += engine.step(block, drawn, rate, Streams.seedOfStep(seed, step)) * block.length;
        }
        return Gradients.joined(items.sum(), context.sum, positions.sum, loss);
    }

    /** A table that stands still, and the sum of its derivatives; behind them, for each row, in how many steps it took part. */
    private static final class Derivatives implements ContextEncoder.Rows {

        private final Matrix table;
        private final Kernels kernels;
        private final float[] sum;
        private float share;

        Derivatives(Matrix table, Kernels kernels) {
            this.table = table;
            this.kernels = kernels;
            this.sum = new float[table.values().length + table.rows()];
        }

        @Override
        public void move(int row, float[] g, int go, double rate) {
            kernels.axpy(share, g, go, sum, table.offset(row), table.stride());
            sum[table.values().length + row]++;
        }

        @Override
        public void state(State state) {
            // All of it comes with the next tables.
        }

        @Override
        public long bytes() {
            return (long) Float.BYTES * (table.values().length + sum.length);
        }
    }

    /**
     * The sum of what shards found in a meeting, one array: for each of Q, P and W the derivatives, row by row with padding, and behind them for each
     * row in how many steps it took part; then the loss.
     */
    record Gradients(float[] items, float[] context, float[] positions, double loss) {

        static float[] joined(float[] items, float[] context, float[] positions, double loss) {
            float[] all = new float[items.length + context.length + positions.length + 1];
            System.arraycopy(items, 0, all, 0, items.length);
            System.arraycopy(context, 0, all, items.length, context.length);
            System.arraycopy(positions, 0, all, items.length + context.length, positions.length);
            all[all.length - 1] = (float) loss;
            return all;
        }

        /**
         * @param p of the shape of P, and of Q
         * @param w of the shape of W
         */
        static Gradients of(float[] joined, Matrix p, Matrix w) {
            int table = p.values().length + p.rows();
            int rest = w.values().length + w.rows();
            return new Gradients(
                    Arrays.copyOf(joined, table),
                    Arrays.copyOfRange(joined, table, 2 * table),
                    Arrays.copyOfRange(joined, 2 * table, 2 * table + rest),
                    joined[2 * table + rest]);
        }
    }
}
