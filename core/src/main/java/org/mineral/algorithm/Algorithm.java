package org.mineral.algorithm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.model.Model;

/**
 * Trains a model on interactions. Implementations have a public constructor without parameters, are stateless, and are found by
 * {@link java.util.ServiceLoader}: a new algorithm is a package and one line in {@code
 * META-INF/services/org.mineral.algorithm.Algorithm}. {@link Algorithms} finds them by name.
 *
 * <p>Settings are flat names and values outside, {@code S} inside. Four names have the same meaning in every algorithm; an algorithm with
 * epochs or random numbers must have them:
 *
 * <ul>
 *   <li>{@code epochs}: the length of the schedule.
 *   <li>{@code stop_after}: how many of these epochs to run; 0 for all.
 *   <li>{@code patience}: epochs without a better validation before a run stops early.
 *   <li>{@code seed}: of all random numbers.
 * </ul>
 *
 * <p>The same data, settings and seed give the same model, bit for bit, for any number of threads.
 *
 * @param <S> settings, immutable
 */
public interface Algorithm<S> {

    /** The name on the command line and in files, in kebab case. */
    String name();

    /** A description in one line. */
    String description();

    /** The source: authors, year, an identifier. */
    String source();

    /** The source of the chosen objective, which may differ from that of the algorithm. */
    default String source(S settings) {
        return source();
    }

    /** The formula that these settings minimise or compute, in the notation of {@code docs/reference/losses.md}; empty if there is none. */
    default String formula(S settings) {
        return "";
    }

    /**
     * Settings from text, the others at their defaults.
     *
     * @param given public names to values as text
     * @throws org.mineral.config.InputException for an unknown name, or a value out of range
     */
    S settings(Map<String, String> given);

    /** All effective settings by public name, with {@code auto} resolved. {@link #settings} reads them back. */
    Map<String, String> describe(S settings);

    /**
     * The settings with ranges, defaults and help.
     *
     * @param chosen settings that determine which others exist, such as the loss; others are ignored
     */
    List<Config.Description> parameters(Map<String, String> chosen);

    /**
     * Those of the given settings that have no effect with the others, with a sentence why. A caller either drops them with a note, or
     * refuses them.
     */
    default Map<String, String> unused(Map<String, String> given) {
        return Map.of();
    }

    /** Whether it needs the order in which each user's items were taken: their times, or the order of the file. */
    default boolean readsOrder(S settings) {
        return false;
    }

    /**
     * Whether it learns what comes next: its rows are places of sequences, and each user's last item judges it. Its default settings were measured
     * on sequences of several kinds.
     */
    default boolean predictsNext() {
        return false;
    }

    /** Whether it learns from attributes of users or items, where the data have them. */
    default boolean readsAttributes() {
        return needsAttributes();
    }

    /** Whether there is nothing for it to learn from data without attributes of items. */
    default boolean needsAttributes() {
        return false;
    }

    /** The class of its models, which determines their capabilities. */
    Class<? extends Model> modelType();

    /**
     * The work and memory of a run. Nothing large is allocated.
     *
     * @throws org.mineral.config.InputException if the run does not fit into memory, or the data lack something that it needs
     */
    Plan plan(Dataset data, S settings, FitContext context);

    /**
     * Trains a model on {@code data.train()}. The validation part may be used to choose among epochs; the model knows it, and leaves it out
     * of lists. The test part is not used.
     *
     * @throws org.mineral.config.InputException if the data or the context do not meet its requirements
     * @throws DivergedException if the training diverges
     */
    Fit<? extends Model> fit(Dataset data, S settings, FitContext context);

    /**
     * Whether it learns from interactions. One that does not, because it knows the truth that data were drawn from, is a ceiling for others,
     * and no choice of a search.
     */
    default boolean learns() {
        return true;
    }

    /** Whether its models have a capability, by their type or through {@link #capability}. */
    default boolean offers(Class<?> capability) {
        return capability.isAssignableFrom(modelType());
    }

    /**
     * A capability of one of its models that needs the algorithm, such as an update.
     *
     * @param model made by this algorithm, in this process or loaded
     */
    default <C> Optional<C> capability(Model model, Class<C> type) {
        return Optional.empty();
    }
}
