package org.mineral.eval.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.TestModels;

class InformationTest {

    private static FactorModel model(double[][] users, double[][] items, Map<String, String> config) {
        return TestModels.model(matrix(users), matrix(items), Interactions.empty(users.length, items.length), config);
    }

    private static Matrix matrix(double[][] rows) {
        Matrix matrix = new Matrix(rows.length, rows[0].length);
        for (int r = 0; r < rows.length; r++) {
            for (int k = 0; k < rows[r].length; k++) {
                matrix.set(r, k, (float) rows[r][k]);
            }
        }
        return matrix;
    }

    private static Information.Result measure(Information of, Interactions pairs, Interactions exclude, int threads) {
        try (Workers workers = new Workers(threads)) {
            return of.measure(pairs, exclude, workers);
        }
    }

    /**
     * N draws of correlated normal variables, user k with x_k and item k with y_k. Their log density ratio is
     * -1/2 log(1-r^2) + [r x y - r^2 (x^2 + y^2)/2] / (1-r^2), a dot product of three coordinates up to its constant.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.8})
    void boundsOfCorrelatedNormalVariablesAreTheirInformation(double r) {
        int n = 3000;
        SplittableRandom random = new SplittableRandom(7);
        double[][] users = new double[n][];
        double[][] items = new double[n][];
        int[][] pairs = new int[n][];
        for (int k = 0; k < n; k++) {
            double x = random.nextGaussian();
            double y = r * x + Math.sqrt(1 - r * r) * random.nextGaussian();
            double c = 1 / (1 - r * r);
            users[k] = new double[] {r * c * x, -r * r * c * x * x / 2, 1};
            items[k] = new double[] {y, 1, -r * r * c * y * y / 2};
            pairs[k] = new int[] {k};
        }
        Interactions none = Interactions.empty(n, n);
        Information.Result result = measure(
                Information.of(model(users, items, Map.of())).withCandidates(1000), Interactions.of(n, pairs), none, 2);
        double truth = -0.5 * Math.log(1 - r * r);
        InformationBounds bounds = result.own().get(0);
        assertThat(bounds.barberAgakov()).isCloseTo(truth, within(0.05));
        assertThat(bounds.donskerVaradhan()).isCloseTo(truth, within(0.05));
        assertThat(bounds.nwj()).isCloseTo(truth, within(0.06));
        assertThat(bounds.infoNce()).isCloseTo(truth, within(0.06));
        // The scale 1 is the right one, and each item has one pair, so that the correction is a constant.
        assertThat(result.best().get(0).scale()).isCloseTo(1, within(0.1));
        assertThat(result.own().get(1).donskerVaradhan()).isCloseTo(bounds.donskerVaradhan(), within(1e-5));
        assertThat(result.information()).isCloseTo(Math.log(n), within(1e-9));
    }

    @RepeatedTest(20)
    void agreesWithPlainSumsOverAllPairs(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int nu = 1 + random.nextInt(40);
        int ni = 2 + random.nextInt(600);
        double size = random.nextDouble(0.1, 3);
        double[][] users = normal(nu, 5, size, random);
        double[][] items = normal(ni, 5, size, random);
        Interactions pairs = interactions(nu, ni, 0.05, random);
        Interactions exclude = repetition.getCurrentRepetition() % 2 == 0
                ? Interactions.empty(nu, ni)
                : interactions(nu, ni, 0.1, random);
        FactorModel model = model(users, items, Map.of("temperature", "0.5"));
        Information.Result result = measure(Information.of(model).withCandidates(7), pairs, exclude, 2);
        Interactions counted = pairs.minus(exclude);
        assertThat(result.pairs()).isEqualTo(counted.size());
        assertThat(result.leftOut()).isEqualTo(pairs.size() - counted.size());
        for (InformationBounds bounds : result.own()) {
            assertThat(bounds.scale()).isEqualTo(2);
            double[] plain = plain(model, counted, exclude, bounds, 7);
            double[] found = {bounds.nwj(), bounds.donskerVaradhan(), bounds.infoNce(), bounds.barberAgakov()};
            for (int b = 0; b < 4; b++) {
                assertThat(found[b]).isCloseTo(plain[b], within(1e-4 * (1 + Math.abs(plain[b]))));
            }
            assertThat(result.information()).isCloseTo(plain[4], within(1e-9));
        }
    }

    /** NWJ <= DV <= BA <= I, InfoNCE <= I, log M: for any critic whatever, hence for random ones. */
    @RepeatedTest(30)
    void boundsAreOrdered(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int ni = 2 + random.nextInt(50);
        Interactions pairs = interactions(20, ni, 0.2, random);
        double size = random.nextDouble(0.01, 4);
        FactorModel model = model(normal(20, 3, size, random), normal(ni, 3, size, random), Map.of());
        int m = 2 + random.nextInt(100);
        Information.Result result =
                measure(Information.of(model).withCandidates(m), pairs, Interactions.empty(20, ni), 1);
        for (int c = 0; c < 2; c++) {
            for (InformationBounds bounds :
                    new InformationBounds[] {result.own().get(c), result.best().get(c)}) {
                assertThat(bounds.nwj()).isLessThanOrEqualTo(bounds.donskerVaradhan() + 1e-9);
                assertThat(bounds.donskerVaradhan()).isLessThanOrEqualTo(bounds.barberAgakov() + 1e-9);
                assertThat(bounds.barberAgakov()).isLessThanOrEqualTo(result.information() + 1e-4);
                assertThat(bounds.infoNce()).isLessThanOrEqualTo(Math.min(result.information(), Math.log(m)) + 1e-4);
            }
            assertThat(result.best().get(c).barberAgakov())
                    .isGreaterThanOrEqualTo(result.own().get(c).barberAgakov() - 1e-3);
        }
    }

