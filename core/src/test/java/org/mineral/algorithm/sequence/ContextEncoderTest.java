package org.mineral.algorithm.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.encoder.Inflow;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.algorithm.embedding.encoder.UserBlock;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;

class ContextEncoderTest {

    private static final int ITEMS = 600;
    private static final int D = 6;
    private static final Dataset DATA = SequenceData.of(40, ITEMS, 5);
    private static final long SEED = 11;

    /**
     * {@code <J t, g> = <t, J^T g>} for random t and g. Vectors are bilinear in P and W, so that half the difference of those at x + t and x - t
     * is J t exactly; J^T g is what a step of gradient descent with rate 1 takes off.
     */
    @ParameterizedTest
    @CsvSource({"20, 0, 0", "3, 0, 1", "1, 0, 0.5", "100, 0, 1", "20, 0.4, 0", "20, 0.4, 0.7"})
    void backwardIsTheAdjointOfForward(int positions, double dropout, double shared) {
        SequenceOptions options = Config.with(
                Config.with(Config.defaults(SequenceOptions.class), "positions", positions),
                "context_dropout",
                dropout);
        options = Config.with(options, "shared", shared);
        int buckets = HistorySum.buckets(positions);
        Matrix[] at = {random(ITEMS, 1), random(buckets, 2), random(ITEMS, 6)};
        Matrix[] t = {random(ITEMS, 3), random(buckets, 4), random(ITEMS, 7)};
        Contexts contexts = new Contexts(SequenceData.train(DATA), options, 1, 0);
        int[] rows = contexts.rows(new org.mineral.random.Random64(3));
        int[] block = Arrays.copyOf(rows, 70);
        Matrix g = random(block.length, 5);
        try (Workers workers = new Workers(2)) {
            Step up = new Step(contexts, options, sum(at, 1, t), block, workers);
            Step down = new Step(contexts, options, sum(at, -1, t), block, workers);
            double forward = (dot(up.forward(), g) - dot(down.forward(), g)) / 2;
            Matrix[] moved = {at[0].copy(), at[1].copy(), at[2].copy()};
            new Step(contexts, options, moved, block, workers).backward(g);
            double backward =
                    moved(t[0], at[0], moved[0]) + moved(t[1], at[1], moved[1]) + moved(t[2], at[2], moved[2]);
            assertThat(Math.abs(forward)).isGreaterThan(0.1);
            assertThat(backward).isCloseTo(forward, within(1e-4 * (1 + Math.abs(forward))));
        }
    }

    /** One step of one encoder. */
    private static final class Step {

        private final ContextEncoder encoder;
        private final Encoder items;
        private final StepContext step;
        private final int rows;

        Step(Contexts contexts, SequenceOptions options, Matrix[] parameters, int[] block, Workers workers) {
            TrainOptions sgd = TrainOptions.defaults().with("dimension", D).with("optimizer", "sgd");
            this.items = Encoders.plainItems(
                    parameters[2],
                    Objective.of(Losses.of("softmax"), sgd.with("similarity", "dot")),
                    sgd,
                    KernelProvider.best());
            this.encoder = new ContextEncoder(
                    contexts,
                    options,
                    sgd,
                    parameters[0],
                    parameters[1],
                    items,
                    block.length,
                    true,
                    workers,
                    KernelProvider.best());
            this.step = new StepContext(new UserBlock(contexts));
            this.rows = block.length;
            step.begin(block, 1, SEED);
            encoder.prepare(step);
        }

        Matrix forward() {
            encoder.forward(RowSet.of(0, rows), step);
            return encoder.vectors();
        }

        void backward(Matrix g) {
            forward();
            RowSet one = new RowSet(1);
            for (int slot = 0; slot < rows; slot++) {
                float[] own = Arrays.copyOfRange(g.values(), g.offset(slot), g.offset(slot) + g.stride());
                encoder.backward(one.one(slot, slot), own, step);
            }
            int n = g.stride();
            for (int strip = 0; strip * Kernels.STRIP < ITEMS; strip++) {
                RowSet strips =
                        RowSet.of(strip * Kernels.STRIP, Math.min(Kernels.STRIP, ITEMS - strip * Kernels.STRIP));
                float[] gradients = new float[strips.count() * n];
                for (Inflow inflow : encoder.inflows(items)) {
                    int entry = inflow.begin(step, strip);
                    for (int slot = 0; slot < rows; slot++) {
                        entry = inflow.add(step, slot, entry, strip, gradients, strips.marked);
                    }
                }
                items.backward(strips, gradients, step);
            }
            encoder.step(step);
        }
    }

    private static Matrix random(int rows, long seed) {
        return SpectralInit.random(rows, D, 0.5, seed);
    }

    private static Matrix[] sum(Matrix[] at, float scale, Matrix[] t) {
        Matrix[] sum = {at[0].copy(), at[1].copy(), at[2].copy()};
        for (int m = 0; m < sum.length; m++) {
            for (int k = 0; k < sum[m].values().length; k++) {
                sum[m].values()[k] += scale * t[m].values()[k];
            }
        }
        return sum;
    }

    private static double dot(Matrix a, Matrix b) {
        double sum = 0;
        for (int k = 0; k < b.values().length; k++) {
            sum += (double) a.values()[k] * b.values()[k];
        }
        return sum;
    }

    private static double moved(Matrix t, Matrix from, Matrix to) {
        double sum = 0;
        for (int k = 0; k < t.values().length; k++) {
            sum += t.values()[k] * ((double) from.values()[k] - to.values()[k]);
        }
        return sum;
    }
}
