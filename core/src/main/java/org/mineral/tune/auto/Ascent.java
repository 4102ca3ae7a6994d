package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes changes of settings that clearly gain ({@link PairedDifference#clear}), and remembers them. */
final class Ascent {

    private final Trials trials;
    private final ToDoubleFunction<SettingChanges> limit;
    private final Function<SettingChanges, Map<String, String>> settings;
    private final List<SearchReport.Change> changes = new ArrayList<>();

    /**
     * @param limit Gflop of all trials together, if these settings are the best
     * @param settings that all of the data would be trained with
     */
    Ascent(
            Trials trials,
            ToDoubleFunction<SettingChanges> limit,
            Function<SettingChanges, Map<String, String>> settings) {
        this.trials = trials;
        this.limit = limit;
        this.settings = settings;
    }

    /** Those that were taken, in this order. */
    List<SearchReport.Change> changes() {
        return changes;
    }

    /** The best of the settings, if it is clearly better than the base. */
    TrialResult better(TrialResult base, List<SettingChanges> points) {
        List<TrialResult> tried = new ArrayList<>();
        for (SettingChanges point : points) {
            TrialResult next = tried(base, point);
            if (next != null) {
                tried.add(next);
            }
        }
        return taken(base, tried);
    }

    /** The best along a line, in one direction while it gains, or in the other if the first step does not. */
    TrialResult along(
            TrialResult base, UnaryOperator<SettingChanges> step, UnaryOperator<SettingChanges> back, int steps) {
        List<TrialResult> tried = new ArrayList<>();
        if (!climb(base, step, steps, tried)) {
            climb(base, back, steps, tried);
        }
        return taken(base, tried);
    }

    /** Whether the first step gained. */
    boolean climb(TrialResult base, UnaryOperator<SettingChanges> step, int steps, List<TrialResult> tried) {
        TrialResult last = base;
        for (int k = 0; k < steps; k++) {
            TrialResult next = tried(base, step.apply(last.changes()));
            if (next == null) {
                break;
            }
            tried.add(next);
            if (next.value() <= last.value()) {
                break;
            }
            last = next;
        }
        return last != base;
    }

    @Nullable
    TrialResult tried(TrialResult base, SettingChanges point) {
        return trials.measure(point, base, limit.applyAsDouble(base.changes()));
    }

    /** The best of what was tried, if it is clearly better than the base; it is then a change that was taken. */
    TrialResult taken(TrialResult base, List<TrialResult> tried) {
        TrialResult best = base;
        for (TrialResult next : tried) {
            best = next.value() > best.value() ? next : best;
        }
        if (best == base) {
            return base;
        }
        if (!best.minus(base).clear(base.value())) {
            return base;
        }
        take(base, best);
        return best;
    }

    /** Takes a change, whatever it gains. */
    void take(TrialResult base, TrialResult best) {
        PairedDifference gain = best.minus(base);
        Map<String, String> before = settings.apply(base.changes());
        Map<String, String> changed = new LinkedHashMap<>(settings.apply(best.changes()));
        changed.entrySet().removeIf(s -> s.getValue().equals(before.get(s.getKey())));
        changes.add(new SearchReport.Change(changed, gain.mean() / base.value(), gain.error() / base.value()));
    }
}
