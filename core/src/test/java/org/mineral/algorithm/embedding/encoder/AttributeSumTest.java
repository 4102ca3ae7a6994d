package org.mineral.algorithm.embedding.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

class AttributeSumTest {

    private static final int ROWS = 300;
    private static final int ATTRIBUTES = 150;
    private static final int D = 6;
    private static final Kernels KERNELS = KernelProvider.best();
    private static final SparseMatrix X = x();
    private static final float[] SCALES = scales();

    private static SparseMatrix x() {
        SplittableRandom random = new SplittableRandom(1);
        int[][] rows = IntStream.range(0, ROWS)
                .mapToObj(
                        i -> random.ints(random.nextInt(6), 0, ATTRIBUTES - 10).toArray())
                .toArray(int[][]::new);
        Interactions entries = Interactions.of(ATTRIBUTES, rows);
        float[] values = new float[entries.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextDouble(-1, 2);
        }
        return new SparseMatrix(entries, values);
    }

    private static float[] scales() {
        float[] scales = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            scales[i] = i % 4 / 4f;
        }
        return scales;
    }

    private static Matrix random(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = new Matrix(rows, D);
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < D; k++) {
                matrix.set(row, k, (float) random.nextDouble(-1, 1));
            }
        }
        return matrix;
    }

    private static AttributeSum of(Matrix own, Matrix w, Workers workers) {
        return of(own, w, false, workers);
    }

    private static AttributeSum of(Matrix own, Matrix w, boolean biased, Workers workers) {
        TrainOptions sgd = TrainOptions.defaults().with("optimizer", "sgd");
        return new AttributeSum(
                new TableEncoder(new ParameterTable(own, sgd, KERNELS)),
                X,
                SCALES,
                biased,
                new ParameterTable(w, sgd, KERNELS),
                workers,
                KERNELS);
    }

    /** One step of gradient descent of rate 1 on {@code <e, g>}, for the rows that are marked. */
    private static void step(AttributeSum sum, Matrix g, boolean[] marked) {
        StepContext step = StepContext.ofRate(1);
        sum.prepare(step);
        for (int first = 0; first < ROWS; first += Kernels.STRIP) {
            RowSet rows = RowSet.of(first, Math.min(Kernels.STRIP, ROWS - first));
            System.arraycopy(marked, first, rows.marked, 0, rows.count());
            float[] gradients =
                    Arrays.copyOfRange(g.values(), g.offset(first), g.offset(first) + rows.count() * g.stride());
            sum.backward(rows, gradients, step);
        }
        sum.step(step);
    }

    private static boolean[] all() {
        boolean[] all = new boolean[ROWS];
        Arrays.fill(all, true);
        return all;
    }

    private static double product(Matrix a, Matrix b) {
        double sum = 0;
        for (int row = 0; row < a.rows(); row++) {
            for (int k = 0; k < D; k++) {
                sum += (double) a.get(row, k) * b.get(row, k);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aVectorIsTheSumOfItsOwnAndItsAttributesAndABiasItsOwn(boolean biased) {
        Matrix own = random(ROWS, 2);
        Matrix w = random(ATTRIBUTES, 3);
        try (Workers workers = new Workers(2)) {
            Matrix vectors = of(own, w, biased, workers).snapshot();
            for (int i = 0; i < ROWS; i++) {
                for (int k = 0; k < D; k++) {
                    double expected = SCALES[i] * own.get(i, k);
                    for (int a = 0; a < ATTRIBUTES; a++) {
                        expected += X.get(i, a) * w.get(a, k);
                    }
                    assertThat((double) vectors.get(i, k))
                            .isCloseTo(biased && k == D - 1 ? own.get(i, k) : expected, within(1e-5));
                }
            }
        }
    }

    /** By central differences in a random direction of W and of the own vectors at once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void derivativesAreThoseOfTheValues(boolean biased) {
        Matrix own = random(ROWS, 2);
        Matrix w = random(ATTRIBUTES, 3);
        Matrix ownWay = random(ROWS, 4);
        Matrix wWay = random(ATTRIBUTES, 5);
        Matrix g = random(ROWS, 6);
        double h = 0.5;
        try (Workers workers = new Workers(2)) {
            double ahead = product(
                    of(plus(own, h, ownWay), plus(w, h, wWay), biased, workers).snapshot(), g);
            double behind = product(
                    of(plus(own, -h, ownWay), plus(w, -h, wWay), biased, workers)
                            .snapshot(),
                    g);
            Matrix ownBefore = own.copy();
            Matrix wBefore = w.copy();
            step(of(own, w, biased, workers), g, all());
            double derivative = product(plus(ownBefore, -1, own), ownWay) + product(plus(wBefore, -1, w), wWay);
            assertThat(derivative).isCloseTo((ahead - behind) / (2 * h), within(1e-3));
            assertThat(Math.abs(derivative)).isGreaterThan(1);
        }
    }

    private static Matrix plus(Matrix a, double h, Matrix b) {
        Matrix sum = a.copy();
        for (int row = 0; row < a.rows(); row++) {
            for (int k = 0; k < D; k++) {
                sum.set(row, k, (float) (a.get(row, k) + h * b.get(row, k)));
            }
        }
        return sum;
    }

    @Test
    void rowsThatAreNotInTheStepPassNothing() {
        Matrix w = random(ATTRIBUTES, 3);
        Matrix before = w.copy();
        boolean[] one = new boolean[ROWS];
        one[277] = true;
        Matrix g = random(ROWS, 6);
        try (Workers workers = new Workers(2)) {
            AttributeSum sum = of(random(ROWS, 2), w, workers);
            step(sum, g, all());
            System.arraycopy(before.values(), 0, w.values(), 0, before.values().length);
            step(sum, g, one);
        }
        for (int a = 0; a < ATTRIBUTES; a++) {
            for (int k = 0; k < D; k++) {
                assertThat((double) before.get(a, k) - w.get(a, k))
                        .isCloseTo(X.get(277, a) * g.get(277, k), within(1e-6));
            }
        }
    }

    @Test
    void threadsChangeNothing() {
        Matrix[] results = new Matrix[2];
        for (int run = 0; run < 2; run++) {
            results[run] = random(ATTRIBUTES, 3);
            try (Workers workers = new Workers(1 + 2 * run)) {
                step(of(random(ROWS, 2), results[run], workers), random(ROWS, 6), all());
            }
        }
        assertThat(results[1].values()).isEqualTo(results[0].values());
    }

    /** Rows 0 and 1 have attribute 0, row 0 also attribute 1: weights ln(1 + 2/2) and 2 ln(1 + 2/1), then length 3. */
    @Test
    void attributesAreWeightedByTheirRarityAndRowsHaveOneLength() {
        SparseMatrix given = new SparseMatrix(Interactions.of(2, new int[][] {{0, 1}, {0}, {}}), new float[] {1, 2, 5});
        SparseMatrix weighted = AttributeLayers.weighted(given, 3);
        double common = Math.log(2);
        double rare = 2 * Math.log(3);
        assertThat((double) weighted.get(0, 0)).isCloseTo(3 * common / Math.hypot(common, rare), within(1e-6));
        assertThat((double) weighted.get(0, 1)).isCloseTo(3 * rare / Math.hypot(common, rare), within(1e-6));
        assertThat((double) weighted.get(1, 0)).isCloseTo(3, within(1e-6));
    }
}
