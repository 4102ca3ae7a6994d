package org.mineral.algorithm.embedding.options;

import org.mineral.config.Config;

/**
 * Everything about a training run but the loss, in four groups. One declaration serves the command line, the docs, the tuner and
 * {@code model.json}, where all settings are one flat list of names. Settings whose default is {@code auto} are taken from the loss.
 *
 * @param encoder how vectors are made of parameters
 * @param objective what is minimised beside the loss
 * @param optimization how the parameters move, and for how long
 * @param run where a run begins, when it ends early, and its random numbers
 */
public record TrainOptions(
        EncoderOptions encoder, ObjectiveOptions objective, OptimizerOptions optimization, RunOptions run) {

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

    public static TrainOptions defaults() {
        return Config.defaults(TrainOptions.class);
    }

    /**
     * A copy with one setting, by its public name.
     *
     * @throws org.mineral.config.InputException for an unknown name, or a value out of range
     */
    public TrainOptions with(String name, Object value) {
        return Config.with(this, name, value);
    }

    /** For going on with vectors that are trained already: each group as it is once they are made. */
    public TrainOptions plain() {
        return new TrainOptions(encoder.plain(), objective.plain(), optimization.plain(), run);
    }

    /** Length of an embedding. */
    public TrainOptions withDimension(int dimension) {
        return with("dimension", dimension);
    }

    /** Passes over the users. */
    public TrainOptions withEpochs(int epochs) {
        return with("epochs", epochs);
    }

    /** Step size at the start. */
    public TrainOptions withLearningRate(double learningRate) {
        return with("learning_rate", learningRate);
    }

    /** t: scores are similarities divided by it. */
    public TrainOptions withTemperature(double temperature) {
        return with("temperature", temperature);
    }

    /** {@code all}, {@code uniform:4096}, .... */
    public TrainOptions withCandidates(String candidates) {
        return with("candidates", candidates);
    }

    /** Seed of every random number. */
    public TrainOptions withSeed(long seed) {
        return with("seed", seed);
    }
}
