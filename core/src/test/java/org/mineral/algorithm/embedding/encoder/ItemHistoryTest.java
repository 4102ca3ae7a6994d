package org.mineral.algorithm.embedding.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.engine.BlockEngineTest;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.CandidateSampler;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;

/**
 * A step of gradient descent with a history against one without, whose users' parameters are p_u + c z_u sum v_i q_i: the
 * users move alike, and the items move by their users' movements on top, by the chain rule written out here. That the
 * step without a history is right is {@link BlockEngineTest}'s to show.
 */
class ItemHistoryTest {

    private static final int USERS = 31;
    private static final int ITEMS = 300;
    private static final int DIMENSION = 12;
    private static final double WEIGHT = 0.7;

    private final Interactions train = interactions();

    /** What each interaction counts; their means are of no interest here. */
    private float @Nullable [] counts;

    @ParameterizedTest
    @CsvSource({
        "cosine,all,0,false",
        "cosine,uniform:100,0.5,false",
        "cosine,all,-0.7,false",
        "dot,all,0.3,false",
        "dot,uniform:100,0,false",
        "cosine,all,0,true",
        "dot,uniform:100,0.3,true"
    })
    void whatMovesAUserMovesItsItems(String similarity, String candidates, double exponent, boolean counted) {
        if (counted) {
            counts = new float[train.size()];
            for (int k = 0; k < counts.length; k++) {
                counts[k] = 0.5f + k % 5 / 4f;
            }
        }
        TrainOptions options = TrainOptions.defaults()
                .with("optimizer", "sgd")
                .with("similarity", similarity)
                .with("candidates", candidates)
                .with("history_exponent", exponent);
        Matrix own = SpectralInit.random(USERS, DIMENSION, 0.4, 1);
        Matrix itemStart = SpectralInit.random(ITEMS, DIMENSION, 0.4, 2);
        boolean cosine = similarity.equals("cosine");
        Matrix whole = whole(own, itemStart, cosine, exponent);

        Matrix plainUsers = whole.copy();
        Matrix plainItems = itemStart.copy();
        double plain = step(options.with("history", 0.0), plainUsers, plainItems);
        Matrix users = own.copy();
        Matrix items = itemStart.copy();
        double value = step(options.with("history", WEIGHT), users, items);

        assertThat(value).isCloseTo(plain, Offset.offset(1e-5));
        double furthest = 0;
        for (int u = 0; u < USERS; u++) {
            for (int k = 0; k < DIMENSION; k++) {
                float moved = plainUsers.get(u, k) - whole.get(u, k);
                assertThat(users.get(u, k) - own.get(u, k)).isCloseTo(moved, Offset.offset(1e-5f));
                furthest = Math.max(furthest, Math.abs(moved));
            }
        }
        assertThat(furthest).isGreaterThan(1e-3);
        double[][] extra = extra(plainUsers, whole, itemStart, cosine, exponent);
        for (int i = 0; i < ITEMS; i++) {
            for (int k = 0; k < DIMENSION; k++) {
                double expected = plainItems.get(i, k) + extra[i][k];
                assertThat((double) items.get(i, k)).isCloseTo(expected, Offset.offset(1e-5));
            }
        }
    }

    private double step(TrainOptions options, Matrix userTable, Matrix itemTable) {
        Objective objective = Objective.of(Losses.minePlus(1.2), options);
        Kernels kernels = KernelProvider.best();
        int[] block = IntStream.range(0, USERS).toArray();
        try (Workers workers = new Workers(2)) {
            Targets targets = Targets.of(train, counts, options);
            Encoders encoders = Encoders.of(
                    train, targets, new Matrix[] {userTable, itemTable}, objective, options, workers, kernels);
            return new BlockEngine(objective, options, encoders.users(), encoders.items(), targets, workers, kernels)
                    .step(
                            block,
                            CandidateSampler.of(objective.candidates(), train, true)
                                    .draw(block, 5, 0),
                            0.1,
                            7);
        }
    }

    /** c v_i / (sum of v_j^2 over u's items)^1/2, v_i being n_i^b times what the interaction counts. */
    private double share(int user, int item, double exponent) {
        double squares = 0;
        double own = 0;
        for (int k = train.begin(user); k < train.end(user); k++) {
            int j = train.columns()[k];
            double v = Math.pow(train.itemCounts()[j], exponent) * (counts == null ? 1 : counts[k]);
            squares += v * v;
            own = j == item ? v : own;
        }
        return WEIGHT * own / Math.sqrt(squares);
    }

    /** p_u + c z_u sum of v_i times what is scored of u's items. */
    private Matrix whole(Matrix own, Matrix items, boolean cosine, double exponent) {
        Matrix whole = own.copy();
        for (int u = 0; u < USERS; u++) {
            for (int i : train.row(u)) {
                double norm = cosine ? norm(items, i) : 1;
                for (int k = 0; k < DIMENSION; k++) {
                    double share = share(u, i, exponent) * items.get(i, k) / norm;
                    whole.set(u, k, (float) (whole.get(u, k) + share));
                }
            }
        }
        return whole;
    }

    /** sum over an item's users of c z_u v_i times the user's move, through the item's normalisation. */
    private double[][] extra(Matrix moved, Matrix from, Matrix items, boolean cosine, double exponent) {
        double[][] extra = new double[ITEMS][DIMENSION];
        for (int u = 0; u < USERS; u++) {
            for (int i : train.row(u)) {
                for (int k = 0; k < DIMENSION; k++) {
                    extra[i][k] += share(u, i, exponent) * (moved.get(u, k) - from.get(u, k));
                }
            }
        }
        for (int i = 0; i < ITEMS && cosine; i++) {
            double norm = norm(items, i);
            double along = 0;
            for (int k = 0; k < DIMENSION; k++) {
                along += extra[i][k] * items.get(i, k) / norm;
            }
            for (int k = 0; k < DIMENSION; k++) {
                extra[i][k] = (extra[i][k] - along * items.get(i, k) / norm) / norm;
            }
        }
        return extra;
    }

    private static double norm(Matrix a, int row) {
        double squares = 0;
        for (int k = 0; k < DIMENSION; k++) {
            squares += a.get(row, k) * a.get(row, k);
        }
        return Math.sqrt(squares);
    }

    private static Interactions interactions() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] rows = new int[USERS][];
        for (int u = 0; u < USERS; u++) {
            rows[u] = random.ints(1 + random.nextInt(12), 0, ITEMS).toArray();
        }
        return Interactions.of(ITEMS, rows);
    }
}
