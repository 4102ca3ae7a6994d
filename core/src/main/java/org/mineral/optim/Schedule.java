package org.mineral.optim;

/** The learning rate over a run, relative to its start. */
public enum Schedule {
    CONSTANT {
        @Override
        public double factor(double progress) {
            return 1;
        }
    },
    /** Falls linearly to 0. */
    LINEAR {
        @Override
        public double factor(double progress) {
            return 1 - progress;
        }
    },
    /** Half a cosine from 1 to 0 (Loshchilov and Hutter 2017, without restarts). */
    COSINE {
        @Override
        public double factor(double progress) {
            return 0.5 * (1 + Math.cos(Math.PI * progress));
        }
    },
    /** {@link #COSINE} after a warm-up over the first fifth (as in Smith and Topin 2018), which allows higher learning rates. */
    ONE_CYCLE {
        @Override
        public double factor(double progress) {
            return COSINE.factor(progress) * Math.min(1, FIRST + (1 - FIRST) * progress / RISE);
        }
    };

    private static final double RISE = 0.2;
    private static final double FIRST = 0.04;

    /** The factor at {@code progress}, the fraction in [0, 1] of the steps that are done. */
    public abstract double factor(double progress);
}
