package org.mineral.loss.row;

/**
 * How one candidate's score s_j enters a row: the function phi of a sum {@code sum_j w_j phi(s_j)}. The functions defined here have fast
 * kernels; any other implementation is computed score by score through {@link #value} and {@link #derivative}. Immutable and thread-safe.
 */
public interface Phi {

    /** phi(s) = e^s. Rows hold the logarithm of its sum. */
    Phi EXP = Standard.EXP;

    /** phi(s) = s^2. */
    Phi SQUARE = Standard.SQUARE;

    /** phi(s) = log(1 + e^s). */
    Phi SOFTPLUS = Standard.SOFTPLUS;

    /** phi(s) = max(0, s - m). */
    static Phi hinge(double margin) {
        return new Hinge(margin);
    }

    /** phi(s) = log(1 + e^{s - b}). */
    static Phi softplus(double origin) {
        return origin == 0 ? SOFTPLUS : new Softplus(origin);
    }

    /** phi(s) = sg(s)^p with sg(s) = 1/(1 + e^-s). */
    static Phi sigmoidPower(double p) {
        return new SigmoidPower(p);
    }

    /** phi(s), finite for finite s. */
    double value(double s);

    /** phi'(s). */
    double derivative(double s);

    /** A score at which phi and phi' are 0 in single precision: it takes the place of candidates that are masked out. */
    default double vanishing() {
        return -1e30;
    }

    /** The functions without a parameter. */
    enum Standard implements Phi {
        EXP {
            @Override
            public double value(double s) {
                return Math.exp(s);
            }

            @Override
            public double derivative(double s) {
                return Math.exp(s);
            }
        },
        SQUARE {
            @Override
            public double value(double s) {
                return s * s;
            }

            @Override
            public double derivative(double s) {
                return 2 * s;
            }

            @Override
            public double vanishing() {
                return 0;
            }
        },
        SOFTPLUS {
            @Override
            public double value(double s) {
                return Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
            }

            @Override
            public double derivative(double s) {
                return 1 / (1 + Math.exp(-s));
            }
        }
    }

    /** @param margin m */
    record Hinge(double margin) implements Phi {

        @Override
        public double value(double s) {
            return Math.max(0, s - margin);
        }

        @Override
        public double derivative(double s) {
            return s > margin ? 1 : 0;
        }
    }

    /** @param origin b */
    record Softplus(double origin) implements Phi {

        @Override
        public double value(double s) {
            return SOFTPLUS.value(s - origin);
        }

        @Override
        public double derivative(double s) {
            return SOFTPLUS.derivative(s - origin);
        }
    }

    /** @param p above 0, at most 60: then powers of cosines' sigmoids, at least 0.26, are numbers of single precision */
    record SigmoidPower(double p) implements Phi {

        public SigmoidPower {
            if (!(p > 0 && p <= 60)) {
                throw new IllegalArgumentException("p = " + p + "; allowed: above 0, at most 60");
            }
        }

        @Override
        public double value(double s) {
            return Math.exp(-p * SOFTPLUS.value(-s));
        }

        @Override
        public double derivative(double s) {
            return p * value(s) * SOFTPLUS.derivative(-s);
        }
    }
}
