package org.mineral.algorithm.ials;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** Settings of {@link Ials}. */
public record IalsSettings(
        @Setting(value = "64", min = 1, max = 4096, doc = "length of a vector")
        int dimension,

        @Setting(value = "12", min = 1, max = 1000, doc = "times that users and items are solved in turn")
        int sweeps,

        @Setting(
                value = "0.1",
                min = 1e-6,
                max = 1e3,
                tune = "0.003:1:log",
                doc =
                        "weight of the square of every score, the unobserved pairs' included; an interaction has weight 1")
        double alpha0,

        @Setting(value = "6", min = 1e-9, max = 1e6, tune = "0.5:50:log", doc = "weight of the squared vectors")
        double l2,

        @Setting(
                value = "0",
                min = 0,
                max = 1,
                doc =
                        "power of the number of interactions that l2 grows with; 0: the same l2 for all; with 1, an l2 of 0.001 to 0.01 is usual")
        double nu,

        @Setting(
                value = "3",
                min = 0,
                max = 1000,
                doc = "steps of conjugate gradients for each row in a sweep; 0: exact solutions")
        int steps,

        @Setting(
                value = "128",
                min = 16,
                max = 4096,
                level = Setting.Level.EXPERT,
                doc =
                        "coordinates that are solved together where rows are solved exactly; vectors that are longer are solved block by block")
        int blockSize,

        @Setting(value = "spectral", doc = "the first vectors: leading singular vectors, or random")
        Start start,

        @Setting(
                value = "0",
                min = 0,
                max = 4,
                doc = "an interaction has its rating to this power as its weight; 0: all count alike")
        double ratingPower,

        @Setting(value = "1", min = 0, max = 9e15, doc = "of the first vectors")
        long seed) {

    /** The first vectors. */
    public enum Start {
        SPECTRAL,
        RANDOM
    }

    public IalsSettings {
        Config.check(IalsSettings.class, dimension, sweeps, alpha0, l2, nu, steps, blockSize, start, ratingPower, seed);
    }
}
