package org.mineral.optim;

/** The learning rate over a run, as a factor of the first. */
public enum Schedule {
    CONSTANT {
        @Override
        public double factor(double progress) {
            return 1;
        }
    },
    /** Falls in a straight line to 0. */
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
    };

    /** The factor when the share {@code progress} in [0, 1] of the steps is done. */
    public abstract double factor(double progress);
}
