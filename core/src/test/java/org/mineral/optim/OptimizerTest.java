package org.mineral.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;

class OptimizerTest {

    private static final Kernels KERNELS = KernelProvider.best();
    private static final int WIDTH = 16;
    private static final float[] GRADIENTS = {0.5f, -0.2f, 0.3f};

    /*
     * p, m, v = 1.0, 0.0, 0.0
     * for k, g in enumerate([0.5, -0.2, 0.3], 1):
     *     m = 0.9 * m + 0.1 * g; v = 0.999 * v + 0.001 * g * g
     *     p -= 0.1 * (m / (1 - 0.9**k)) / (math.sqrt(v / (1 - 0.999**k)) + 1e-8); print(p)
     */
    @Test
    void adamTakesTheStepsOfAnIndependentComputation() {
        assertThat(steps(Optimizer.Kind.ADAM))
                .containsExactly(new double[] {0.900000002, 0.8654394181165108, 0.8109953836811554}, within(3e-6));
    }

    /*
     * p, s = 1.0, 0.0
     * for g in [0.5, -0.2, 0.3]:
     *     s += g * g; p -= 0.1 * g / (math.sqrt(s) + 1e-8); print(p)
     */
    @Test
    void adaGradTakesTheStepsOfAnIndependentComputation() {
        assertThat(steps(Optimizer.Kind.ADAGRAD))
                .containsExactly(new double[] {0.900000002, 0.9371390689457552, 0.8884726433960001}, within(1e-6));
    }

    @Test
    void gradientDescentMovesByRateTimesGradient() {
        assertThat(steps(Optimizer.Kind.SGD)).containsExactly(new double[] {0.95, 0.97, 0.94}, within(1e-6));
    }

    private static double[] steps(Optimizer.Kind kind) {
        Optimizer optimizer = Optimizer.of(kind, 3, WIDTH, KERNELS);
        float[] p = filled(1);
        double[] seen = new double[GRADIENTS.length];
        for (int k = 0; k < GRADIENTS.length; k++) {
            optimizer.step(1, p, 0, filled(GRADIENTS[k]), 0, WIDTH, 0.1);
            seen[k] = p[WIDTH - 1];
        }
        return seen;
    }

    @ParameterizedTest
    @EnumSource(Optimizer.Kind.class)
    void aRowsFirstStepDoesNotDependOnOtherRowsOrOnTheirNumberOfSteps(Optimizer.Kind kind) {
        Optimizer fresh = Optimizer.of(kind, 2, WIDTH, KERNELS);
        Optimizer used = Optimizer.of(kind, 2, WIDTH, KERNELS);
        float[] other = filled(3);
        for (int k = 0; k < 500; k++) {
            used.step(0, other, 0, filled(0.7f), 0, WIDTH, 0.01);
        }
        float[] expected = filled(1);
        float[] actual = filled(1);
        fresh.step(1, expected, 0, filled(0.25f), 0, WIDTH, 0.1);
        used.step(1, actual, 0, filled(0.25f), 0, WIDTH, 0.1);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void adamsFirstStepIsTheRateForEveryScaleOfGradients() {
        for (float g : new float[] {1e-4f, 1, 1e4f}) {
            float[] p = filled(0);
            Optimizer.of(Optimizer.Kind.ADAM, 1, WIDTH, KERNELS).step(0, p, 0, filled(g), 0, WIDTH, 0.1);
            assertThat((double) p[0]).isCloseTo(-0.1, within(1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource(Optimizer.Kind.class)
    void aQuadraticIsMinimisedAndOffsetsAreKept(Optimizer.Kind kind) {
        int rows = 3;
        int before = 5;
        Optimizer optimizer = Optimizer.of(kind, rows, WIDTH, KERNELS);
        float[] p = new float[before + rows * WIDTH + 4];
        float[] g = new float[7 + WIDTH];
        double rate = kind == Optimizer.Kind.ADAGRAD ? 0.8 : 0.1;
        int steps = 400;
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < rows; row++) {
                int at = before + row * WIDTH;
                for (int k = 0; k < WIDTH; k++) {
                    // of (1 + k/8)/2 (p - target)^2
                    g[7 + k] = (1 + k / 8f) * (p[at + k] - target(row, k));
                }
                optimizer.step(row, p, at, g, 7, WIDTH, rate * Schedule.LINEAR.factor(step / (double) steps));
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < WIDTH; k++) {
                assertThat((double) p[before + row * WIDTH + k]).isCloseTo(target(row, k), within(0.01));
            }
        }
        assertThat(Arrays.copyOf(p, before)).containsOnly(0);
        assertThat(Arrays.copyOfRange(p, p.length - 4, p.length)).containsOnly(0);
    }

    private static float target(int row, int k) {
        return row - k / 10f;
    }

    private static float[] filled(float value) {
        float[] values = new float[WIDTH];
        Arrays.fill(values, value);
        return values;
    }
}
