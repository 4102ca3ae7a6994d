package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.search.Importance;
import org.mineral.tune.search.TuningResult;

/** Writes a search as one HTML file without scripts: leaderboard, learning curves, importances, commands to repeat it. */
public final class TuningReport {

    /** Number of learning curves. */
    private static final int CURVES = 20;

    private TuningReport() {}

    /** @throws RuntimeException of {@link org.mineral.files.WriteErrors} if it cannot be written */
    public static void write(TuningResult result, Path file) {
        HtmlReport.write(page(result), file);
    }

    static String page(TuningResult result) {
        return Html.fill(
                Html.resource("tuning.html"),
                Map.ofEntries(
                        Map.entry("name", escape(result.data().name())),
                        Map.entry("metric", escape(result.metric())),
                        Map.entry("summary", summary(result)),
                        Map.entry("optimistic", OptimisticWarning.banner(result.optimistic())),
                        Map.entry("part", result.optimistic() ? "test" : "validation"),
                        Map.entry("facts", facts(result)),
                        Map.entry("leaderboard", leaderboard(result)),
                        Map.entry("curves", curves(result)),
                        Map.entry("importance", importance(result)),
                        Map.entry("final", last(result)),
                        Map.entry(
                                "closing",
                                Sections.closing(
                                        result.protocol(),
                                        Sections.data(result.data()),
                                        Sections.provenance(
                                                result.environment(),
                                                result.threads(),
                                                List.of(result.seed()),
                                                result.budget()),
                                        result)),
                        Map.entry("style", Html.resource("page.css") + Html.resource("charts.css"))));
    }

    private static String summary(TuningResult result) {
        Trial chosen = result.chosen();
        TuningResult.Last last = result.last();
        return chosen == null || last == null
                ? "No trial has a result; the table says why."
                : "Best of " + result.trials().size() + " trainings on " + (result.optimistic() ? "test" : "validation")
                        + " data: <strong>"
                        + escape(TuningTable.loss(chosen)) + "</strong>, " + escape(TuningTable.choice(chosen))
                        + ". Trained again on train and validation data, and "
                        + (result.optimistic()
                                ? "on test data, which it was chosen by: "
                                : "evaluated once on test data: ")
                        + escape(TuningTable.test(last)) + ".";
    }

    private static String facts(TuningResult result) {
        return Sections.fact("Users", Numbers.count(result.data().users()))
                + Sections.fact("Items", Numbers.count(result.data().items()))
                + Sections.fact(
                        "Training interactions", Numbers.count(result.data().train()))
                + Sections.fact("Trainings", String.valueOf(result.trials().size()))
                + Sections.fact("Budget", result.budget())
                + Sections.fact(
                        "Training",
                        Numbers.seconds(result.trials().stream()
                                .mapToDouble(Trial::seconds)
                                .sum()));
    }

    private static String leaderboard(TuningResult result) {
        StringBuilder rows = new StringBuilder();
        for (int k = 0; k < result.trials().size(); k++) {
            Trial trial = result.trials().get(k);
            Double validation = trial.validation();
            String head = Sections.number(String.valueOf(k + 1)) + "<th scope=\"row\">"
                    + escape(TuningTable.loss(trial)) + "</th>";
            String settings = Sections.settings(TuningTable.settings(trial));
            String choice = "<td>" + (settings.isEmpty() ? "defaults" : settings) + "</td>";
            rows.append(
                    validation == null
                            ? "<tr class=\"failed\">" + head + "<td colspan=\"3\">no result: "
                                    + escape(String.valueOf(trial.failure())) + "</td>" + choice + "</tr>\n"
                            : (k == 0 ? "<tr class=\"best\">" : "<tr>") + head
                                    + Sections.number(Numbers.metric(validation))
                                    + Sections.number(Numbers.epoch(trial.bestEpoch(), trial.epochs()))
                                    + Sections.number(Numbers.seconds(trial.seconds())) + choice + "</tr>\n");
        }
        return rows.toString();
    }

    private static String curves(TuningResult result) {
        List<Plot.Series> series = new ArrayList<>();
        List<Trial> shown =
                result.trials().subList(0, Math.min(CURVES, result.trials().size()));
        for (int k = shown.size() - 1; k >= 0; k--) {
            Trial trial = shown.get(k);
            String hint = TuningTable.loss(trial) + ", " + TuningTable.choice(trial);
            List<Plot.Point> points = trial.curve().stream()
                    .map(p -> new Plot.Point(p.epoch(), p.validation(), hint))
                    .toList();
            series.add(new Plot.Series(points, true, trial == result.chosen() ? "main" : "other", null));
        }
        return Plot.wide("Learning curves of the first trials; the best one is highlighted.", "epoch", series);
    }

    private static String importance(TuningResult result) {
        List<Importance> all = Importance.of(result);
        return all.isEmpty()
                ? "<p>Too few trials to tell.</p>"
                : all.stream().map(i -> figure(result, i)).collect(Collectors.joining("\n"));
    }

    private static String figure(TuningResult result, Importance of) {
        List<Plot.Point> points = of.trials().stream()
                .map(t -> {
                    Double validation = t.validation();
                    return new Plot.Point(
                            Double.parseDouble(String.valueOf(t.settings().get(of.setting()))),
                            validation == null ? Double.NaN : validation,
                            TuningTable.choice(t));
                })
                .toList();
        String caption = String.format(Locale.ROOT, "%s of %s: importance %.2f", of.setting(), of.loss(), of.value());
        return Sections.figure(
                caption,
                Plot.svg(caption, of.setting(), of.log(), List.of(new Plot.Series(points, false, "main", null))));
    }

    private static String last(TuningResult result) {
        TuningResult.Last last = result.last();
        return last == null
                ? "<p>No trial has a result.</p>"
                : "<p>" + escape(last.loss())
                        + (last.schedule() == 0
                                ? ", "
                                : ", " + Numbers.epochs(last.epochs()) + " of a schedule over " + last.schedule()
                                        + ", ")
                        + Numbers.seconds(last.seconds()) + " of training. " + escape(TuningTable.test(last)) + ".</p>"
                        + Sections.settings(last.settings());
    }
}
