package org.mineral.tune.auto;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.mineral.config.TuneRange;

/** What a {@link CoordinateSearch} tries, and in which order. */
final class Steps {

    private static final double COLDER = 0.7;
    private static final int TEMPERATURES = 4;
    private static final int HALVINGS = 3;
    private static final double THIRD = 1 / 3.0;
    private static final int THIRDS = 4;

    /** Of a setting's range, the length of a step. */
    private static final double STEP = 1 / 6.0;

    private static final int STEPS = 3;

    /** Most of the next items that are positives of a place. */
    private static final int MOST_NEXT = 20;

    private static final String BIAS = "item_bias";
    private static final String CANDIDATES = "candidate_weight";
    static final String DIMENSION = "dimension";
    private static final String HISTORY = "history";
    private static final String NEXT = "next_items";
    private static final String NEXT_DECAY = "next_decay";
    private static final String SHARPNESS = "sharpness";

    private final CoordinateSearch search;
    private final Ascent ascent;

    Steps(CoordinateSearch search, Ascent ascent) {
        this.search = search;
        this.ascent = ascent;
    }

    /**
     * From the rules of {@code auto}:
     *
     * <ol>
     *   <li>temperatures below the rule's while they gain, otherwise those above;
     *   <li>two, four, ... times the dimension, each with a lower temperature too; then temperatures again;
     *   <li>no item bias; where popularity will be another, also candidates weighted by it, and temperatures again;
     *   <li>the weight of attributes and the shrinkage of own vectors, where there are attributes;
     *   <li>twice the epochs, where the last one was the best; half the learning rate, while it gains; twice the sharpness, or none; half the history.
     * </ol>
     */
    TrialResult fromRules(TrialResult first) {
        TrialResult best = temperatures(first);
        TrialResult wide = dimensions(best, true);
        best = wide == best ? best : temperatures(wide);
        best = ascent.better(best, List.of(best.changes().with(BIAS, false)));
        best = search.heldOut().elsewhere() ? weighted(best) : best;
        for (TuneRange range : search.attributeRanges()) {
            best = along(best, range);
        }
        best = longer(best);
        best = slower(best);
        if (search.open(SHARPNESS)) {
            best = ascent.better(
                    best,
                    List.of(best.changes().with(SHARPNESS, 0.3), best.changes().with(SHARPNESS, 0)));
        }
        return ascent.better(best, List.of(best.changes().with(HISTORY, 0.5)));
    }

    /**
     * From a model's own defaults, as far as it has these settings:
     *
     * <ol>
     *   <li>learning rates, which decide whether a training gets better at all;
     *   <li>an item bias, a history, and both;
     *   <li>the ranges of the model's own settings, one after the other;
     *   <li>temperatures; two, four, ... times the dimension; twice the epochs, where the last one was the best; lower learning rates.
     * </ol>
     */
    TrialResult fromDefaults(TrialResult first) {
        TrialResult best = rates(first);
        if (search.open(BIAS) && search.open(HISTORY)) {
            SettingChanges point = best.changes();
            SettingChanges history = point.with(HISTORY, 1);
            best = ascent.better(best, List.of(history, history.with(BIAS, true), point.with(BIAS, true)));
        }
        for (TuneRange range : search.ownRanges()) {
            best = along(best, range);
        }
        best = temperatures(best);
        best = dimensions(best, false);
        best = longer(best);
        return best.bestEpoch() == 1 ? rates(best) : slower(best);
    }

