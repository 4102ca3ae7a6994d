package org.mineral.algorithm.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mineral.algorithm.sequence.SequenceTrainingTest.run;
import static org.mineral.algorithm.sequence.SequenceTrainingTest.same;
import static org.mineral.algorithm.sequence.SequenceTrainingTest.settings;
import static org.mineral.algorithm.sequence.SequenceTrainingTest.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.eval.EvaluatedModel;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Explainable.Contributions;
import org.mineral.model.History;
import org.mineral.model.Models;

/** Sequences of items with attributes; every tenth item is in no training sequence. */
class SequenceAttributesTest {

    private static final int ITEMS = 120;
    private static final int COLD = 5;
    private static final Dataset PLAIN = withoutSome(SequenceData.of(400, ITEMS, 7));
    static final Dataset DATA = PLAIN.withAttributes(Attributes.none(400), places(0));

    /** The attributes are those of other items. */
    static final Dataset MIXED = PLAIN.withAttributes(Attributes.none(400), places(7));

    private static final FitContext CONTEXT = FitContext.defaults().withThreads(2);
    private static final String SMALL = "dimension=16 epochs=5 block_size=200 learning_rate=0.02";

    @TempDir
    Path temp;

    private static Dataset withoutSome(Dataset all) {
        int[][] train = new int[all.users().size()][];
        Arrays.setAll(
                train,
                u -> Arrays.stream(all.train().row(u))
                        .filter(item -> item % 10 != COLD)
                        .toArray());
        Interactions kept = Interactions.of(ITEMS, train);
        Interactions none = Interactions.empty(train.length, ITEMS);
        Dataset data = Dataset.of(
                "some", all.users(), all.items(), kept, none, all.valid().union(all.test()));
        Events events = all.events();
        assertThat(events).isNotNull();
        return data.withEvents(events.of(data.all()));
    }

    /** Each item has its place and those beside it, so that neighbours have some in common. */
    private static Attributes places(int shift) {
        int[][] rows = IntStream.range(0, ITEMS)
                .map(item -> (item * (shift == 0 ? 1 : 61) + shift) % ITEMS)
                .mapToObj(item -> IntStream.of(item, (item + 1) % ITEMS, (item + 2) % ITEMS)
                        .sorted()
                        .toArray())
                .toArray(int[][]::new);
        return new Attributes(
                SparseMatrix.ofOnes(Interactions.of(ITEMS, rows)),
                IdMap.of(IntStream.range(0, ITEMS).mapToObj(a -> "place=" + a).toList()),
                List.of(new Attributes.Field("place", "list", List.of())));
    }

    private static SequenceModel fit(Dataset data, String settings, FitContext context) {
        return new SequenceAlgorithm().fit(data, settings(settings), context).model();
    }

