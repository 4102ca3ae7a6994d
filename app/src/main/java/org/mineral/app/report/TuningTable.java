package org.mineral.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.search.TuningResult;

/** A search as text: the best trials, and the final model's results on the test part. */
public final class TuningTable {

    private static final int SHOWN = 10;
    private static final String ROW = "%3s  %-17s %10s  %9s  %8s  %s";

    private TuningTable() {}

    public static List<String> lines(TuningResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "#",
                "loss",
                result.metric(),
                "epoch",
                "training",
                "settings (" + (result.optimistic() ? "test" : "validation") + " part)"));
        for (int k = 0; k < Math.min(SHOWN, result.trials().size()); k++) {
            Trial trial = result.trials().get(k);
            Double validation = trial.validation();
            lines.add(line(
                    k + 1,
                    loss(trial),
                    validation == null ? "failed" : Numbers.metric(validation),
                    Numbers.epoch(trial.bestEpoch(), trial.epochs()),
                    Numbers.seconds(trial.seconds()),
                    choice(trial)));
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%d trainings, %s, seed %d.", result.trials().size(), result.budget(), result.seed()));
        TuningResult.Last last = result.last();
        lines.add(
                last == null
                        ? "No trial has a result; the log says why."
                        : "Trained on train and validation part with the first one's settings, "
                                + (last.schedule() == 0 ? "" : Numbers.epochs(last.epochs()) + " ") + "in "
                                + Numbers.seconds(last.seconds())
                                + ". Test, "
                                + (result.optimistic() ? "chosen by" : "looked at once") + ": " + test(last) + ".");
        if (result.optimistic()) {
            lines.add(OptimisticWarning.LINE);
        }
        return lines;
    }

    /** {@code Recall@20 0.0711, NDCG@20 0.0587 (95 % interval ...)}. */
    static String test(TuningResult.Last last) {
        return List.of("Recall@20", "NDCG@20").stream()
                .map(name -> name + " " + Numbers.metric(last.metrics().getOrDefault(name, Double.NaN))
                        + interval(last, name))
                .collect(Collectors.joining(", "));
    }

    private static String interval(TuningResult.Last last, String metric) {
        var range = last.intervals().get(metric);
        return range == null ? "" : " (" + Numbers.metric(range.low()) + "-" + Numbers.metric(range.high()) + ")";
    }

    static String loss(Trial trial) {
        return trial.model();
    }

    /** What the trial chose, without its loss. */
    static Map<String, String> settings(Trial trial) {
        Map<String, String> settings = new LinkedHashMap<>(trial.settings());
        settings.remove("loss");
        settings.remove("model");
        return settings;
    }

    static String choice(Trial trial) {
        Map<String, String> settings = settings(trial);
        return settings.isEmpty()
                ? "defaults"
                : settings.entrySet().stream()
                        .map(s -> s.getKey() + "=" + s.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }
}
