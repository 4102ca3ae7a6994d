package org.mineral.algorithm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.model.Model;

/**
 * A way to make a model from interactions. Implementations have a public constructor without parameters, hold no state, and are
 * found through {@link java.util.ServiceLoader}: a further algorithm is its own package and one line in {@code
 * META-INF/services/org.mineral.algorithm.Algorithm}. {@link Algorithms} has them by name.
 *
 * <p>Settings are flat names and values outside, {@code S} inside. Four names mean the same for every algorithm that has them, and an
 * algorithm whose runs consist of epochs or depend on random numbers has to have them:
 *
 * <ul>
 *   <li>{@code epochs}: the length of the schedule.
 *   <li>{@code stop_after}: how many of these epochs to run; 0 for all.
 *   <li>{@code patience}: epochs without a better validation before a run stops early.
 *   <li>{@code seed}: of every random number.
 * </ul>
 *
 * <p>The same data, settings and seed give the same model, bit for bit, for any number of threads.
 *
 * @param <S> settings, immutable
 */
public interface Algorithm<S> {

    /** The name on the command line and in files, in kebab case. */
    String name();

    /** One line for people. */
    String description();

    /** Where it comes from: authors, year, an identifier that can be looked up. */
    String source();

    /** Where what these settings choose comes from: an objective may have a source of its own. */
    default String source(S settings) {
        return source();
    }

    /** What these settings minimise or compute, in the notation of {@code docs/losses.md}; empty if no formula says it. */
    default String formula(S settings) {
        return "";
    }

    /**
     * Settings from text, the others at their defaults.
     *
     * @param given public names to values as a user writes them
     * @throws org.mineral.config.InputException for an unknown name, or a value out of range
     */
    S settings(Map<String, String> given);

    /** Everything in force by public name, with what {@code auto} stands for filled in. {@link #settings} reads it back. */
    Map<String, String> describe(S settings);

    /**
     * The settings there are, with ranges, defaults and help.
     *
     * @param chosen names to values that decide which others there are, such as a loss; others are ignored
     */
    List<Config.Description> parameters(Map<String, String> chosen);

    /**
     * Which of the names given change nothing beside the others, and why, in a sentence for people: with another choice they would. A
     * caller either leaves them out, and says so, or refuses them.
     */
    default Map<String, String> unused(Map<String, String> given) {
        return Map.of();
    }

    /** The type of the models that it makes. What the type can do, all of them can. */
    Class<? extends Model> modelType();

    /**
     * What a run would do, and its memory. Nothing large is allocated.
     *
     * @throws org.mineral.config.InputException if the run does not fit into memory, or the data lack what it needs
     */
    Plan plan(Dataset data, S settings, FitContext context);

    /**
     * Makes a model of {@code data.train()}. The validation part may choose among epochs; the model knows it, and leaves it out of
     * lists. The test part is not looked at.
     *
     * @throws org.mineral.config.InputException if the data or the context are not what it needs
     * @throws DivergedException if the numbers leave the finite ones
     */
    Fit<? extends Model> fit(Dataset data, S settings, FitContext context);

    /** Whether its models have a capability, by their type or through {@link #capability}. */
    default boolean offers(Class<?> capability) {
        return capability.isAssignableFrom(modelType());
    }

    /**
     * What one of its models can do only with the algorithm's knowledge, such as an update.
     *
     * @param model that this algorithm made, in this process or loaded
     */
    default <C> Optional<C> capability(Model model, Class<C> type) {
        return Optional.empty();
    }
}