    /** With T = log p(i|u)/p(i) every bound but InfoNCE is the information; a score of log p(i|u) needs the correction. */
    @Test
    void theRightCriticFindsAllOfIt() {
        Interactions pairs = Interactions.of(4, new int[] {0, 1}, new int[] {0}, new int[] {0, 1}, new int[] {2, 3});
        double[][] users = new double[4][4];
        double[][] items = new double[4][4];
        for (int u = 0; u < 4; u++) {
            for (int i = 0; i < 4; i++) {
                users[u][i] = pairs.contains(u, i) ? 0 : -60;
            }
            items[u][u] = 1;
        }
        Information.Result result =
                measure(Information.of(model(users, items, Map.of())), pairs, Interactions.empty(4, 4), 1);
        InformationBounds corrected = result.own().get(Critic.CORRECTED.ordinal());
        InformationBounds score = result.own().get(Critic.SCORE.ordinal());
        // n = [2, 1, 2, 2]; c = [3, 2, 1, 1]; sum(log(7 / (n[u] * c[i])) for u, i in pairs) / 7
        assertThat(result.information()).isCloseTo(0.6829081047, within(1e-9));
        assertThat(corrected.barberAgakov()).isCloseTo(result.information(), within(1e-5));
        assertThat(score.barberAgakov()).isLessThan(result.information() - 1e-3);
    }

    @Test
    void threadsDoNotChangeABit() {
        SplittableRandom random = new SplittableRandom(3);
        Interactions pairs = interactions(700, 300, 0.02, random);
        FactorModel model = model(normal(700, 8, 1, random), normal(300, 8, 1, random), Map.of());
        Interactions none = Interactions.empty(700, 300);
        assertThat(measure(Information.of(model), pairs, none, 3))
                .isEqualTo(measure(Information.of(model), pairs, none, 1));
    }

    @Test
    void scoresOfThousandsStayFinite() {
        Interactions pairs = Interactions.of(3, new int[] {0}, new int[] {1});
        double[][] users = {{3000, 0}, {0, -3000}};
        double[][] items = {{1, 1}, {-1, 1}, {0.5, 0.5}};
        Information.Result result =
                measure(Information.of(model(users, items, Map.of())), pairs, Interactions.empty(2, 3), 1);
        for (InformationBounds bounds : result.own()) {
            assertThat(bounds.barberAgakov()).isFinite();
            assertThat(bounds.donskerVaradhan()).isFinite();
            assertThat(bounds.infoNce()).isFinite();
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        FactorModel model = model(new double[][] {{1}}, new double[][] {{1}, {2}}, Map.of());
        Interactions pairs = Interactions.of(2, new int[] {1});
        assertThatThrownBy(() -> measure(Information.of(model), pairs, pairs, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 pairs");
        assertThatThrownBy(() -> Information.of(model).withScale(0)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Information.of(model).withCandidates(1)).isInstanceOf(InputException.class);
        FactorModel odd = model(new double[][] {{1}}, new double[][] {{1}}, Map.of("temperature", "warm"));
        assertThatThrownBy(() -> Information.of(odd)).hasMessageContaining("warm");
    }

    /** NWJ, DV, InfoNCE, BA and the information, straight from the formulas in the Javadoc of Information. */
    private static double[] plain(
            FactorModel model, Interactions pairs, Interactions exclude, InformationBounds of, int m) {
        int[] counts = pairs.itemCounts();
        double n = pairs.size();
        double meanT = 0;
        double meanLogZ = 0;
        double meanZ = 0;
        double nce = 0;
        double information = 0;
        for (int u = 0; u < pairs.users(); u++) {
            double[] q = new double[counts.length];
            for (int i = 0; i < q.length; i++) {
                q[i] = exclude.contains(u, i) ? 0 : counts[i];
            }
            double mass = Arrays.stream(q).sum();
            double z = 0;
            double[] t = new double[q.length];
            for (int i = 0; i < q.length; i++) {
                for (int k = 0; k < model.dimension(); k++) {
                    t[i] += of.scale()
                            * model.userFactors().get(u, k)
                            * model.itemFactors().get(i, k);
                }
                t[i] -= of.critic() == Critic.CORRECTED ? Math.log(counts[i] / n) : 0;
                z += q[i] == 0 ? 0 : q[i] / mass * Math.exp(t[i]);
            }
            for (int i : pairs.row(u)) {
                meanT += t[i] / n;
                meanLogZ += Math.log(z) / n;
                meanZ += z / n;
                nce += Math.log(m * Math.exp(t[i]) / (Math.exp(t[i]) + (m - 1) * z)) / n;
                information += Math.log(mass / pairs.count(u) / counts[i]) / n;
            }
        }
        double nwj = meanT - meanLogZ + 1 - meanZ / Math.exp(meanLogZ);
        return new double[] {nwj, meanT - Math.log(meanZ), nce, meanT - meanLogZ, information};
    }

    private static double[][] normal(int rows, int columns, double deviation, SplittableRandom random) {
        double[][] result = new double[rows][columns];
        for (double[] row : result) {
            Arrays.setAll(row, k -> deviation * random.nextGaussian());
        }
        return result;
    }

    private static Interactions interactions(int users, int items, double density, SplittableRandom random) {
        int[][] rows = new int[users][];
        for (int u = 0; u < users; u++) {
            rows[u] = random.ints((int) Math.ceil(density * items), 0, items).toArray();
        }
        return Interactions.of(items, rows);
    }
}
