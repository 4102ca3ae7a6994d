package org.mineral.app.command.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mineral.eval.Differences;
import org.mineral.eval.EvaluatedModel;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;

/** The evaluation of a model against others on all items and, if asked for, on warm and on cold ones apart. */
public final class EvaluationReports {

    private final EvaluationReport all;
    private final Map<String, EvaluationReport> apart = new LinkedHashMap<>();

    /** @param seed of the users that were drawn, if not all were evaluated */
    public EvaluationReports(EvaluatedModel model, List<EvaluatedModel> others, long seed) {
        this.all = report(model, others, seed);
    }

    private static EvaluationReport report(EvaluatedModel model, List<EvaluatedModel> others, long seed) {
        return new EvaluationReport(model, others, Differences.of(model, others, seed), seed);
    }

    /** Also evaluates the items with interactions in train or valid, {@code warm}, and those without, {@code cold}. */
    public void measureApart(Evaluator evaluator, Workers workers) {
        for (boolean cold : new boolean[] {false, true}) {
            all.model().among(cold, evaluator, workers).ifPresent(model -> {
                List<EvaluatedModel> others = all.others().stream()
                        .map(other -> other.among(cold, evaluator, workers))
                        .flatMap(Optional::stream)
                        .toList();
                apart.put(cold ? "cold" : "warm", report(model, others, all.seed()));
            });
        }
    }

    /** What was left out, and what limits the figures. */
    public List<String> notes() {
        return all.notes();
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>(all.lines());
        apart.forEach((part, report) -> {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    part.equals("cold")
                            ? "cold: %,d test pairs of items without earlier interactions, ranked among such items"
                            : "warm: %,d test pairs of the other items, ranked among those",
                    Arrays.stream(report.model().evaluation().perUser().testItems())
                            .sum()));
            lines.addAll(report.lines());
        });
        return lines;
    }

    /** The same as JSON. */
    public Map<String, Object> document(double seconds) {
        Map<String, Object> document = all.document(seconds);
        apart.forEach((part, report) -> document.put(part, report.document(seconds)));
        return document;
    }
}
