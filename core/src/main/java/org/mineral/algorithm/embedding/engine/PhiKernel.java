package org.mineral.algorithm.embedding.engine;

import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Phi;

/** A {@link Phi} in single precision, over a row of scores in place. Which of the {@link Kernels} computes which phi is said here only. */
@FunctionalInterface
interface PhiKernel {

    /**
     * s[j] becomes {@code w_j phi'(s_j - origin)}; entry j is at {@code so + (j / PANEL) * stride + j % PANEL}.
     *
     * @param origin for {@link Phi#EXP} no less than the largest score less 88, see {@link Kernels#exp}
     * @param w null: all ones
     * @return {@code sum_j w_j phi(s_j - origin)}
     */
    double apply(float[] s, int so, int n, int stride, float origin, float @Nullable [] w, int wo);

    static PhiKernel of(Phi phi, Kernels kernels) {
        if (phi instanceof Phi.Hinge hinge) {
            float margin = (float) hinge.margin();
            return (s, so, n, stride, origin, w, wo) -> kernels.hinge(s, so, n, stride, margin + origin, w, wo);
        }
        if (phi instanceof Phi.Softplus softplus) {
            float shift = (float) softplus.origin();
            return (s, so, n, stride, origin, w, wo) -> kernels.softplus(s, so, n, stride, shift + origin, w, wo);
        }
        if (phi instanceof Phi.SigmoidPower power) {
            float p = (float) power.p();
            return (s, so, n, stride, origin, w, wo) -> kernels.sigmoidPower(s, so, n, stride, origin, p, w, wo);
        }
        if (phi instanceof Phi.Standard standard) {
            return switch (standard) {
                case EXP -> kernels::exp;
                case SOFTPLUS -> kernels::softplus;
                case SQUARE ->
                    (s, so, n, stride, origin, w, wo) -> {
                        subtract(s, so, n, stride, origin);
                        return kernels.square(s, so, n, stride, w, wo);
                    };
            };
        }
        return (s, so, n, stride, origin, w, wo) -> oneByOne(phi, s, so, n, stride, origin, w, wo);
    }

    private static void subtract(float[] s, int so, int n, int stride, float origin) {
        for (int j = 0; j < n && origin != 0; j++) {
            s[at(so, j, stride)] -= origin;
        }
    }

    private static double oneByOne(
            Phi phi, float[] s, int so, int n, int stride, float origin, float @Nullable [] w, int wo) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            int at = at(so, j, stride);
            double x = (double) s[at] - origin;
            double weight = w == null ? 1 : w[wo + j];
            s[at] = weight == 0 ? 0 : (float) (weight * phi.derivative(x));
            sum += weight == 0 ? 0 : weight * phi.value(x);
        }
        return sum;
    }

    private static int at(int so, int j, int stride) {
        return so + j / Kernels.PANEL * stride + j % Kernels.PANEL;
    }
}