    /**
     * A loss before and after one step of gradient descent, and what the step makes of the tables, of NumPy's:
     *
     * <pre>{@code
     * import numpy as np
     * U = [[2, 5, 1, 7, 0], [3, 2, 6, 4], [8, 1, 5]]
     * I, d, L, m, b, t, lam, sh = 10, 4, 3, 2, .5, .3, 1.2, .5
     * c, k = 2, 1.5
     * P = np.array([[np.sin(1 + i + 2*j) if i < 9 else 0 for j in range(d)] for i in range(I)])
     * Q = np.array([[np.cos(2 + 3*i + j) for j in range(d)] for i in range(I)])
     * W = np.array([[.7**p + .05*j for j in range(d)] for p in range(L)])
     * X = np.array([[i % 2 == 0, i % 3 == 0, i % 5 == 4] for i in range(I)], float)   # items 1, 5, 7 have none
     * A = np.zeros((3, d))
     * n = np.array([sum(i in s for s in U) for i in range(I)])
     * has = X.any(1)
     * g = np.log1p(has.sum() / X.sum(0))
     * Y = X * g; Y[has] *= c / np.linalg.norm(Y[has], axis=1, keepdims=True)
     * s_ = np.where(has, n / (n + k), 1.)[:, None]
     * unit = lambda V: V / np.linalg.norm(V, axis=1, keepdims=True)
     * def vec(Q, A):
     *     e = s_ * Q + Y @ A
     *     l = np.linalg.norm(e, axis=1, keepdims=True); l[l == 0] = 1
     *     return e / l
     * def loss(P, Q, W, A):
     *     total, rows = 0, 0
     *     q = vec(Q, A)
     *     for s in U:
     *         for cut in range(1, len(s)):
     *             x = s[max(0, cut - L):cut][::-1]
     *             h = sum(W[p] * (P[i] + sh * q[i]) for p, i in enumerate(x))
     *             z = q[:9] @ (h / np.linalg.norm(h)) / t                 # nobody took item 9
     *             pos = s[cut:cut + m]; w = b ** np.arange(len(pos)); w /= w.sum()
     *             total += -(w * z[pos]).sum() + lam * np.log(np.exp(z).mean()); rows += 1
     *     return total / rows
     * def grad(M, f, e=1e-6):
     *     G = np.zeros_like(M)
     *     for j in np.ndindex(M.shape):
     *         x = M[j]; M[j] = x + e; a = f(); M[j] = x - e; G[j] = (a - f()) / (2*e); M[j] = x
     *     return G
     * f = lambda: loss(P, Q, W, A)
     * G = [grad(M, f) for M in (P, Q, W, A)]
     * print(f())
     * P2, Q2, W2, A2 = [M - D for M, D in zip((P, Q, W, A), G)]
     * q2 = vec(Q2, A2)
     * np.set_printoptions(precision=6, suppress=True)
     * print(loss(P2, Q2, W2, A2), q2[2], q2[9], (P2 + sh*q2)[2], (P2+sh*q2)[9], c*A2, sep='\n')
     * }</pre>
     */
    @Test
    void aStepIsTheOneOfAnIndependentComputation() {
        int[][] rows = {{2, 5, 1, 7, 0}, {3, 2, 6, 4}, {8, 1, 5}};
        Interactions train = Interactions.of(
                10,
                Arrays.stream(rows)
                        .map(row -> IntStream.of(row).sorted().toArray())
                        .toArray(int[][]::new));
        long[] order = new long[train.size()];
        for (int u = 0; u < rows.length; u++) {
            for (int k = 0; k < rows[u].length; k++) {
                order[Arrays.binarySearch(train.columns(), train.begin(u), train.end(u), rows[u][k])] = k;
            }
        }
        int[][] has = IntStream.range(0, 10)
                .mapToObj(i -> IntStream.range(0, 3)
                        .filter(a -> a == 0 ? i % 2 == 0 : a == 1 ? i % 3 == 0 : i % 5 == 4)
                        .toArray())
                .toArray(int[][]::new);
        Interactions none = Interactions.empty(3, 10);
        Dataset data = Dataset.of("rows", train, none, none)
                .withEvents(new Events(train, null, null, order))
                .withAttributes(
                        Attributes.none(3),
                        new Attributes(SparseMatrix.ofOnes(Interactions.of(3, has)), IdMap.numbered(3)));
        Matrix q = table(10, (i, c) -> Math.cos(2 + 3 * i + c));
        Matrix p = table(10, (i, c) -> i < 9 ? Math.sin(1 + i + 2 * c) : 0);
        Matrix w = table(3, (k, c) -> Math.pow(0.7, k) + 0.05 * c);
        String text = "dimension=4 positions=3 next_items=2 next_decay=0.5 shared=0.5 context_dropout=0 temperature=0.3"
                + " lambda=1.2 optimizer=sgd learning_rate=1 epochs=2 attribute_weight=2 own_shrinkage=1.5";
        Fit<SequenceModel> once = run(data, settings(text + " stop_after=1"), q, p, w);
        assertThat(once.curve().get(0).loss()).isCloseTo(1.003710, within(2e-6));
        SequenceModel model = once.model();
        check(model.itemVectors().row(2), -0.494299, 0.354443, -0.027967, -0.793257);
        check(model.itemVectors().row(9), -0.383874, 0.311634, -0.156797, -0.854950);
        check(model.contextVectors().row(2), 0.007061, -0.785007, 0.856552, -0.083024);
        check(model.contextVectors().row(9), -0.191937, 0.155817, -0.078398, -0.427475);
        Matrix vectors = model.attributeTables().items().orElseThrow().vectors();
        check(vectors.row(0), -2.170280, 2.219051, 0.342662, -3.684301);
        check(vectors.row(2), -0.323511, -0.100952, 0.147910, -0.396823);
        assertThat(run(data, settings(text), q, p, w).curve().get(1).loss()).isCloseTo(0.232360, within(1e-5));
    }

    private static void check(float[] vector, double... expected) {
        for (int c = 0; c < expected.length; c++) {
            assertThat(vector[c]).isCloseTo((float) expected[c], within(5e-5f));
        }
    }

    private static double ndcgOfCold(Dataset data, String settings) {
        return ndcgOfCold(data, fit(data, settings, CONTEXT));
    }

    static double ndcgOfCold(Dataset data, SequenceModel model) {
        Evaluator evaluator = Evaluator.at(10);
        try (Workers workers = new Workers(2)) {
            return EvaluatedModel.of("sequence", model, data, evaluator, workers)
                    .among(true, evaluator, workers)
                    .orElseThrow()
                    .evaluation()
                    .metric("NDCG@10");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SMALL, SMALL + " loss=bpr candidates=uniform:30", SMALL + " item_bias=true"})
    void newItemsAreRankedByTheirAttributes(String settings) {
        assertThat(ndcgOfCold(DATA, settings)).isGreaterThan(1.2 * ndcgOfCold(MIXED, settings));
    }

    @Test
    void withoutWeightNothingIsTakenFromThem() {
        same(fit(DATA, SMALL + " attribute_weight=0", CONTEXT), fit(PLAIN, SMALL, CONTEXT));
    }