    /**
     * Of a model of what comes next, from its own defaults:
     *
     * <ol>
     *   <li>learning rates, for other losses than the one that the defaults are for;
     *   <li>twice the epochs, and twice as many again, while the last one is the best;
     *   <li>several of the next items as positives, where users are judged by several;
     *   <li>temperatures; lower learning rates; the ranges of the model's own settings, one after the other; an item bias;
     *   <li>half of the dimensions, if they are no worse.
     * </ol>
     */
    TrialResult ofPlaces(TrialResult first) {
        TrialResult best = several(length(search.ofDefaultLoss() ? first : rates(first)));
        best = slower(temperatures(best));
        for (TuneRange range : search.ownRanges()) {
            // With one positive in a row there is nothing to weigh.
            boolean used = !range.name().equals(SHARPNESS) || search.number(best.changes(), NEXT) > 1;
            best = used ? along(best, range) : best;
        }
        if (search.open(BIAS)) {
            best = ascent.better(best, List.of(best.changes().with(BIAS, true)));
        }
        return narrower(best);
    }

    /** Twice the epochs, again and again, while the last one is the best and it gains. Further trials end after the best one. */
    private TrialResult length(TrialResult base) {
        if (!search.open(CoordinateSearch.EPOCHS) || !search.open(CoordinateSearch.STOP)) {
            return base;
        }
        TrialResult best = base;
        int epochs = search.trials().epochs(base.changes());
        for (TrialResult before = null; best != before && search.enough(best) == epochs; ) {
            before = best;
            epochs *= 2;
            best = ascent.better(best, List.of(best.changes().with(CoordinateSearch.EPOCHS, epochs)));
        }
        return best.of(best.changes().with(CoordinateSearch.STOP, search.enough(best)));
    }

    /**
     * Where users are judged by several items, as many positives of a place, which count less and less, or alike; if that gains, twice as many, and
     * twice as many again.
     */
    private TrialResult several(TrialResult base) {
        long next = Math.round(search.heldOut().each());
        if (next < 2 || !search.open(NEXT) || !search.open(NEXT_DECAY)) {
            return base;
        }
        SettingChanges several = base.changes().with(NEXT, Math.min(next, MOST_NEXT));
        TrialResult best = ascent.better(base, List.of(several, several.with(NEXT_DECAY, 1)));
        for (TrialResult before = base; best != before && 2 * next <= MOST_NEXT; ) {
            before = best;
            next *= 2;
            best = ascent.better(best, List.of(best.changes().with(NEXT, next)));
        }
        return best;
    }

    /** Downwards while it gains, otherwise upwards. */
    private TrialResult temperatures(TrialResult base) {
        if (!search.open(SettingChanges.TEMPERATURE)) {
            return base;
        }
        return ascent.along(base, point -> point.warmer(COLDER), point -> point.warmer(1 / COLDER), TEMPERATURES);
    }

    /** @param colder whether each is tried with a lower temperature too */
    private TrialResult dimensions(TrialResult base, boolean colder) {
        if (!search.open(DIMENSION)) {
            return base;
        }
        TrialResult best = base;
        int first = FlopCount.of(search.spec(base.changes())).dimension();
        for (int dimension = 2 * first; dimension <= search.widest(); dimension *= 2) {
            SettingChanges wide = best.changes().with(DIMENSION, dimension);
            best = ascent.better(best, colder ? List.of(wide, wide.warmer(COLDER)) : List.of(wide));
        }
        return best;
    }

    /**
     * Half of the dimensions, and half of these, while it is no worse. Where trials have fewer dimensions than the training: twice as many as they
     * have, if that is no better.
     */
    private TrialResult narrower(TrialResult base) {
        if (!search.open(DIMENSION)) {
            return base;
        }
        int own = FlopCount.of(search.spec(base.changes())).dimension();
        int tried = FlopCount.of(search.trials().spec(base.changes())).dimension();
        if (tried < own) {
            SettingChanges wide = base.changes().with(DIMENSION, 2 * tried);
            TrialResult next = ascent.tried(base, wide);
            return next == null || !next.complete() || next.value() > base.value() ? base : taken(base, base.of(wide));
        }
        TrialResult best = base;
        for (int dimension = own / 2; dimension >= Fidelity.NARROWEST; dimension /= 2) {
            TrialResult next = ascent.tried(best, best.changes().with(DIMENSION, dimension));
            if (next == null || !next.complete() || next.value() < best.value()) {
                break;
            }
            best = taken(best, next);
        }
        return best;
    }

