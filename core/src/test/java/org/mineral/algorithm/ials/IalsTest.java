package org.mineral.algorithm.ials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.TenUsers;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.Model;

/**
 * Scores of the optimum by NumPy 2, the same from five random starts:
 *
 * <pre>{@code
 * rows = [[0,1,2],[0,1],[1,2,3],[3,4],[0,4],[2,3,4],[1,3],[0,2],[2],[1,4]]
 * X = np.zeros((10, 5))
 * for u, r in enumerate(rows): X[u, r] = 1
 * a0, l2, nu, d = .2, .05, .5, 2
 * ru = l2 * (X.sum(1) + a0 * 5) ** nu
 * ri = l2 * (X.sum(0) + a0 * 10) ** nu
 * def solve(X, F, ridge):
 *     G = a0 * F.T @ F
 *     return np.array([np.linalg.solve(G + np.diag([r] * d) + F[x > 0].T @ F[x > 0], F[x > 0].sum(0))
 *                      for x, r in zip(X, ridge)])
 * H = np.random.default_rng(1).normal(size=(5, d))
 * for _ in range(3000):
 *     W = solve(X, H, ru); H = solve(X.T, W, ri)
 * S = W @ H.T
 * # a history: items 1 and 4, the second with weight 1/2
 * c = np.array([0, 1, 0, 0, .5])
 * f = np.linalg.solve(a0 * H.T @ H + l2 * (1.5 + a0 * 5) ** nu * np.eye(d) + H.T @ (c[:, None] * H), H.T @ c) @ H.T
 * }</pre>
 */
class IalsTest {

    private static final Dataset DATA = Dataset.of(
            "ten users",
            Interactions.of(
                    5,
                    new int[][] {{0, 1, 2}, {0, 1}, {1, 2, 3}, {3, 4}, {0, 4}, {2, 3, 4}, {1, 3}, {0, 2}, {2}, {1, 4}}),
            Interactions.empty(10, 5),
            Interactions.empty(10, 5));

    private static final double OPTIMUM = 6.646533318820631;

    private static final double[][] SCORES = {
        {.813807, .696199, .868990, .169004, .285176},
        {.755833, .657152, .811552, .171485, .278975},
        {.475659, .838128, .690497, .692310, .743648},
        {-.193606, .443870, .051342, .798725, .747677},
        {.605630, .786693, .760423, .495462, .571600},
        {.403093, .835736, .638284, .759397, .798083},
        {.156234, .660558, .389931, .757690, .759754},
        {.793338, .465816, .756998, -.128249, -.006823},
        {.636818, .436475, .634138, -.016835, .078231},
        {.207147, .678267, .433353, .732688, .743013}
    };

    /** With weights {@code c = (1 + (u + i) % 4) ** .5} of the interactions and their sums in the ridges, from two of three starts. */
    private static final double[][] RATED = {
        {.814861, .752894, .92101, .267584, .356567},
        {.804036, .764597, .916253, .289563, .377346},
        {.455544, .922631, .687764, .739818, .789165},
        {-.215531, .598389, .031192, .867426, .843257},
        {.600339, .809171, .766229, .496512, .561866},
        {.540477, .99544, .781808, .761044, .81967},
        {.158566, .803261, .405515, .824665, .841459},
        {.8637, .427074, .848397, -.152752, -.058142},
        {.745058, .452524, .76084, -.032818, .048729},
        {.178533, .792695, .418086, .797089, .816086}
    };

    private static final double[] HISTORY = {.263136, .643833, .458277, .630991, .652471};

    private static final Map<String, String> SMALL =
            Map.of("dimension", "2", "alpha0", "0.2", "l2", "0.05", "nu", "0.5", "sweeps", "1000", "steps", "0");

    private static IalsSettings settings(Map<String, String> given, String... more) {
        Map<String, String> all = new HashMap<>(given);
        for (int k = 0; k < more.length; k += 2) {
            all.put(more[k], more[k + 1]);
        }
        return new Ials().settings(all);
    }

    private static FactorModel model(Dataset data, IalsSettings settings, int threads) {
        return new Ials()
                .fit(data, settings, FitContext.defaults().withThreads(threads))
                .model();
    }

    private static void assertOptimum(Model model) {
        assertScores(SCORES, model);
    }

    private static void assertScores(double[][] golden, Model model) {
        for (int u = 0; u < 10; u++) {
            for (int i = 0; i < 5; i++) {
                assertThat(model.scores(u)[i]).isCloseTo((float) golden[u][i], within(1e-4f));
            }
        }
    }

    @Test
    void theOptimumIsThatOfNumPyFromBothStarts() {
        assertOptimum(model(DATA, settings(SMALL), 2));
        assertOptimum(model(DATA, settings(SMALL, "start", "random"), 1));
        assertOptimum(model(DATA, settings(SMALL, "steps", "1"), 2));
        assertOptimum(model(DATA, settings(SMALL, "steps", "3"), 1));
    }

