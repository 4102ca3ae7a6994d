package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SIMD kernels against the scalar ones, at lengths and offsets that are multiples of nothing. */
class KernelsTest {

    private static final int[] LENGTHS = IntStream.concat(
                    IntStream.rangeClosed(1, 40), IntStream.of(63, 64, 65, 127, 200, 255, 256))
            .toArray();
    private static final int OFFSET = 3;
    private static final int WEIGHT_OFFSET = 5;

    private final Kernels scalar = KernelProvider.scalar();
    private final SplittableRandom random = new SplittableRandom(1);
    private Kernels simd = scalar;

    /** A pass over a row in place: exp, hinge, square, softplus. */
    private interface Pass {
        double run(Kernels kernels, float[] s, int so, int n, int stride, float[] w, int wo);
    }

    @BeforeEach
    void simd() {
        Assumptions.assumeTrue(
                KernelProvider.vector().isPresent(),
                () -> KernelProvider.shortcoming().orElse(""));
        simd = KernelProvider.vector().orElseThrow();
    }

    @Test
    void dotAndAxpyAgree() {
        for (int n : LENGTHS) {
            float[] a = values(n + 20, 1);
            float[] b = values(n + 20, 1);
            assertThat((double) simd.dot(a, 3, b, 7, n)).isCloseTo(scalar.dot(a, 3, b, 7, n), within(1e-5 * n));
            float[] expected = b.clone();
            scalar.axpy(-0.7f, a, 3, expected, 7, n);
            simd.axpy(-0.7f, a, 3, b, 7, n);
            same(expected, b, 1e-6, "axpy " + n);
        }
    }

    @Test
    void sumsOfRowsAgree() {
        int[] rows = {7, 0, 3, 3, 9, 1, 8};
        for (int dp = 16; dp <= 208; dp += 16) {
            float[] table = values(10 * dp, 1);
            float[] weights = positive(10);
            float[] expected = values(dp + 20, 1);
            float[] actual = expected.clone();
            scalar.addRows(-0.7f, weights, table, dp, rows, 1, 6, expected, OFFSET);
            simd.addRows(-0.7f, weights, table, dp, rows, 1, 6, actual, OFFSET);
            same(expected, actual, 2e-6, "addRows " + dp);
            simd.addRows(-0.7f, weights, table, dp, rows, 4, 4, actual, OFFSET);
            same(expected, actual, 2e-6, "no rows " + dp);
        }
    }

    @Test
    void sumsOfWeightedRowsAndTheirAdjointAgree() {
        int[] rows = {7, 0, 3, 9, 1, 8};
        for (int dp = 16; dp <= 208; dp += 16) {
            float[] table = values(10 * dp, 1);
            float[] weights = values(6, 1);
            float[] expected = values(dp + 20, 1);
            float[] actual = expected.clone();
            scalar.addWeightedRows(weights, table, dp, rows, 1, 5, expected, OFFSET);
            simd.addWeightedRows(weights, table, dp, rows, 1, 5, actual, OFFSET);
            same(expected, actual, 2e-6, "addWeightedRows " + dp);
            float[] sums = table.clone();
            scalar.addToRows(weights, expected, OFFSET, dp, rows, 1, 5, table);
            simd.addToRows(weights, expected, OFFSET, dp, rows, 1, 5, sums);
            same(table, sums, 2e-6, "addToRows " + dp);
            simd.addToRows(weights, expected, OFFSET, dp, rows, 4, 4, sums);
            same(table, sums, 2e-6, "no rows " + dp);
        }
    }