    @Test
    void threadsAndAnInterruptionChangeNoBit() {
        SequenceModel one = fit(DATA, SMALL, CONTEXT.withThreads(1));
        Checkpoints kept = Checkpoints.beside(temp.resolve("m")).every(1);
        FitContext killed = CONTEXT.withThreads(3).withCheckpoints(kept).withListener(new FitListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                if (epoch.number() == 3) {
                    throw new IllegalStateException("killed");
                }
                return true;
            }
        });
        assertThatThrownBy(() -> fit(DATA, SMALL, killed)).hasMessage("killed");
        boolean[] resumed = new boolean[1];
        SequenceModel rest = fit(DATA, SMALL, CONTEXT.withCheckpoints(kept).withListener(new FitListener() {
            @Override
            public void resumed(Epoch last, Path checkpoint) {
                resumed[0] = last.number() == 2;
            }
        }));
        assertThat(resumed[0]).isTrue();
        same(rest, one);
        assertThat(rest.attributeTables().items().orElseThrow().vectors().values())
                .isEqualTo(one.attributeTables().items().orElseThrow().vectors().values());
    }

    @Test
    void aSavedModelHasThemStill() {
        SequenceModel model = fit(DATA, SMALL, CONTEXT);
        model.save(temp.resolve("m"));
        SequenceModel loaded = (SequenceModel) Models.load(temp.resolve("m"));
        same(loaded, model);
        assertThat(loaded.population()).isEqualTo(model.population());
        assertThat(loaded.population().hasItem(COLD)).isTrue();
        assertThat(loaded.explain(3, COLD).attributes())
                .isEqualTo(model.explain(3, COLD).attributes());
    }

    /** The vector of an item that nobody took is that of its attributes, whenever it comes. */
    @ParameterizedTest
    @ValueSource(strings = {SMALL, SMALL + " similarity=dot temperature=1", SMALL + " item_bias=true"})
    void itemsThatComeLaterAreTakenIn(String settings) {
        SequenceModel model = fit(DATA, settings, CONTEXT);
        AttributeScorer scorer = model.require(AttributeScorer.class);
        SparseMatrix cold = DATA.itemAttributes().x().rows(new int[] {COLD});
        SequenceModel more = (SequenceModel) scorer.withItems(List.of("new"), cold);
        check(more.itemVectors().row(ITEMS), doubles(model.itemVectors().row(COLD)));
        check(more.contextVectors().row(ITEMS), doubles(model.contextVectors().row(COLD)), 16);
        assertThat(more.scores(3)).startsWith(model.scores(3)).hasSize(ITEMS + 1);
        float[] scores = scorer.scoresOfItem(cold);
        float[] ofHistory = model.scores(model.vector(History.of(COLD)));
        for (int item = 0; item < ITEMS; item++) {
            assertThat(scores[item]).isCloseTo(ofHistory[item], within(1e-4f));
        }
        assertThatThrownBy(() -> scorer.scoresOfUser(cold))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no attributes of users");
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(k -> values[k]).toArray();
    }

    private static void check(float[] vector, double[] expected, int of) {
        // The last coordinate of a context vector is of no use where it is a bias.
        check(vector, Arrays.copyOf(expected, of - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {SMALL, SMALL + " item_bias=true"})
    void explanationsNameAttributesAndAddUp(String settings) {
        SequenceModel model = fit(DATA, settings, CONTEXT);
        for (int item : new int[] {COLD, COLD + 1}) {
            Contributions parts = model.explain(3, item);
            assertThat(parts.attributes()).hasSize(3);
            double sum = parts.rest();
            for (double value : parts.values()) {
                sum += value;
            }
            for (Contributions.OfAttribute of : parts.attributes()) {
                sum += of.value();
            }
            assertThat(sum).isCloseTo(model.scores(3)[item], within(1e-4));
        }
        assertThat(Arrays.stream(model.explain(3, COLD).values()).map(Math::abs).sum())
                .isLessThan(1e-4);
    }

    @Test
    void anUpdateLeavesItemsThatNobodyTookAsTheyAre() {
        SequenceModel model = fit(DATA, SMALL, CONTEXT);
        Interactions news = Interactions.of(ITEMS, new int[] {6, 7, 8});
        Interactions none = Interactions.empty(1, ITEMS);
        Dataset more = Dataset.of("news", IdMap.of(List.of("somebody new")), DATA.items(), news, none, none)
                .withEvents(new Events(news, null, null, new long[] {0, 1, 2}));
        SequenceModel updated =
                model.update(more, Map.of("epochs", "2"), 2, FitListener.NONE).model();
        assertThat(updated.population().hasItem(COLD)).isTrue();
        assertThat(updated.itemVectors().row(COLD))
                .isEqualTo(model.itemVectors().row(COLD));
        assertThat(updated.contextVectors().row(COLD))
                .isEqualTo(model.contextVectors().row(COLD));
        assertThat(updated.itemVectors().row(7))
                .isNotEqualTo(model.itemVectors().row(7));
        assertThat(updated.require(AttributeScorer.class)).isNotNull();
    }
}