    @Test
    void ratingsAreWeightsOfInteractions() {
        assertScores(RATED, model(TenUsers.rated(), settings(SMALL, "rating_power", "0.5"), 2));
        assertScores(RATED, model(TenUsers.rated(), settings(SMALL, "rating_power", "0.5", "steps", "3"), 1));
    }

    @Test
    void equalRatingsChangeNoBit() {
        float[] plain = model(TenUsers.DATA, settings(SMALL), 2).itemVectors().values();
        assertThat(model(TenUsers.rated((u, i) -> 1), settings(SMALL, "rating_power", "2"), 2)
                        .itemVectors()
                        .values())
                .isEqualTo(plain);
    }

    @Test
    void theObjectiveIsThatOfNumPyAndNeverRises() {
        try (Workers workers = new Workers(2)) {
            IalsSession session =
                    new IalsSession(SparseMatrix.ofOnes(DATA.train()), settings(SMALL), workers, KernelProvider.best());
            double before = session.objective();
            for (int sweep = 0; sweep < 1000; sweep++) {
                session.sweep();
                double now = session.objective();
                assertThat(now).isLessThan(before + 1e-5);
                before = now;
            }
            assertThat(before).isCloseTo(OPTIMUM, within(1e-5));
        }
    }

    /** As many steps as a row has coordinates solve it, up to rounding; a single step goes down as well. */
    @Test
    void stepsOfConjugateGradientsGoDownAndAsManyAsCoordinatesSolve() {
        Dataset data =
                SyntheticData.generate("builtin:tastes:users=300,items=120").data();
        Map<String, String> same = Map.of("dimension", "19", "l2", "0.02", "nu", "1");
        double[] solved = new double[2];
        for (int steps : new int[] {0, 1, 3, 19}) {
            try (Workers workers = new Workers(2)) {
                IalsSession session = new IalsSession(
                        SparseMatrix.ofOnes(data.train()),
                        settings(same, "steps", String.valueOf(steps)),
                        workers,
                        KernelProvider.best());
                double before = session.objective();
                for (int sweep = 0; sweep < 5; sweep++) {
                    session.sweep();
                    assertThat(session.objective()).isLessThan(before);
                    before = session.objective();
                }
                solved[0] = steps == 0 ? before : solved[0];
                solved[1] = before;
            }
        }
        assertThat(solved[1]).isCloseTo(solved[0], within(1e-4 * solved[0]));
    }

    /** 40 coordinates in blocks of 16, 16 and 8, of which none is a multiple of all vector lengths. */
    @Test
    void blocksOfCoordinatesHaveTheOptimumOfAllTogether() {
        Dataset data =
                SyntheticData.generate("builtin:tastes:users=300,items=120").data();
        Map<String, String> same = Map.of("dimension", "40", "l2", "0.02", "nu", "1", "steps", "0");
        double[] optima = new double[2];
        String[] blocks = {"40", "16"};
        for (int b = 0; b < 2; b++) {
            try (Workers workers = new Workers(2)) {
                IalsSession session = new IalsSession(
                        SparseMatrix.ofOnes(data.train()),
                        settings(same, "block_size", blocks[b]),
                        workers,
                        KernelProvider.best());
                for (int sweep = 0; sweep < 300; sweep++) {
                    session.sweep();
                }
                optima[b] = session.objective();
            }
        }
        assertThat(optima[1]).isCloseTo(optima[0], within(1e-4 * optima[0]));
    }

    @Test
    void scalarAndVectorKernelsAgree() {
        Dataset data =
                SyntheticData.generate("builtin:tastes:users=200,items=90").data();
        IalsSettings settings = settings(Map.of("dimension", "24", "sweeps", "3"));
        double[] values = new double[2];
        Kernels[] kernels = {KernelProvider.scalar(), KernelProvider.best()};
        for (int k = 0; k < 2; k++) {
            try (Workers workers = new Workers(1)) {
                IalsSession session = new IalsSession(SparseMatrix.ofOnes(data.train()), settings, workers, kernels[k]);
                IntStream.range(0, 3).forEach(sweep -> session.sweep());
                values[k] = session.objective();
            }
        }
        assertThat(values[1]).isCloseTo(values[0], within(1e-3 * values[0]));
    }

    @Test
    void foldingInIsTheSolveOfAUser() {
        FactorModel model = model(DATA, settings(SMALL), 2);
        HistoryEncoder encoder = model.require(HistoryEncoder.class);
        float[] own = encoder.scores(History.of(4, 1));
        float[] weighted = encoder.scores(History.of(new int[] {4, 1}, new double[] {0.5, 1}));
        for (int i = 0; i < 5; i++) {
            assertThat(own[i]).isCloseTo((float) SCORES[9][i], within(1e-4f));
            assertThat(weighted[i]).isCloseTo((float) HISTORY[i], within(1e-4f));
        }
    }

