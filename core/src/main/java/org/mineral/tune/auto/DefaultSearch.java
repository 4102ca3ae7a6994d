package org.mineral.tune.auto;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Preset;

/**
 * Measures what the rules of {@link AutoPreset} can only guess: temperature, dimension, item bias, and a few more settings.
 *
 * <ol>
 *   <li>A tenth of the training interactions is held out, unless the data have a validation part: the latest where there are
 *       times, or each user's last if hardly anyone has both earlier and later ones; otherwise any, and several times where users are few. Where the training
 *       takes long, trials run fewer epochs, and on a sample of the users; all items stay.
 *   <li>The rule's settings are the first trial. Each further one ends as soon as its height and its slope together cannot reach the
 *       best one so far ({@link EarlyStopping}).
 *   <li>{@link CoordinateSearch} changes one setting, or two that hang together, at a time.
 *   <li>A change is taken if it gains at least 1 % of NDCG@20 and 1.5 standard errors of the users' paired differences. Where settings
 *       cannot be told apart, the simpler ones stay.
 * </ol>
 *
 * <p>The arithmetic of all trainings together is at most that of the training that is chosen, or 1,000 Gflop where that is less, which is
 * ten to fifteen seconds of two cores. It is counted, not measured: the same data, settings and seed give the same choice on any
 * number of threads, and through a kill ({@link #checkpoints}).
 *
 * <p>Immutable; the methods give changed copies.
 */
public final class DefaultSearch {

    private static final String SEED = "seed";

    /** A search no longer than the training, or 1,000 Gflop. */
    private static final CoordinateSearch.Limits LIMITS = new CoordinateSearch.Limits(1000, 1, 4);

    private final ModelSpec given;
    private final Preset beginning;
    private final CoordinateSearch.Limits limits;
    private final CoordinateSearch.Conditions conditions;
    private final @Nullable Path log;

    private DefaultSearch(
            ModelSpec given,
            Preset beginning,
            CoordinateSearch.Limits limits,
            CoordinateSearch.Conditions conditions,
            @Nullable Path log) {
        this.given = given;
        this.beginning = beginning;
        this.limits = limits;
        this.conditions = conditions;
        this.log = log;
    }

    /**
     * A search on all processors.
     *
     * @param given the algorithm, and settings that stay as they are
     * @throws InputException if the rules do not know the loss, or one of the settings that they give is given
     */
    public static DefaultSearch of(ModelSpec given) {
        if (!knows(given)) {
            throw new InputException("no search for " + given + ": it begins with the preset " + AutoPreset.NAME
                    + ", which is for losses over cosines against all items and gives "
                    + String.join(
                            ", ",
                            new AutoPreset()
                                    .names(ModelSpec.of(ModelSpec.DEFAULT).loss()))
                    + ". Leave these settings to it, or train without a search.");
        }
        return ofAny(given);
    }

    /**
     * A search for any model: from the rules where they apply, otherwise from its own defaults, with steps over its learning rate, history and
     * bias, the ranges of its own settings, its temperature and dimension. A model without epochs is computed at each of them. One of what comes
     * next is judged by each user's last item, unless the data have a validation part; its trials have all users and items, and fewer dimensions
     * where the training takes long.
     *
     * @param given the algorithm, and settings that stay as they are
     */
    public static DefaultSearch ofAny(ModelSpec given) {
        return new DefaultSearch(given, beginningOf(given), LIMITS, CoordinateSearch.Conditions.defaults(), null);
    }

    /** Where a search begins: at the rules where they apply, otherwise at the model's own defaults. */
    static Preset beginningOf(ModelSpec given) {
        return knows(given) ? new AutoPreset() : new OwnDefaults(given);
    }

    private static boolean knows(ModelSpec given) {
        Set<String> names = new HashSet<>(given.settings().keySet());
        names.removeAll(Set.of(ModelSpec.LOSS, SEED));
        return given.algorithm().equals(ModelSpec.DEFAULT) && AutoPreset.fits(given.loss(), names);
    }

    /**
     * The data with a validation part: their own, or the part that a search would hold out first. The test part stays.
     *
     * @param next whether all models are of what comes next
     * @param seed of what is held out
     */
    public static Dataset judged(Dataset data, boolean next, long seed) {
        if (data.valid().size() > 0) {
            return data;
        }
        HeldOut heldOut = next ? HeldOut.next(data, null, seed) : HeldOut.of(data, null, 1, 1, seed);
        Dataset part = heldOut.first();
        return data.withParts(part.train(), part.valid(), data.test());
    }

    /** Results do not depend on it. */
    public DefaultSearch threads(int threads) {
        return with(conditions.threads(threads));
    }

    public DefaultSearch listener(SearchListener listener) {
        return with(conditions.listener(listener));
    }

    /**
     * Where finished trials are kept. A search that was killed goes on after the last of them, with the same result.
     *
     * @param kept null to keep nothing
     */
    public DefaultSearch checkpoints(@Nullable Checkpoints kept) {
        return with(conditions.checkpoints(kept));
    }

    /**
     * As {@link #checkpoints}, in {@link #fileBeside} a log. Searches of several models on the same data may use it, one after the other.
     *
     * @param log null to keep nothing
     */
    public DefaultSearch trialsBeside(@Nullable Path log) {
        return new DefaultSearch(given, beginning, limits, conditions, log);
    }

    /**
     * What judges settings: the interactions that are held out, or that have been, if the data have a validation part.
     *
     * @param part null for the latest where there are times, otherwise any
     */
    public DefaultSearch validation(@Nullable HoldOut part) {
        return with(conditions.judge(part));
    }

    /** {@code NAME.search}. */
    public static Path fileBeside(Path log) {
        return TrialHistory.beside(log);
    }

    private DefaultSearch with(CoordinateSearch.Conditions changed) {
        return new DefaultSearch(given, beginning, limits, changed, log);
    }

    /** @param first the first settings, in place of the rules of {@code auto} */
    DefaultSearch beginning(Preset first) {
        return new DefaultSearch(given, first, limits, conditions, log);
    }

    /** @param gigaflops that the search may take however short the training is */
    DefaultSearch leastWork(double gigaflops) {
        return new DefaultSearch(given, beginning, limits.least(gigaflops), conditions, log);
    }

    /**
     * Searches on {@code data.train()}, and {@code data.valid()} if there is one. The test part is not looked at.
     *
     * @throws InputException if there is nothing to learn from, or the checkpoints are of another search
     */
    public SearchReport search(Dataset data) {
        FitContext.refuseNothingToLearn(data);
        Map<String, String> identity = conditions.identity(data);
        identity.put("work", limits.toString());
        SearchListener listener = conditions.listener();
        try (TrialHistory history = log == null
                ? TrialHistory.open(conditions.context().checkpoints(), given, identity, listener)
                : TrialHistory.beside(log, given, identity, listener)) {
            return new CoordinateSearch(given, beginning, data, limits, conditions, history, Deadline.none()).report();
        }
    }
}