    /** Each is so many calls of axpy, of all coordinates at once: models repeat to the last bit. */
    @Test
    void weightedRowsAreAxpyRowByRow() {
        int[] rows = {7, 0, 3, 9};
        float[] table = values(10 * 80, 1);
        float[] weights = values(4, 1);
        float[] expected = values(80, 1);
        float[] actual = expected.clone();
        float[] sums = table.clone();
        for (int p = 0; p < rows.length; p++) {
            simd.axpy(weights[p], table, rows[p] * 80, expected, 0, 80);
        }
        simd.addWeightedRows(weights, table, 80, rows, 0, rows.length, actual, 0);
        assertThat(actual).isEqualTo(expected);
        for (int p = 0; p < rows.length; p++) {
            simd.axpy(weights[p], actual, 0, sums, rows[p] * 80, 80);
        }
        simd.addToRows(weights, actual, 0, 80, rows, 0, rows.length, table);
        assertThat(table).isEqualTo(sums);
    }

    /** Sparse products were so many calls of axpy before, and models repeat to the last bit. */
    @Test
    void aSumOfRowsIsAxpyRowByRow() {
        int[] rows = {7, 0, 3, 9};
        float[] table = values(10 * 80, 1);
        float[] weights = positive(10);
        float[] expected = values(80, 1);
        float[] actual = expected.clone();
        for (int row : rows) {
            simd.axpy(0.3f * weights[row], table, row * 80, expected, 0, 80);
        }
        simd.addRows(0.3f, weights, table, 80, rows, 0, rows.length, actual, 0);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void rowPassesAgreeWithAndWithoutWeights() {
        passAgrees("exp", (k, s, so, n, stride, w, wo) -> k.exp(s, so, n, stride, 2.5f, w, wo));
        passAgrees("hinge", (k, s, so, n, stride, w, wo) -> k.hinge(s, so, n, stride, 0.4f, w, wo));
        passAgrees("square", (k, s, so, n, stride, w, wo) -> k.square(s, so, n, stride, w, wo));
        passAgrees("softplus", (k, s, so, n, stride, w, wo) -> k.softplus(s, so, n, stride, 0.3f, w, wo));
        // Near 0 polynomials are enough; values are up to 3, so that others are there too.
        for (float origin : new float[] {0, 0.4f, 9}) {
            passAgrees(
                    "sigmoidPower", (k, s, so, n, stride, w, wo) -> k.sigmoidPower(s, so, n, stride, origin, 8, w, wo));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.5f, 8, 60})
    void powersOfSigmoidsNearZeroAreAccurateToTheirPower(float p) {
        int n = 4 * Kernels.PANEL;
        float[] s = new float[n];
        for (int j = 0; j < n; j++) {
            s[j] = 1.3f * (2f * j / (n - 1) - 1);
        }
        float[] x = s.clone();
        double sum = simd.sigmoidPower(s, 0, n, Kernels.PANEL, 0, p, null, 0);
        double expected = 0;
        for (int j = 0; j < n; j++) {
            double power = Math.pow(1 / (1 + Math.exp(-x[j])), p);
            double slope = p * power / (1 + Math.exp(x[j]));
            expected += power;
            assertThat((double) s[j]).isCloseTo(slope, within((8 + p) * 2e-6 * slope + 1e-35));
        }
        assertThat(sum).isCloseTo(expected, within((8 + p) * 2e-6 * expected));
    }

    private void passAgrees(String name, Pass pass) {
        for (int n : LENGTHS) {
            for (int stride : new int[] {Kernels.PANEL, Kernels.PANEL + 7, 12 * Kernels.PANEL}) {
                passAgrees(name, pass, n, stride, false);
                passAgrees(name, pass, n, stride, true);
            }
        }
    }

    private void passAgrees(String name, Pass pass, int n, int stride, boolean weighted) {
        float[] expected = values(n / Kernels.PANEL * stride + Kernels.PANEL + 24, 3);
        float[] actual = expected.clone();
        float[] before = expected.clone();
        float[] w = weighted ? positive(n + 24) : null;
        double sum = pass.run(scalar, expected, OFFSET, n, stride, w, WEIGHT_OFFSET);
        double got = pass.run(simd, actual, OFFSET, n, stride, w, WEIGHT_OFFSET);
        String what = "%s, n = %d, stride %d, weighted %b".formatted(name, n, stride, weighted);
        assertThat(got).as(what).isCloseTo(sum, within(1e-5 * (1 + Math.abs(sum))));
        same(expected, actual, 2e-6, what);
        for (int at = 0; at < before.length; at++) {
            int row = at - OFFSET;
            boolean inside =
                    row >= 0 && row % stride < Kernels.PANEL && row / stride * Kernels.PANEL + row % stride < n;
            if (!inside && actual[at] != before[at]) {
                fail("%s: wrote beside the row, at %d", what, at);
            }
        }
    }

    @Test
    void maxAndAboveAgreeAndAboveIsStrictAtTheThreshold() {
        for (int n : LENGTHS) {
            float[] s = values(n + 20, 3);
            s[OFFSET + n / 2] = 0.25f;
            s[OFFSET + n - 1] = 0.25f;
            s[OFFSET - 1] = 1e9f;
            s[OFFSET + n] = 1e9f;
            assertThat(simd.max(s, OFFSET, n, Kernels.PANEL))
                    .isEqualTo(scalar.max(s, OFFSET, n, Kernels.PANEL))
                    .isLessThan(1e8f);
            int[] expected = new int[n];
            int[] actual = new int[n];
            int count = scalar.above(s, OFFSET, n, 0.25f, expected);
            assertThat(simd.above(s, OFFSET, n, 0.25f, actual)).isEqualTo(count);
            assertThat(actual).isEqualTo(expected);
            assertThat(Arrays.stream(actual, 0, count)).doesNotContain(n - 1).isSorted();
            assertThat(simd.above(s, OFFSET, n, Float.NEGATIVE_INFINITY, actual))
                    .isEqualTo(n);
            int places = scalar.placesAbove(s, OFFSET, n, Kernels.PANEL, 0.25f, actual);
            assertThat(places).isEqualTo(count);
            assertThat(IntStream.range(0, count).map(k -> actual[k] - OFFSET))
                    .containsExactly(Arrays.stream(expected, 0, count).boxed().toArray(Integer[]::new));
            float[] panels = values(n * 3 + 3 * Kernels.PANEL, 3);
            count = scalar.placesAbove(panels, OFFSET, n, 3 * Kernels.PANEL, 1, expected);
            assertThat(simd.placesAbove(panels, OFFSET, n, 3 * Kernels.PANEL, 1, actual))
                    .isEqualTo(count);
            assertThat(Arrays.copyOf(actual, count)).isEqualTo(Arrays.copyOf(expected, count));
        }
    }

    @Test
    void theLargestAreFoundByValueAlsoAmongTies() {
        for (int n : LENGTHS) {
            float[] distinct = values(n + 20, 3);
            float[] tied = distinct.clone();
            for (int j = 0; j < n; j++) {
                tied[j] = Math.round(2 * tied[j]) / 2f;
            }
            float[] far = distinct.clone();
            far[0] = -1e30f;
            far[n - 1] = 1e30f;
            for (float[] row : new float[][] {distinct, tied, far}) {
                float[] before = row.clone();
                for (int k : new int[] {1, 2, n / 3 + 1, n - 1, n}) {
                    int wanted = Math.max(1, Math.min(n, k));
                    assertThat(simd.largest(row, n, wanted)).isEqualTo(scalar.largest(row, n, wanted));
                }
                assertThat(row).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 20, 80})
    void softplusIsAccurateToItsSize(float reach) {
        int n = 8 * Kernels.PANEL;
        float[] s = new float[n];
        for (int j = 0; j < n; j++) {
            s[j] = reach * (2f * j / (n - 1) - 1);
        }
        for (int j = 0; j < n; j++) {
            float[] one = new float[Kernels.PANEL];
            Arrays.fill(one, s[j]);
            double sum = simd.softplus(one, 0, Kernels.PANEL, Kernels.PANEL, 0, null, 0);
            double value = Kernels.PANEL * (Math.max(s[j], 0) + Math.log1p(Math.exp(-Math.abs(s[j]))));
            double slope = 1 / (1 + Math.exp(-(double) s[j]));
            assertThat(sum).isCloseTo(value, within(2e-5 * value));
            assertThat((double) one[0]).isCloseTo(slope, within(1e-5 * slope));
        }
    }

    /** Whole numbers, which a float sums exactly in any order. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 64, 127, 128, 129, 1000})
    void sumTakesExactlyItsRange(int n) {
        float[] values = new float[n + 20];
        for (int k = 0; k < values.length; k++) {
            values[k] = k % 23;
        }
        float expected = 0;
        for (int k = 3; k < 3 + n; k++) {
            expected += values[k];
        }
        assertThat(simd.sum(values, 3, n)).isEqualTo(expected);
        assertThat(scalar.sum(values, 3, n)).isEqualTo(expected);
    }

    @Test
    void maxOfRowsWithMinusInfinityIsRight() {
        for (int n : LENGTHS) {
            float[] s = new float[n];
            Arrays.fill(s, Float.NEGATIVE_INFINITY);
            assertThat(simd.max(s, 0, n, Kernels.PANEL)).isEqualTo(Float.NEGATIVE_INFINITY);
            s[n - 1] = -1e30f;
            assertThat(simd.max(s, 0, n, Kernels.PANEL)).isEqualTo(-1e30f);
        }
    }

    @Test
    void expIsAccurateFromUnderflowToOverflow() {
        int n = 188_001;
        float[] x = new float[n];
        for (int j = 0; j < n; j++) {
            x[j] = -100 + j / 1000f;
        }
        float[] e = x.clone();
        simd.exp(e, 0, n, Kernels.PANEL, 0, null, 0);
        for (int j = 0; j < n; j++) {
            double expected = Math.exp(x[j]);
            double error = x[j] < -87.3f ? e[j] : Math.abs(e[j] / expected - 1);
            if (!(error <= (x[j] < -87.3f ? 0 : 1e-6))) {
                fail("e^%s = %s, expected %s", x[j], e[j], expected);
            }
        }
    }

    @Test
    void extremeScoresGiveLimitsAndNeverNaN() {
        float[] extremes = {Float.NEGATIVE_INFINITY, -1e30f, -Float.MAX_VALUE, -1000, -87, 0, 80};
        for (float extreme : extremes) {
            for (int n : new int[] {1, 16, 33}) {
                float[] s = new float[n];
                Arrays.fill(s, extreme);
                double sum = simd.exp(s, 0, n, Kernels.PANEL, 0, null, 0);
                assertThat(sum).isCloseTo(n * Math.exp(extreme), within(1e-5 * n * Math.exp(extreme)));
            }
        }
        float[] soft = new float[40];
        Arrays.fill(soft, 1000);
        assertThat(simd.softplus(soft, 0, 40, Kernels.PANEL, 0, null, 0)).isCloseTo(40_000, within(0.05));
        assertThat(soft).containsOnly(1);
        for (float low : new float[] {-1000, -1e30f, Float.NEGATIVE_INFINITY}) {
            Arrays.fill(soft, low);
            assertThat(simd.softplus(soft, 0, 40, Kernels.PANEL, 0, null, 0)).isZero();
            assertThat(soft).containsOnly(0);
            Arrays.fill(soft, low);
            assertThat(simd.hinge(soft, 0, 40, Kernels.PANEL, 0.5f, null, 0)).isZero();
            assertThat(soft).containsOnly(0);
        }
    }

    @Test
    void aScoreAtTheMarginHasNoHinge() {
        for (Kernels kernels : new Kernels[] {scalar, simd}) {
            float[] s = new float[37];
            Arrays.fill(s, 0.5f);
            assertThat(kernels.hinge(s, 0, 37, Kernels.PANEL, 0.5f, null, 0)).isZero();
            assertThat(s).containsOnly(0);
        }
    }

    @Test
    void packingPlacesEveryCoordinateAsDocumented() {
        for (Kernels kernels : new Kernels[] {scalar, simd}) {
            for (int n : new int[] {1, 31, 32, 33, 100, 256}) {
                int dp = 48;
                float[] items = values(OFFSET + n * dp, 1);
                int panels = (n + Kernels.PANEL - 1) / Kernels.PANEL;
                float[] to = new float[7 + panels * Kernels.PANEL * dp + 9];
                Arrays.fill(to, 9);
                kernels.pack(items, OFFSET, n, dp, to, 7);
                float[] expected = new float[to.length];
                Arrays.fill(expected, 9);
                for (int j = 0; j < panels * Kernels.PANEL; j++) {
                    for (int k = 0; k < dp; k++) {
                        int at = 7 + j / 32 * 32 * dp + k * 32 + j % 32;
                        expected[at] = j < n ? items[OFFSET + j * dp + k] : 0;
                    }
                }
                assertThat(to).as("%s, n = %d", kernels.name(), n).isEqualTo(expected);
            }
            float[] users = values(OFFSET + 12 * 32, 1);
            float[] to = new float[5 + 12 * 32];
            kernels.packUsers(users, OFFSET, 32, to, 5);
            for (int r = 0; r < 12; r++) {
                for (int k = 0; k < 32; k++) {
                    assertThat(to[5 + k * 12 + r]).isEqualTo(users[OFFSET + r * 32 + k]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 48, 64, 80, 128})
    void scoresAgree(int dp) {
        float[] users = values(OFFSET + 12 * dp, 1);
        for (int panels = 1; panels <= 8; panels++) {
            float[] packed = values(5 + panels * Kernels.PANEL * dp, 1);
            float[] expected = values(7 + 12 * Kernels.TILE_STRIDE, 1);
            float[] actual = expected.clone();
            scalar.scores(users, OFFSET, dp, packed, 5, panels, expected, 7);
            simd.scores(users, OFFSET, dp, packed, 5, panels, actual, 7);
            same(expected, actual, 1e-6 * dp, "scores, panels " + panels);
            int stride = 20 * Kernels.PANEL;
            expected = values(7 + panels * stride, 1);
            actual = expected.clone();
            scalar.scores(users, OFFSET, dp, packed, 5, panels, expected, 7, stride, Kernels.PANEL);
            simd.scores(users, OFFSET, dp, packed, 5, panels, actual, 7, stride, Kernels.PANEL);
            same(expected, actual, 1e-6 * dp, "scores in panels, panels " + panels);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 48, 64, 80, 128})
    void scoresOfOneUserAgreeAndAreThoseOfATileBitForBit(int dp) {
        float[] users = values(OFFSET + 12 * dp, 1);
        float[] packedUsers = new float[3 + 12 * dp];
        simd.packUsers(users, OFFSET, dp, packedUsers, 3);
        for (int panels = 1; panels <= 8; panels++) {
            float[] packed = values(5 + panels * Kernels.PANEL * dp, 1);
            float[] tile = new float[12 * Kernels.TILE_STRIDE];
            simd.scores(packedUsers, 3, dp, packed, 5, panels, tile, 0);
            for (int r : new int[] {0, 7, 11}) {
                float[] expected = values(7 + 8 * Kernels.PANEL, 1);
                float[] actual = expected.clone();
                scalar.scoresOfOne(users, OFFSET + r * dp, dp, packed, 5, panels, expected, 7);
                simd.scoresOfOne(users, OFFSET + r * dp, dp, packed, 5, panels, actual, 7);
                same(expected, actual, 1e-6 * dp, "scores of one, panels " + panels);
                int at = r * Kernels.TILE_STRIDE;
                assertThat(Arrays.copyOfRange(actual, 7, 7 + panels * Kernels.PANEL))
                        .isEqualTo(Arrays.copyOfRange(tile, at, at + panels * Kernels.PANEL));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 48, 64, 80, 128})
    void usersProductAgrees(int dp) {
        for (int n : new int[] {1, 2, 31, 33, 100, 255, 256}) {
            int stride = 15 * Kernels.PANEL;
            float[] g = values(OFFSET + 8 * stride, 1);
            float[] items = values(5 + n * dp, 1);
            float[] expected = values(7 + 12 * dp + 9, 1);
            float[] actual = expected.clone();
            scalar.accumulateUsers(g, OFFSET, n, stride, items, 5, dp, expected, 7);
            simd.accumulateUsers(g, OFFSET, n, stride, items, 5, dp, actual, 7);
            same(expected, actual, 1e-6 * (10 + n), "users' product, n = " + n);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 48, 64, 80, 128})
    void itemsProductAgrees(int dp) {
        for (int count : new int[] {1, 11, 12, 13, 96}) {
            float[] g = values(OFFSET + 2 * count * Kernels.PANEL, 1);
            float[] users = values(5 + count * dp, 1);
            float[] expected = values(7 + Kernels.PANEL * dp + 9, 1);
            float[] actual = expected.clone();
            int ahead = OFFSET + count * Kernels.PANEL;
            scalar.accumulateItems(g, OFFSET, count, users, 5, dp, expected, 7, ahead);
            simd.accumulateItems(g, OFFSET, count, users, 5, dp, actual, 7, ahead);
            same(expected, actual, 1e-6 * (10 + count), "items' product, users " + count);
        }
    }

    @Test
    void adamAgreesAndTakesTheStepOfTheFormula() {
        for (int n : new int[] {16, 48, 128}) {
            float[] p = values(OFFSET + n + 8, 1);
            float[] g = values(5 + n, 1);
            float[] mean = values(7 + n + 8, 0.1);
            float[] square = positive(7 + n + 8);
            float[][] expected = {p.clone(), mean.clone(), square.clone()};
            scalar.adam(expected[0], OFFSET, g, 5, expected[1], expected[2], 7, n, 0.05f, 1.3f);
            simd.adam(p, OFFSET, g, 5, mean, square, 7, n, 0.05f, 1.3f);
            same(expected[0], p, 1e-6, "p");
            same(expected[1], mean, 1e-6, "mean");
            same(expected[2], square, 1e-6, "square");
        }
        // 1 - beta2 as a float is 0.00099998, so v is 1e-5 off.
        // m = 0.1 * 0.5 = 0.05, v = 0.001 * 0.25 = 0.00025, p = 1 - 0.2 * 0.05 / (2 sqrt(0.00025) + 1e-8)
        for (Kernels kernels : new Kernels[] {scalar, simd}) {
            float[] p = filled(1);
            float[] mean = new float[16];
            float[] square = new float[16];
            kernels.adam(p, 0, filled(0.5f), 0, mean, square, 0, 16, 0.2f, 2);
            assertThat((double) mean[15]).isCloseTo(0.05, within(1e-7));
            assertThat((double) square[15]).isCloseTo(0.00025, within(1e-8));
            assertThat((double) p[15]).isCloseTo(0.6837724, within(1e-5));
            float before = p[0];
            kernels.adam(p, 0, filled(0), 0, new float[16], new float[16], 0, 16, 0.2f, 2);
            assertThat(p[0]).as("no gradient, no step").isEqualTo(before);
        }
    }

    private static float[] filled(float value) {
        float[] values = new float[16];
        Arrays.fill(values, value);
        return values;
    }

    private float[] values(int n, double range) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = (float) random.nextDouble(-range, range);
        }
        return values;
    }

    private float[] positive(int n) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = (float) random.nextDouble(0.1, 2);
        }
        return values;
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    /** Relative to values of about 1; plain comparisons, because millions of assertion objects would take minutes. */
    private static void same(float[] expected, float[] actual, double tolerance, String what) {
        for (int k = 0; k < expected.length; k++) {
            if (!(Math.abs(actual[k] - expected[k]) <= tolerance * (1 + Math.abs(expected[k])))) {
                fail("%s: value %d is %s, expected %s", what, k, actual[k], expected[k]);
            }
        }
    }
}
