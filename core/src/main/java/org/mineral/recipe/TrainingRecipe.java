package org.mineral.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.loss.Losses;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.tune.preset.Preset;

/**
 * The complete configuration of a training except the data: algorithm, settings, preset, validation, retraining. The verb {@code train} is a
 * thin layer over this class, so the same recipe gives the same bits from Java and from the command line.
 *
 * <pre>{@code
 * TrainedModel trained = new TrainingRecipe()
 *         .dimension(128)
 *         .validation(HoldOut.parse("0.1"))
 *         .retrain()
 *         .train(data);
 * }</pre>
 *
 * <p>The default is matrix factorisation with the loss {@code mine+} on all of the training part, with settings from a short search on a
 * held-out tenth ({@link org.mineral.tune.auto.DefaultSearch}).
 * If the data have a validation part, training stops early on it. The test part is used only with {@link #paperProtocol}.
 *
 * <p>A builder: each method changes this recipe and returns it. Nothing is checked before {@link #prepare}. Not thread-safe.
 */
public final class TrainingRecipe {

    static final String SEED = "seed";
    static final String EPOCHS = "epochs";

    String algorithm = ModelSpec.DEFAULT;

    @Nullable
    String loss;

    final Map<String, String> given = new LinkedHashMap<>();

    @Nullable
    Preset preset;

    boolean presetDecided;
    boolean paper;

    @Nullable
    HoldOut heldOut;

    boolean retrain;
    boolean withValid;

    @Nullable
    Supplier<Model> teacher;

    final List<String> epochsNeededBy = new ArrayList<>();

    @Nullable
    Effort effort;

    @Nullable
    Double minutes;

    FitContext context = FitContext.defaults();

    /** @param name of an algorithm, one of {@link Algorithms#names()}; the default is {@code mf} */
    public TrainingRecipe algorithm(String name) {
        algorithm = name;
        return this;
    }

    /** @param name of a loss, one of {@link Losses#names()}; null for the preset's, or {@code mine+} */
    public TrainingRecipe loss(@Nullable String name) {
        loss = name;
        return this;
    }

    /** A setting of the algorithm or its loss, by public name; overrides the preset's. */
    public TrainingRecipe set(String name, Object value) {
        return set(Map.of(name, String.valueOf(value)));
    }

    /** Settings by public name, with values as text. */
    public TrainingRecipe set(Map<String, String> settings) {
        given.putAll(settings);
        return this;
    }

    /** Length of an embedding: the setting {@code dimension}. */
    public TrainingRecipe dimension(int dimension) {
        return set("dimension", dimension);
    }

    /** Passes over the users: the setting {@code epochs}. */
    public TrainingRecipe epochs(int epochs) {
        return set(EPOCHS, epochs);
    }

    /** Step size at the start: the setting {@code learning_rate}. */
    public TrainingRecipe learningRate(double learningRate) {
        return set("learning_rate", learningRate);
    }

    /** What similarities are divided by: the setting {@code temperature}. */
    public TrainingRecipe temperature(double temperature) {
        return set("temperature", temperature);
    }

    /** What a row is compared with, {@code all} or {@code uniform:4096}, say: the setting {@code candidates}. */
    public TrainingRecipe candidates(String candidates) {
        return set("candidates", candidates);
    }

    /** The seed of every random number, or of the division of the data where nothing else is drawn; 42 if nothing is said. */
    public TrainingRecipe seed(long seed) {
        return set(SEED, seed);
    }

    /**
     * The preset. The default is {@code auto} for the default algorithm if its rules apply: they cover the loss, and none of their settings
     * is given, because they belong together.
     *
     * @param chosen null for the loss's own defaults
     */
    public TrainingRecipe preset(@Nullable Preset chosen) {
        preset = chosen;
        presetDecided = true;
        return this;
    }

    /**
     * What may be spent on finding settings. The default is {@link Effort#NORMAL} for the default algorithm, with any loss, where nothing
     * says how to begin: no preset, nor one of the settings that {@code auto} gives or was not fitted with; unless there is a teacher,
     * which has seen what a search would hold out, or the epoch is chosen on the test part. Other algorithms are searched with {@link
     * Effort#NORMAL} if it is given here.
     */
    public TrainingRecipe effort(@Nullable Effort effort) {
        this.effort = effort;
        return this;
    }

    /**
     * The limit of a thorough search; null for none. How many trials there are depends on the machine then,
     * without a limit on data, settings and seed alone.
     */
    public TrainingRecipe minutes(@Nullable Double minutes) {
        this.minutes = minutes;
        return this;
    }

    /** Chooses the epoch on the test part, as papers do; see {@link org.mineral.tune.compare.PaperProtocol}. */
    public TrainingRecipe paperProtocol() {
        paper = true;
        return this;
    }

    /** The hold-out of each user's training interactions for early stopping; null for none. */
    public TrainingRecipe validation(@Nullable HoldOut part) {
        heldOut = part;
        return this;
    }

    /** Trains again afterwards on train and validation part together, for the best number of epochs. */
    public TrainingRecipe retrain() {
        retrain = true;
        return this;
    }

    /** Trains on training and validation part together, without early stopping. */
    public TrainingRecipe withValid() {
        withValid = true;
        return this;
    }

    /** A teacher, a model of the same data whose lists are learnt too; null for none. */
    public TrainingRecipe teacher(@Nullable Model model) {
        teacher = model == null ? null : () -> model;
        return this;
    }

    /** The directory of a teacher, which is loaded when training starts. */
    public TrainingRecipe teacher(Path directory) {
        teacher = () -> Models.load(directory);
        return this;
    }

    /** Where checkpoints are stored and the run resumes from; null for none. Algorithms without epochs have none. */
    public TrainingRecipe checkpoints(@Nullable Checkpoints kept) {
        context = context.withCheckpoints(kept);
        return this;
    }

    /** Requires an algorithm with epochs; {@code what} names the reason in the message. */
    public TrainingRecipe needsEpochs(String what) {
        epochsNeededBy.add(what);
        return this;
    }

    /** Number of threads; the default is one for each processor. Results do not depend on it. */
    public TrainingRecipe threads(int threads) {
        context = context.withThreads(threads);
        return this;
    }

    /** Receives progress and messages for the user. */
    public TrainingRecipe listener(FitListener listener) {
        context = context.withListener(listener);
        return this;
    }

    /** Adds what the caller knows of the data to the model's provenance. */
    public TrainingRecipe provenance(DataProvenance data) {
        context = context.with(data);
        return this;
    }

    /**
     * Adds a fact of the caller's own to the model's provenance.
     *
     * @throws IllegalArgumentException if Mineral itself has a fact of this name
     */
    public TrainingRecipe fact(String name, Object value) {
        context = context.withProvenance(context.provenance().withExtra(name, value));
        return this;
    }

    /** {@link #prepare} and {@link PreparedTraining#train}. */
    public TrainedModel train(Dataset data) {
        return prepare().train(data);
    }

    /** As above with data from a path or {@code builtin:tastes}, read with the options that the recipe needs. */
    public TrainedModel train(String pathOrBuiltin) {
        return provenance(DataProvenance.NONE.withSource(pathOrBuiltin))
                .prepare()
                .train(pathOrBuiltin);
    }

    /**
     * Checks and completes the recipe, except for what depends on the data.
     *
     * @throws InputException if parts of the recipe contradict each other, an algorithm does not support one, or a setting is unknown or
     *     out of range
     */
    public PreparedTraining prepare() {
        return new RecipeCheck(this).prepared();
    }
}