    private TrialResult taken(TrialResult base, TrialResult next) {
        ascent.take(base, next);
        return next;
    }

    /**
     * Where items count alike, popularity must not raise a score, and where the test is later, that of the training data may raise it too much:
     * candidates that weigh n^b take the part of it that a model without a bias would learn.
     */
    private TrialResult weighted(TrialResult base) {
        if (!search.open(CANDIDATES)) {
            return base;
        }
        List<SettingChanges> points = new ArrayList<>();
        for (String power : List.of("0.5", "1")) {
            points.add(base.changes().with(BIAS, false).with(CANDIDATES, power));
            points.add(base.changes().with(BIAS, true).with(CANDIDATES, power));
        }
        TrialResult best = ascent.better(base, points);
        return best == base ? base : temperatures(best);
    }

    /** Twice the epochs where the last one was the best. */
    private TrialResult longer(TrialResult base) {
        int epochs = FlopCount.of(search.spec(base.changes())).epochs();
        return search.iterative() && search.whole() && base.bestEpoch() == epochs
                ? ascent.better(base, List.of(base.changes().with(CoordinateSearch.EPOCHS, 2 * epochs)))
                : base;
    }

    /** Half the learning rate, and half of that, while it gains. */
    private TrialResult slower(TrialResult base) {
        if (!search.open(CoordinateSearch.RATE)) {
            return base;
        }
        TrialResult best = base;
        double rate = rate(base.changes());
        for (int step = 0; step < HALVINGS; step++) {
            rate /= 2;
            TrialResult next = ascent.better(best, List.of(best.changes().with(CoordinateSearch.RATE, rate)));
            if (next == best) {
                break;
            }
            best = next;
        }
        return best;
    }

    /**
     * A third of the learning rate, and a third of that, while it gains, otherwise three times as much. A training whose first epoch is its best
     * takes steps that are too long, whatever else it gains: then a lower rate that is no worse is taken, too.
     */
    private TrialResult rates(TrialResult base) {
        if (!search.open(CoordinateSearch.RATE)) {
            return base;
        }
        List<TrialResult> tried = new ArrayList<>(List.of(base));
        TrialResult last = base;
        for (int step = 0; step < THIRDS; step++) {
            TrialResult next = ascent.tried(base, times(last.changes(), THIRD));
            if (next == null) {
                break;
            }
            tried.add(next);
            if (next.value() <= last.value() && last.bestEpoch() > 1) {
                break;
            }
            last = next;
        }
        if (last == base) {
            ascent.climb(base, point -> times(point, 1 / THIRD), THIRDS / 2, tried);
        }
        TrialResult best = ascent.taken(base, tried);
        if (best.bestEpoch() > 1) {
            return best;
        }
        for (TrialResult slower : tried) {
            if (slower.bestEpoch() > 1 && slower.value() >= best.value()) {
                return taken(best, slower);
            }
        }
        return best;
    }

    /** Up the range of a setting while it gains, otherwise down. */
    private TrialResult along(TrialResult base, TuneRange range) {
        if (!range.places(search.number(base.changes(), range.name()))) {
            return base;
        }
        return ascent.along(base, point -> moved(point, range, STEP), point -> moved(point, range, -STEP), STEPS);
    }

    private SettingChanges moved(SettingChanges point, TuneRange range, double step) {
        return point.with(range.name(), range.move(search.number(point, range.name()), step));
    }

    private SettingChanges times(SettingChanges point, double factor) {
        BigDecimal rate = BigDecimal.valueOf(rate(point) * factor).round(new MathContext(2));
        return point.with(CoordinateSearch.RATE, rate.stripTrailingZeros().toPlainString());
    }

    private double rate(SettingChanges point) {
        return search.number(point, CoordinateSearch.RATE);
    }
}
