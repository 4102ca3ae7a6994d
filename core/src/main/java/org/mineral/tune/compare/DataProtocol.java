package org.mineral.tune.compare;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Split;
import org.mineral.tune.auto.DefaultSearch;
import org.mineral.tune.auto.SearchListener;
import org.mineral.tune.auto.SearchReport;

/**
 * How a comparison splits its data. Existing parts are kept; missing ones are split off, by the seed.
 *
 * @param data with three non-empty parts
 * @param made the parts that were split off
 * @param selection how models are selected; with the protocol of papers there is no validation part
 */
public record DataProtocol(Dataset data, Made made, long seed, SelectionProtocol selection) {

    /** Share of each user's train interactions held out if there is no validation part. */
    public static final double HELD_OUT = 0.1;

    /** The missing parts. */
    public enum Made {
        NOTHING,
        VALIDATION,

        /** A validation part as a search holds it out, see {@link DefaultSearch#judged}. */
        JUDGED,

        /** The same for models of what comes next: the last interaction of each user. */
        JUDGED_BY_LAST,
        VALIDATION_AND_TEST
    }

    /**
     * Splits off the missing parts.
     *
     * @throws InputException if there are too few interactions
     */
    public static DataProtocol of(Dataset given, long seed) {
        return of(given, seed, SelectionProtocol.DEFAULTS);
    }

    /** Splits off the missing parts, with this selection protocol. */
    public static DataProtocol of(Dataset given, long seed, SelectionProtocol selection) {
        Dataset data = given;
        Made made = Made.NOTHING;
        if (given.test().size() == 0) {
            data = given.split(divides(selection.heldOut(), seed));
            made = Made.VALIDATION_AND_TEST;
        } else if (given.valid().size() == 0 && !selection.optimistic() && !selection.holdsOutBySearch()) {
            data = given.holdOut(heldOut(selection), seed);
            made = Made.VALIDATION;
        } else if (selection.heldOut() != HoldOut.Order.RANDOM) {
            throw new InputException(
                    given.name() + ": found a validation part in the data, which is kept, so that nothing is held out;",
                    Hint.of("give the data without that part, or keep to it", Hint.Action.NO_VALIDATION));
        }
        data = selection.optimistic() ? data.withValidInTrain() : data;
        if (data.train().size() == 0
                || data.valid().size() == 0 && !selection.optimistic() && !selection.searched()
                || data.test().size() == 0) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s has too few interactions to compare losses on: %,d to train on, %,d to validate"
                            + " with, %,d to test with; each must be at least 1. Give more data.",
                    given.name(),
                    data.train().size(),
                    data.valid().size(),
                    data.test().size()));
        }
        return new DataProtocol(data, made, seed, selection);
    }

    /** Of data in one part. */
    private static Split divides(HoldOut.Order order, long seed) {
        return switch (order) {
            case RANDOM -> Split.random(0.8, 0.1, 0.1, seed);
            case LAST -> Split.tail(0.8, 0.1, 0.1, seed);
            case POPULARITY -> Split.popularity(0.8, 0.1, 0.1, seed);
        };
    }

    /**
     * What {@code train} would choose for these data, found without a look at the test part.
     *
     * @param given the algorithm, and settings that stay as they are
     * @param log beside which finished trials are kept; null to keep nothing
     */
    public SearchReport search(ModelSpec given, int threads, @Nullable Path log, SearchListener listener) {
        return DefaultSearch.ofAny(given)
                .threads(threads)
                .listener(listener)
                .validation(judge())
                .trialsBeside(log)
                .search(data);
    }

    /** What a search is to be told of the validation part: how it was held out, unless at random. */
    @Nullable
    private HoldOut judge() {
        return selection.heldOut() == HoldOut.Order.RANDOM ? null : heldOut(selection);
    }

    /** With a validation part in any case: if there is none, what a search for these models holds out first. */
    public DataProtocol judged(Collection<ModelSpec> models) {
        if (data.valid().size() > 0) {
            return this;
        }
        boolean next = models.stream()
                .allMatch(model -> Algorithms.of(model.algorithm()).predictsNext());
        Made made = next ? Made.JUDGED_BY_LAST : Made.JUDGED;
        return new DataProtocol(DefaultSearch.judged(data, next, seed), made, seed, selection);
    }

    private static HoldOut heldOut(SelectionProtocol selection) {
        return new HoldOut(HELD_OUT, selection.heldOut());
    }

    /** Whether models are trained again on train and validation part together: asked for, and there is a validation part. */
    public boolean retrains() {
        return selection.retrain() && data.valid().size() > 0;
    }

    /** The hold-out that made the validation part, if any, as {@link HoldOut#parse} reads it. */
    @Nullable
    public String heldOut() {
        return made == Made.VALIDATION ? heldOut(selection).toString() : null;
    }

    /**
     * Header entries of a trials file that identify the split where data hash and seed do not: a split by time or file order depends on data
     * that are not in the hash.
     */
    public Map<String, String> told() {
        return selection.heldOut() == HoldOut.Order.RANDOM
                ? Map.of()
                : Map.of("validation", Names.kebab(selection.heldOut()) + ", " + data.hash());
    }

    /** The split of data in one part, as {@link Split#parse} reads it. */
    public String split() {
        return selection.heldOut() == HoldOut.Order.LAST ? "tail" : Names.kebab(selection.heldOut());
    }

    /**
     * Describes the protocol of an ablation for people.
     *
     * @param epochs whether its model is trained in epochs
     */
    public List<String> ablation(Budget budget, boolean epochs, boolean test) {
        return new ProtocolText(this).ablation(budget, epochs, test);
    }

    /** Describes the protocol of a search for people. */
    public List<String> tuning(String budget, List<Integer> rungs) {
        return new ProtocolText(this).tuning(budget, rungs);
    }

    /** Describes split, training, selection and evaluation for people. */
    List<String> sentences(Budget budget, int seeds) {
        return new ProtocolText(this).comparison(budget, seeds);
    }
}