    @Test
    void foldingInByBlocksConverges() {
        Dataset data =
                SyntheticData.generate("builtin:tastes:users=300,items=120").data();
        IalsSettings blocks = settings(Map.of("dimension", "40", "sweeps", "5", "block_size", "16"));
        FactorModel model = model(data, blocks, 2);
        int[] items = data.train().row(7);
        float[] byBlocks = new IalsFoldIn(model, blocks).vector(History.of(items));
        float[] atOnce = new IalsFoldIn(model, settings(Map.of("dimension", "40"))).vector(History.of(items));
        for (int k = 0; k < 40; k++) {
            assertThat(byBlocks[k]).isCloseTo(atOnce[k], within(2e-3f));
        }
    }

    @Test
    void usersOfTheValidationPartAloneAreFoldedIn() {
        Dataset data = Dataset.of(
                "folded",
                Interactions.of(5, new int[][] {{0, 1, 2}, {0, 1}, {1, 2, 3}, {3, 4}, {0, 4}, {}}),
                Interactions.of(5, new int[][] {{}, {}, {}, {}, {}, {1, 2}}),
                Interactions.empty(6, 5));
        FactorModel model = model(data, settings(Map.of("dimension", "2", "l2", "0.05", "nu", "1")), 1);
        float[] expected = model.require(HistoryEncoder.class).scores(History.of(1, 2));
        for (int i = 0; i < 5; i++) {
            assertThat(model.scores(5)[i]).isCloseTo(expected[i], within(1e-5f));
        }
        assertThat(model.ranksFor(5)).isTrue();
    }

    /**
     * {@code docs/explanation/closed-forms.md} derives it: with w < 1 and users of equal weight, the objective of debiased MSE at scores y is, up to a
     * constant and a factor, that of iALS at scores (1 - w) y without regularisation and with {@code alpha0 = w / (K (1 - w))}.
     */
    @Test
    void debiasedMseOverAllItemsHasTheOptimumOfIals() {
        double w = 0.3;
        double k = 1.5;
        double alpha0 = w / (k * (1 - w));
        Interactions train = SyntheticData.generate("builtin:tastes:users=120,items=50,activity=12")
                .data()
                .train();
        Interactions none = Interactions.empty(train.users(), train.items());
        // Without a validation part, by which the loss would stop early.
        Dataset data = Dataset.of("tastes", train, none, none);
        Model loss = ModelSpec.parse("mf(loss=debiased-mse,negative_weight=" + w + ",positive_scale=" + k
                        + ",user_weight=0,candidates=all,similarity=dot,temperature=1,dimension=4,epochs=3000,"
                        + "block_size=120,learning_rate=0.02,item_bias=false,history=0,averaging=0)")
                .configured()
                .fit(data, FitContext.defaults().withThreads(2))
                .model();
        FactorModel squares = model(
                data,
                settings(Map.of("dimension", "4", "l2", "1e-7", "nu", "0", "sweeps", "500", "alpha0", "" + alpha0)),
                2);
        double byLoss = value(train, loss, 1 - w, alpha0);
        double bySquares = value(train, squares, 1, alpha0);
        assertThat(byLoss).isCloseTo(bySquares, within(1e-3 * bySquares));
        double apart = 0;
        for (int u = 0; u < 120; u++) {
            float[] ys = loss.scores(u);
            float[] ss = squares.scores(u);
            for (int i = 0; i < 50; i++) {
                apart += Math.pow((1 - w) * ys[i] - ss[i], 2) / 6000;
            }
        }
        assertThat(Math.sqrt(apart)).isLessThan(0.02);
    }

    /** sum over interactions (s - 1)^2 + alpha0 sum over all pairs s^2. */
    private static double value(Interactions train, Model model, double scale, double alpha0) {
        double sum = 0;
        for (int u = 0; u < train.users(); u++) {
            float[] scores = model.scores(u);
            for (int i = 0; i < scores.length; i++) {
                double s = scale * scores[i];
                sum += alpha0 * s * s + (train.contains(u, i) ? (s - 1) * (s - 1) : 0);
            }
        }
        return sum;
    }

    @Test
    void threadsChangeNothing() {
        Dataset data =
                SyntheticData.generate("builtin:tastes:users=300,items=120").data();
        IalsSettings settings = settings(Map.of("dimension", "20", "sweeps", "2"));
        assertThat(model(data, settings, 3).itemFactors().values())
                .isEqualTo(model(data, settings, 1).itemFactors().values());
    }
}
