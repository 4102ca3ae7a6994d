package org.mineral.algorithm.embedding.options;

import org.mineral.config.Config;

/**
 * Everything about a training run but the loss, in four groups. One declaration serves the command line, the docs, the tuner and
 * {@code model.json}, where all settings are one flat list of names; they are read flat here, too. Settings whose default is {@code
 * auto} are taken from the loss.
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

    /** See {@link EncoderOptions#dimension}. */
    public int dimension() {
        return encoder.dimension();
    }

    /** See {@link EncoderOptions#itemBias}. */
    public boolean itemBias() {
        return encoder.itemBias();
    }

    /** See {@link EncoderOptions#history}. */
    public double history() {
        return encoder.history();
    }

    /** See {@link EncoderOptions#historyExponent}. */
    public double historyExponent() {
        return encoder.historyExponent();
    }

    /** See {@link EncoderOptions#layers}. */
    public int layers() {
        return encoder.layers();
    }

    /** See {@link EncoderOptions#layerWeights}. */
    public String layerWeights() {
        return encoder.layerWeights();
    }

    /** See {@link EncoderOptions#edgeDropout}. */
    public double edgeDropout() {
        return encoder.edgeDropout();
    }

    /** See {@link ObjectiveOptions#similarity}. */
    public String similarity() {
        return objective.similarity();
    }

    /** See {@link ObjectiveOptions#temperature}. */
    public double temperature() {
        return objective.temperature();
    }

    /** See {@link ObjectiveOptions#temperatureRule}. */
    public TemperatureRule temperatureRule() {
        return objective.temperatureRule();
    }

    /** See {@link ObjectiveOptions#temperatureExponent}. */
    public double temperatureExponent() {
        return objective.temperatureExponent();
    }

    /** See {@link ObjectiveOptions#candidates}. */
    public String candidates() {
        return objective.candidates();
    }

    /** See {@link ObjectiveOptions#correction}. */
    public Correction correction() {
        return objective.correction();
    }

    /** See {@link ObjectiveOptions#collisions}. */
    public Collisions collisions() {
        return objective.collisions();
    }

    /** See {@link ObjectiveOptions#userWeight}. */
    public double userWeight() {
        return objective.userWeight();
    }

    /** See {@link ObjectiveOptions#candidateWeight}. */
    public double candidateWeight() {
        return objective.candidateWeight();
    }

    /** See {@link ObjectiveOptions#recency}. */
    public double recency() {
        return objective.recency();
    }

    /** See {@link ObjectiveOptions#teacherItems}. */
    public int teacherItems() {
        return objective.teacherItems();
    }

    /** See {@link ObjectiveOptions#teacherWeight}. */
    public double teacherWeight() {
        return objective.teacherWeight();
    }

    /** See {@link OptimizerOptions#epochs}. */
    public int epochs() {
        return optimization.epochs();
    }

    /** See {@link OptimizerOptions#stopAfter}. */
    public int stopAfter() {
        return optimization.stopAfter();
    }

    /** See {@link OptimizerOptions#learningRate}. */
    public double learningRate() {
        return optimization.learningRate();
    }

    /** See {@link OptimizerOptions#schedule}. */
    public org.mineral.optim.Schedule schedule() {
        return optimization.schedule();
    }

    /** See {@link OptimizerOptions#optimizer}. */
    public org.mineral.optim.Optimizer.Kind optimizer() {
        return optimization.optimizer();
    }

    /** See {@link OptimizerOptions#regularization}. */
    public double regularization() {
        return optimization.regularization();
    }

    /** See {@link OptimizerOptions#dropout}. */
    public double dropout() {
        return optimization.dropout();
    }

    /** See {@link OptimizerOptions#blockSize}. */
    public int blockSize() {
        return optimization.blockSize();
    }

    /** See {@link OptimizerOptions#averaging}. */
    public double averaging() {
        return optimization.averaging();
    }

    /** See {@link RunOptions#start}. */
    public Start start() {
        return run.start();
    }

    /** See {@link RunOptions#patience}. */
    public int patience() {
        return run.patience();
    }

    /** See {@link RunOptions#seed}. */
    public long seed() {
        return run.seed();
    }
}
