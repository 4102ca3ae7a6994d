package org.mineral.tune.auto;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.TuneRange;

/**
 * A search in the ranges that an algorithm's settings declare ({@link org.mineral.config.Setting#tune}): from the first settings, a step up or
 * down in one setting at a time, on as long as it gains. Steps are a quarter of a range, then half of that, and so on.
 */
final class RangeSearch {

    /** Trials of one algorithm. */
    static final int TRIALS = 16;

    private static final double STEP = 1 / 4.0;
    private static final double LEAST_STEP = 1 / 32.0;

    private final Trials trials;
    private final double limit;
    private final List<TuneRange> ranges;

    /**
     * @param given settings that stay as they are
     * @param unused settings that have no effect on the data
     * @param limit Gflop of all trials together
     */
    RangeSearch(Trials trials, ModelSpec given, Set<String> unused, double limit) {
        this.trials = trials;
        this.limit = limit;
        this.ranges =
                TuneRange.of(given.parameters(), name -> !given.settings().containsKey(name) && !unused.contains(name));
    }

    /**
     * The first settings, or others that are better by 1.5 standard errors or more.
     *
     * @param known settings that were good for another algorithm, by name: the search begins there, if that is better than at the first settings
     * @return null if the limits allow not even one trial
     */
    @Nullable
    TrialResult best(Map<String, String> known) {
        TrialResult first = trials.measure(SettingChanges.NONE, null, limit);
        if (first == null || !first.complete()) {
            return first;
        }
        TrialResult best = known.isEmpty() ? first : better(first, SettingChanges.NONE.with(known));
        for (double step = STEP; step >= LEAST_STEP && !ended(); ) {
            TrialResult before = best;
            for (TuneRange range : ranges) {
                TrialResult up = climb(best, range, step);
                best = up == best ? climb(best, range, -step) : up;
            }
            step = best == before ? step / 2 : step;
        }
        return best == first || best.minus(first).certain() ? best : first;
    }

    private TrialResult better(TrialResult base, SettingChanges changes) {
        TrialResult other = trials.measure(changes, base, limit);
        return other != null && other.value() > base.value() ? other : base;
    }

    private boolean ended() {
        return trials.count() >= TRIALS || trials.cut();
    }

    private TrialResult climb(TrialResult base, TuneRange range, double step) {
        TrialResult best = base;
        while (!ended()) {
            TrialResult next = next(best, range, step);
            if (next == null || next.value() <= best.value()) {
                break;
            }
            best = next;
        }
        return best;
    }

    private @Nullable TrialResult next(TrialResult base, TuneRange range, double step) {
        Map<String, String> settings = trials.spec(base.changes()).configured().describe();
        String text = Objects.requireNonNull(settings.get(range.name()));
        double value = number(text);
        if (!range.places(value)) {
            return null;
        }
        String moved = range.move(value, step);
        return number(moved) == value ? null : trials.measure(base.changes().with(range.name(), moved), base, limit);
    }

    /** NaN for a value that is no number, such as {@code auto}. */
    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
