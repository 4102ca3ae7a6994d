package org.mineral.linalg.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.mineral.linalg.Kernels;

/** Sums have one order, in the interpreter as in compiled code: a run repeats to the bit whenever the compiler comes. */
class VectorHalvesTest {

    private static final int L = FloatVector.SPECIES_PREFERRED.length();
    private static final int CALLS = 30_000;

    @Test
    void aDotProductHasTheBitsOfItsDefinition() {
        Kernels kernels = new VectorKernels();
        int n = 4 * L;
        float[] a = new float[n];
        float[] b = new float[n];
        SplittableRandom random = new SplittableRandom(5);
        for (int call = 0; call < CALLS; call++) {
            fill(a, random);
            fill(b, random);
            float[] lanes = new float[L];
            for (int k = 0; k < n; k++) {
                lanes[k % L] = Math.fma(a[k], b[k], lanes[k % L]);
            }
            float dot = kernels.dot(a, 0, b, 0, n);
            assertThat(Float.floatToIntBits(dot)).isEqualTo(Float.floatToIntBits(halves(lanes)));
        }
    }

    @Test
    void aRowsSumKeepsItsBitsWhenItsLoopIsCompiled() {
        Kernels kernels = new VectorKernels();
        float[] row = new float[4 * Kernels.PANEL];
        fill(row, new SplittableRandom(7));
        double[] first = sums(kernels, row);
        for (int call = 0; call < CALLS; call++) {
            assertThat(sums(kernels, row)).isEqualTo(first);
        }
    }

    private static double[] sums(Kernels kernels, float[] row) {
        int n = row.length;
        int panel = Kernels.PANEL;
        return new double[] {
            kernels.exp(row.clone(), 0, n, panel, 1, null, 0),
            kernels.hinge(row.clone(), 0, n, panel, 0.1f, null, 0),
            kernels.square(row.clone(), 0, n, panel, null, 0),
            kernels.softplus(row.clone(), 0, n, panel, 0, null, 0)
        };
    }

    private static void fill(float[] to, SplittableRandom random) {
        for (int k = 0; k < to.length; k++) {
            to[k] = (float) random.nextDouble(-1, 1);
        }
    }

    private static float halves(float[] lanes) {
        float[] sum = lanes.clone();
        for (int half = L / 2; half > 0; half /= 2) {
            for (int k = 0; k < half; k++) {
                sum[k] += sum[k + half];
            }
        }
        return sum[0];
    }
}
