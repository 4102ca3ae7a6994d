package org.mineral.algorithm.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Matrix;
import org.mineral.model.Model;

class SequenceTrainingTest {

    private static final Dataset DATA = SequenceData.of(300, 120, 7);
    private static final FitContext CONTEXT = FitContext.defaults().withThreads(2);
    private static final String SMALL = "dimension=16 epochs=5 block_size=200 learning_rate=0.02";

    @TempDir
    Path temp;

    static SequenceSettings settings(String text) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String setting : text.split(" ")) {
            given.put(setting.split("=")[0], setting.split("=")[1]);
        }
        return SequenceSettings.of(given);
    }

    private static Fit<SequenceModel> fit(Dataset data, String settings, FitContext context) {
        return new SequenceAlgorithm().fit(data, settings(settings), context);
    }

    /**
     * Two losses, and the tables after one step of gradient descent, of NumPy's:
     *
     * <pre>{@code
     * U = [[2, 5, 1, 7, 0], [3, 2, 6, 4], [8, 1, 5]]          # oldest first
     * I, d, L, m, b, t, lam, sh = 9, 4, 3, 2, .5, .3, 1.2, .5
     * P = np.array([[np.sin(1 + i + 2*c) for c in range(d)] for i in range(I)])
     * Q = np.array([[np.cos(2 + 3*i + c) for c in range(d)] for i in range(I)])
     * W = np.array([[.7**k + .05*c for c in range(d)] for k in range(L)])
     * def loss(P, Q, W):
     *     total, rows = 0, 0
     *     q = Q / np.linalg.norm(Q, axis=1, keepdims=True)
     *     for s in U:
     *         for cut in range(1, len(s)):
     *             c = s[max(0, cut - L):cut][::-1]
     *             h = sum(W[k] * (P[i] + sh * q[i]) for k, i in enumerate(c))
     *             z = q @ (h / np.linalg.norm(h)) / t
     *             pos = s[cut:cut + m]; w = b ** np.arange(len(pos)); w /= w.sum()
     *             total += -(w * z[pos]).sum() + lam * np.log(np.exp(z).mean()); rows += 1
     *     return total / rows
     * def grad(X, f, e=1e-6):
     *     g = np.zeros_like(X)
     *     for k in np.ndindex(X.shape):
     *         x = X[k]; X[k] = x + e; a = f(); X[k] = x - e; g[k] = (a - f()) / (2*e); X[k] = x
     *     return g
     * f = lambda: loss(P, Q, W)
     * gP, gQ, gW = grad(P, f), grad(Q, f), grad(W, f)
     * P2, Q2, W2 = P - gP, Q - gQ, W - gW                     # one step, rate 1
     * q2 = Q2 / np.linalg.norm(Q2, axis=1, keepdims=True)
     * f(), loss(P2, Q2, W2), q2[2], (P2 + sh * q2)[2], W2[2]
     * }</pre>
     */
    @Test
    void aStepIsTheOneOfAnIndependentComputation() {
        Dataset data = ordered(9, new int[][] {{2, 5, 1, 7, 0}, {3, 2, 6, 4}, {8, 1, 5}});
        Matrix q = table(9, (i, c) -> Math.cos(2 + 3 * i + c));
        Matrix p = table(9, (i, c) -> Math.sin(1 + i + 2 * c));
        Matrix w = table(3, (k, c) -> Math.pow(0.7, k) + 0.05 * c);
        SequenceSettings settings = settings(
                "dimension=4 positions=3 next_items=2 next_decay=0.5 shared=0.5 context_dropout=0 temperature=0.3"
                        + " lambda=1.2 optimizer=sgd learning_rate=1 epochs=2 stop_after=1");
        Fit<SequenceModel> once = run(data, settings, q, p, w);
        assertThat(once.curve().get(0).loss()).isCloseTo(1.003710, within(2e-6));
        double[] q2 = {-0.3054, -0.66898, -0.64084, -0.22029};
        double[] p2 = {0.10151, -1.29672, 0.55012, 0.20346};
        double[] w2 = {0.47576, 0.42653, 0.62627, 0.66531};
        for (int c = 0; c < 4; c++) {
            assertThat(once.model().itemVectors().get(2, c)).isCloseTo((float) q2[c], within(2e-5f));
            assertThat(once.model().contextVectors().get(2, c)).isCloseTo((float) p2[c], within(2e-5f));
            assertThat(once.model().positionWeights().get(2, c)).isCloseTo((float) w2[c], within(2e-5f));
        }
        SequenceSettings twice = settings(
                "dimension=4 positions=3 next_items=2 next_decay=0.5 shared=0.5 context_dropout=0 temperature=0.3"
                        + " lambda=1.2 optimizer=sgd learning_rate=1 epochs=2");
        assertThat(run(data, twice, q, p, w).curve().get(1).loss()).isCloseTo(-0.270217, within(5e-6));
    }

    static Fit<SequenceModel> run(Dataset data, SequenceSettings settings, Matrix q, Matrix p, Matrix w) {
        return new SequenceTraining(data, settings, CONTEXT).run(new Matrix[] {q.copy(), p.copy(), w.copy()}, null);
    }

    static Matrix table(int rows, DoubleBinaryOperator value) {
        Matrix table = new Matrix(rows, 4);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 4; c++) {
                table.set(r, c, (float) value.applyAsDouble(r, c));
            }
        }
        return table;
    }

    private static Dataset ordered(int items, int[][] rows) {
        Interactions train = Interactions.of(items, rows);
        long[] order = new long[train.size()];
        for (int u = 0; u < rows.length; u++) {
            for (int k = 0; k < rows[u].length; k++) {
                order[java.util.Arrays.binarySearch(train.columns(), train.begin(u), train.end(u), rows[u][k])] = k;
            }
        }
        Interactions none = Interactions.empty(rows.length, items);
        return Dataset.of("rows", train, none, none).withEvents(new Events(train, null, null, order));
    }

    /** By a fourth-order difference of the whole run's loss along a random direction of P, W, and of Q where it is scored as it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss=mine+ temperature=0.5",
                "loss=mine+ temperature=0.5 item_bias=true context_dropout=0.3",
                "loss=softmax temperature=0.5 similarity=dot next_items=3",
                "loss=mse similarity=dot user_weight=0",
                "loss=bce similarity=dot candidates=uniform:50",
                "loss=ccl temperature=1 positions=2 shared=0",
                "loss=sampled-softmax temperature=0.5 candidates=in-batch",
                "loss=debiased-infonce temperature=0.5 candidates=mixed:40"
            })
    void aStepGoesAgainstTheGradientOfTheLoss(String text) {
        String all = text + " dimension=6 optimizer=sgd learning_rate=1 epochs=2 stop_after=1 block_size=100000";
        SequenceSettings settings = settings(all);
        boolean dot = text.contains("similarity=dot");
        int buckets = HistorySum.buckets(settings.rows().positions());
        Matrix[] at = {random(120, 1), random(120, 2), random(buckets, 3)};
        Matrix[] t = {random(120, 4), random(120, 5), random(buckets, 6)};
        if (!dot) {
            t[0] = new Matrix(120, 6);
        }
        float h = 5e-3f;
        double[] values = new double[4];
        for (int k = 0; k < 4; k++) {
            values[k] = run(settings, at, h * new float[] {-2, -1, 1, 2}[k], t)
                    .curve()
                    .get(0)
                    .loss();
        }
        double difference = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * h);
        SequenceModel moved = run(settings, at, 0, t).model();
        Matrix own = moved.contextVectors().copy();
        for (int k = 0; k < own.values().length; k++) {
            own.values()[k] -=
                    (float) settings.rows().shared() * moved.itemVectors().values()[k];
        }
        Matrix[] end = {moved.itemVectors(), own, moved.positionWeights()};
        double product = 0;
        for (int m = dot ? 0 : 1; m < 3; m++) {
            for (int k = 0; k < t[m].values().length; k++) {
                if (text.contains("item_bias") && m < 2 && k % t[m].stride() == 5) {
                    continue;
                }
                boolean learnt = m == 2 || DATA.train().itemCounts()[k / t[m].stride()] > 0;
                product += learnt ? t[m].values()[k] * (double) (at[m].values()[k] - end[m].values()[k]) : 0;
            }
        }
        assertThat(Math.abs(difference)).isGreaterThan(1e-3);
        assertThat(product).isCloseTo(difference, within(5e-3 * Math.abs(difference) + 2e-4));
    }

    private static Fit<SequenceModel> run(SequenceSettings settings, Matrix[] at, float scale, Matrix[] t) {
        Matrix[] start = new Matrix[3];
        for (int m = 0; m < 3; m++) {
            start[m] = at[m].copy();
            for (int k = 0; k < t[m].values().length; k++) {
                start[m].values()[k] += scale * t[m].values()[k];
            }
        }
        return new SequenceTraining(DATA.withValidInTrain(), settings, CONTEXT).run(start, null);
    }

    private static Matrix random(int rows, long seed) {
        return SpectralInit.random(rows, 6, 0.5, seed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SMALL,
                SMALL + " candidates=uniform:60",
                SMALL + " item_bias=true cuts=3 next_items=2 context_dropout=0.2",
                SMALL + " loss=bpr candidates=uniform:30"
            })
    void threadsAndAnInterruptionChangeNoBit(String settings) {
        SequenceModel one = fit(DATA, settings, CONTEXT.withThreads(1)).model();
        same(fit(DATA, settings, CONTEXT.withThreads(3)).model(), one);
        Checkpoints kept = Checkpoints.beside(temp.resolve("m")).every(1);
        FitContext killed = CONTEXT.withCheckpoints(kept).withListener(new FitListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                if (epoch.number() == 3) {
                    throw new IllegalStateException("killed");
                }
                return true;
            }
        });
        assertThatThrownBy(() -> fit(DATA, settings, killed)).hasMessage("killed");
        boolean[] resumed = new boolean[1];
        Fit<SequenceModel> rest =
                fit(DATA, settings, CONTEXT.withCheckpoints(kept).withListener(new FitListener() {
                    @Override
                    public void resumed(Epoch last, Path checkpoint) {
                        resumed[0] = last.number() == 2;
                    }
                }));
        assertThat(resumed[0]).isTrue();
        same(rest.model(), one);
    }

    static void same(SequenceModel some, SequenceModel other) {
        assertThat(some.itemVectors().values()).isEqualTo(other.itemVectors().values());
        assertThat(some.contextVectors().values())
                .isEqualTo(other.contextVectors().values());
        assertThat(some.positionWeights().values())
                .isEqualTo(other.positionWeights().values());
    }

    /** The next item is one of three that the last one leads to: a set of items says much less. */
    @Test
    void theOrderIsLearnt() {
        double sequence = ndcg(fit(DATA, SMALL, CONTEXT).model());
        double set = ndcg(ModelSpec.parse("mf(dimension=16,epochs=10)")
                .configured()
                .fit(DATA, CONTEXT)
                .model());
        assertThat(sequence).isGreaterThan(0.4).isGreaterThan(1.3 * set);
    }

    private static double ndcg(Model model) {
        return Evaluator.at(10).evaluate(model, DATA.test()).metric("NDCG@10");
    }

    @Test
    void dataWithoutAnOrderAreRefusedBeforeAnythingStarts() {
        Dataset unordered = Dataset.of("bare", DATA.train(), DATA.valid(), DATA.test());
        assertThatThrownBy(() -> fit(unordered, SMALL, CONTEXT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("keep_order");
        Dataset single = ordered(3, new int[][] {{0}, {2}});
        assertThatThrownBy(() -> fit(single, SMALL, CONTEXT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing comes after anything");
    }

    @Test
    void settingsOfOtherModelsAreRefusedWithTheNearestName() {
        assertThatThrownBy(() -> settings("layers=2")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> settings("position=2"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("positions");
        SequenceSettings some = settings("loss=softmax positions=7 temperature=0.2");
        assertThat(SequenceSettings.of(some.describe()).describe()).isEqualTo(some.describe());
        assertThat(some.describe()).containsEntry("positions", "7").doesNotContainKeys("layers", "recency");
    }

    /** Otherwise somebody who asks for ten epochs would get two. */
    @Test
    void whoSaysHowManyEpochsGetsThem() {
        assertThat(settings("loss=mine+").describe())
                .containsEntry("epochs", "3")
                .containsEntry("stop_after", "2");
        assertThat(settings("epochs=10").describe())
                .containsEntry("epochs", "10")
                .containsEntry("stop_after", "0");
        assertThat(settings("epochs=10 stop_after=4").describe()).containsEntry("stop_after", "4");
        SequenceSettings all = settings("epochs=3");
        assertThat(SequenceSettings.of(all.describe()).describe()).isEqualTo(all.describe());
    }
}
