package org.mineral.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.loss.Losses;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.Provenance;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.Presets;

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

    private static final String TEACHER_ITEMS = "teacher_items";

    private String algorithm = ModelSpec.DEFAULT;
    private @Nullable String loss;
    private final Map<String, String> given = new LinkedHashMap<>();
    private @Nullable Preset preset;
    private boolean presetDecided;
    private boolean paper;
    private @Nullable HoldOut heldOut;
    private boolean retrain;
    private boolean withValid;
    private @Nullable Supplier<Model> teacher;
    private final List<String> epochsNeededBy = new ArrayList<>();
    private @Nullable Effort effort;
    private FitContext context = FitContext.defaults();

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
     * What may be spent on finding settings. Without a word it is {@link Effort#NORMAL} where the preset {@code auto} begins because nothing
     * was said,
     * unless there is a teacher, which has seen what a search would hold out, or the epoch is chosen on the test part.
     */
    public TrainingRecipe effort(@Nullable Effort effort) {
        this.effort = effort;
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

    /** A fact for the model's provenance. */
    public TrainingRecipe fact(String name, Object value) {
        return facts(Map.of(name, value));
    }

    /** Facts for the model's provenance. */
    public TrainingRecipe facts(Map<String, ?> more) {
        context = context.withFacts(more);
        return this;
    }

    /** {@link #prepare} and {@link PreparedTraining#train}. */
    public TrainedModel train(Dataset data) {
        return prepare().train(data);
    }

    /** As above with data from a path or {@code builtin:tastes}, read with the options that the recipe needs. */
    public TrainedModel train(String pathOrBuiltin) {
        return fact(Provenance.SOURCE, pathOrBuiltin).prepare().train(pathOrBuiltin);
    }

    /**
     * Checks and completes the recipe, except for what depends on the data.
     *
     * @throws InputException if parts of the recipe contradict each other, an algorithm does not support one, or a setting is unknown or
     *     out of range
     */
    public PreparedTraining prepare() {
        SelectionProtocol protocol = protocol();
        Map<String, String> settings = new LinkedHashMap<>(given);
        ModelSpec plain = ModelSpec.of(Algorithms.of(algorithm).name());
        String drawn = plain.configured().has(SEED) ? null : settings.remove(SEED);
        refuseUseless(plain, settings);
        ModelSpec spec = plain.with(settings);
        String named = named(plain);
        if (named != null) {
            spec = spec.with(ModelSpec.LOSS, named);
        }
        boolean byDefault = leavesPresetOpen(spec);
        boolean searches = effort != Effort.QUICK && byDefault && teacher == null && !paper;
        if (effort == Effort.NORMAL && !searches) {
            throw new InputException(
                    "an effort of normal searches for settings where nothing says how to begin; here a preset, a"
                            + " teacher, another algorithm, the protocol paper or one of the settings "
                            + String.join(
                                    ", ",
                                    new AutoPreset()
                                            .names(ModelSpec.of(ModelSpec.DEFAULT)
                                                    .loss())) + " does. Leave that out, or the effort.");
        }
        SelectionProtocol agreed = byDefault ? protocol.preset(new AutoPreset()) : protocol;
        Map<String, String> unused = Algorithms.of(spec.algorithm()).unused(spec.settings());
        unused.values().forEach(why -> context.listener().note("note: " + why));
        Map<String, String> used = new LinkedHashMap<>(spec.settings());
        used.keySet().removeAll(unused.keySet());
        spec = new ModelSpec(spec.algorithm(), used);
        spec.configured();
        Preset begun = agreed.preset();
        if (begun != null) {
            Presets.check(begun, List.of(Preset.key(spec)));
        }
        return new PreparedTraining(
                spec,
                agreed,
                byDefault,
                searches,
                given.containsKey(EPOCHS),
                drawn,
                new TrainingParts(heldOut, retrain, withValid),
                teacher,
                context);
    }

    private SelectionProtocol protocol() {
        if (withValid && heldOut != null) {
            throw new InputException("training on the validation part leaves nothing to stop by; leave out the setting"
                    + " with_valid or the setting validation.");
        }
        if (teacher != null && retrain) {
            throw new InputException("the setting retrain trains again on the validation part, which a teacher of the"
                    + " first training must not have seen. Find the epoch without it, then train teacher and student"
                    + " with the setting with_valid.");
        }
        HoldOut.Order order = heldOut == null ? HoldOut.Order.RANDOM : heldOut.order();
        SelectionProtocol chosen =
                SelectionProtocol.DEFAULTS.preset(preset).heldOut(order).retrained(retrain);
        SelectionProtocol protocol = paper ? chosen.paper() : chosen;
        if (withValid && paper) {
            throw new InputException(
                    "the protocol paper trains on the valid part anyway; leave the setting with_valid" + " out.");
        }
        return protocol;
    }

    /** The given loss, or the first that the preset covers; otherwise null. */
    private @Nullable String named(ModelSpec plain) {
        boolean among = given.containsKey(ModelSpec.LOSS);
        if (loss != null && among) {
            throw new InputException("the loss is given twice, by itself and among the settings; give it once.");
        }
        if (loss != null || among || preset == null || plain.loss().isEmpty()) {
            return loss;
        }
        return preset.losses().stream()
                .filter(Losses.names()::contains)
                .findFirst()
                .orElse(null);
    }

    private boolean leavesPresetOpen(ModelSpec spec) {
        Set<String> names = new HashSet<>(spec.settings().keySet());
        names.removeAll(Set.of(ModelSpec.LOSS, SEED));
        return !presetDecided && algorithm.equals(ModelSpec.DEFAULT) && AutoPreset.fits(spec.loss(), names);
    }

    /** @throws InputException for parts that the algorithm does not support; nothing is silently ignored */
    private void refuseUseless(ModelSpec plain, Map<String, String> settings) {
        ConfiguredAlgorithm<?> configured = plain.configured();
        boolean iterative = configured.has(EPOCHS);
        List<String> useless = new ArrayList<>();
        if (loss != null && plain.loss().isEmpty()) {
            useless.add("the setting loss");
        }
        if (plain.parameters().isEmpty()) {
            settings.keySet().forEach(name -> useless.add("the setting " + name));
        }
        if (preset != null && plain.loss().isEmpty() && !preset.losses().contains(plain.algorithm())) {
            useless.add("the setting preset");
        }
        if (paper && !iterative) {
            useless.add("the setting protocol paper");
        }
        if (!iterative) {
            epochsNeededBy.forEach(what -> useless.add("the setting " + what));
        }
        if (teacher != null && !configured.has(TEACHER_ITEMS)) {
            useless.add("the setting teacher");
        }
        if (!useless.isEmpty()) {
            List<String> able = Algorithms.names().stream()
                    .filter(name -> ModelSpec.of(name).configured().has(EPOCHS))
                    .toList();
            throw new InputException(plain.algorithm() + " has no use for " + String.join(", ", useless)
                    + ". Leave that out, or train a model that is trained in epochs by a loss: "
                    + String.join(", ", able)
                    + ".");
        }
    }
}
