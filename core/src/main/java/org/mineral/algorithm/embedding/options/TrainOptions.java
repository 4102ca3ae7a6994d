package org.mineral.algorithm.embedding.options;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/**
 * Everything about a training run but the loss. One declaration serves the command line, the docs, the tuner and
 * {@code model.json}. Settings whose default is {@code auto} are taken from the loss.
 */
public record TrainOptions(
        @Setting(value = "64", min = 1, max = 4096, doc = "length of an embedding")
        int dimension,

        @Setting(value = "30", min = 0, max = 100000, doc = "passes over the users")
        int epochs,

        @Setting(
                value = "0",
                min = 0,
                max = 100000,
                doc = "epochs to run of those that the schedule is laid out for; 0: all")
        int stopAfter,

        @Setting(value = "0.05", min = 0, max = 1000, tune = "0.01:0.2:log", doc = "step size at the start")
        double learningRate,

        @Setting(value = "linear", doc = "how the step size goes on")
        org.mineral.optim.Schedule schedule,

        @Setting(value = "adam", doc = "update rule") org.mineral.optim.Optimizer.Kind optimizer,

        @Setting(value = "0", min = 0, max = 1000, doc = "L2: weight of half the squared norm of every row in a step")
        double regularization,

        @Setting(value = "0", min = 0, max = 0.99, doc = "share of the candidates' scores left out of a row at random")
        double dropout,

        @Setting(value = "480", min = 1, max = 1000000, doc = "users in a step")
        int blockSize,

        @Setting(value = "auto", doc = "all, uniform:M, popularity:M:alpha, in-batch, mixed:M; auto: the loss's own")
        String candidates,

        @Setting(value = "importance", doc = "weights of drawn candidates: importance (logQ) or none")
        Correction correction,

        @Setting(value = "keep", doc = "a positive among its user's candidates: keep it, or mask it out")
        Collisions collisions,

        @Setting(
                value = "auto",
                min = 0.001,
                max = 1000,
                tune = "0.05:0.5:log",
                doc = "t: scores are similarities divided by it")
        double temperature,

        @Setting(value = "fixed", doc = "t: as it is set, or in closed form out of the start's cosines")
        TemperatureRule temperatureRule,

        @Setting(value = "0", min = -2, max = 2, doc = "x: a user's t is t (n_u/g)^x, g the geometric mean of the n_u")
        double temperatureExponent,

        @Setting(value = "auto", doc = "cosine or dot; auto: the loss's own")
        String similarity,

        @Setting(value = "1", min = -2, max = 2, tune = "0:1", doc = "a: a user's weight is n_u^a")
        double userWeight,

        @Setting(
                value = "0",
                min = -2,
                max = 2,
                doc = "b: a candidate's weight is n_j^b; below 0, popular items are pushed down less")
        double candidateWeight,

        @Setting(value = "false", doc = "the last coordinate of the embeddings is an item's bias, added to its scores")
        boolean itemBias,

        @Setting(value = "0", min = 0, max = 100, doc = "c: a user's vector holds c/sqrt(n_u) times their items' sum")
        double history,

        @Setting(
                value = "0",
                min = -2,
                max = 2,
                doc = "b: an item's weight in a history is n_i^b; above 0, popular items say more of a user")
        double historyExponent,

        @Setting(
                value = "0",
                min = 0,
                max = 10,
                doc = "p: the k-th oldest of a user's n interactions counts ((k+1/2)/n)^p; 0: all count the same")
        double recency,

        @Setting(
                value = "0",
                min = 0,
                max = 100000,
                doc =
                        "first items of a teacher's list that stand in a user's row; 0: no teacher, or 10 where there is one")
        int teacherItems,

        @Setting(
                value = "0.1",
                min = 0.0001,
                max = 100,
                doc = "what each of these items counts, an interaction counting 1")
        double teacherWeight,

        @Setting(
                value = "0",
                min = 0,
                max = 100000,
                doc = "h: epochs over which the embeddings are averaged exponentially; 0: the last ones are taken")
        double averaging,

        @Setting(
                value = "0",
                min = 0,
                max = 32,
                doc = "K: embeddings are propagated K steps along the interactions (LightGCN); 0: plain factorisation")
        int layers,

        @Setting(
                value = "auto",
                doc = "a_0,...,a_K of the propagation: so many numbers, uniform, or auto: odd powers 1/4")
        String layerWeights,

        @Setting(
                value = "0",
                min = 0,
                max = 0.99,
                doc = "share of a user's items left out of their vector in a step, at random; with layers above 0")
        double edgeDropout,

        @Setting(
                value = "spectral",
                doc = "first embeddings: singular vectors of the interactions, or of a teacher's scores")
        Start start,

        @Setting(value = "5", min = 1, max = 100000, doc = "validations without a better one before stopping")
        int patience,

        @Setting(value = "42", doc = "seed of every random number")
        long seed) {

    public enum Correction {
        IMPORTANCE,
        NONE
    }

    public enum Collisions {
        KEEP,
        MASK
    }

    public enum TemperatureRule {
        FIXED,
        CLOSED_FORM
    }

    public enum Start {
        SPECTRAL,
        RANDOM
    }

    public TrainOptions {
        Config.check(
                TrainOptions.class,
                dimension,
                epochs,
                stopAfter,
                learningRate,
                schedule,
                optimizer,
                regularization,
                dropout,
                blockSize,
                candidates,
                correction,
                collisions,
                temperature,
                temperatureRule,
                temperatureExponent,
                similarity,
                userWeight,
                candidateWeight,
                itemBias,
                history,
                historyExponent,
                recency,
                teacherItems,
                teacherWeight,
                averaging,
                layers,
                layerWeights,
                edgeDropout,
                start,
                patience,
                seed);
    }

    public static TrainOptions defaults() {
        return Config.defaults(TrainOptions.class);
    }

    /** A copy with one setting, by its public name. */
    public TrainOptions with(String name, Object value) {
        return Config.with(this, name, value);
    }

    public TrainOptions withTemperature(double temperature) {
        return with("temperature", temperature);
    }

    public TrainOptions withEpochs(int epochs) {
        return with("epochs", epochs);
    }

    public TrainOptions withSeed(long seed) {
        return with("seed", seed);
    }
}
