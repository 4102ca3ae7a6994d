package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.search.AblationResult;
import org.mineral.tune.search.Axis;

/** Writes an ablation as one HTML file without scripts: a heat map, a table with the same figures, commands to repeat it. */
public final class AblationReport {

    private AblationReport() {}

    /** @throws RuntimeException of {@link org.mineral.files.WriteErrors} if it cannot be written */
    public static void write(AblationResult result, Path file) {
        HtmlReport.write(page(result), file);
    }

    static String page(AblationResult result) {
        return Html.fill(
                Html.resource("ablation.html"),
                Map.ofEntries(
                        Map.entry("name", escape(result.data().name())),
                        Map.entry("loss", escape(result.loss())),
                        Map.entry(
                                "axes",
                                escape(Summary.list(
                                        result.axes().stream().map(Axis::name).toList()))),
                        Map.entry("metric", escape(result.metric())),
                        Map.entry("summary", summary(result)),
                        Map.entry("facts", facts(result)),
                        Map.entry("maps", maps(result)),
                        Map.entry("table", table(result)),
                        Map.entry("shared", Sections.settings(result.settings())),
                        Map.entry("commands", commands(result)),
                        Map.entry(
                                "closing",
                                Sections.closing(
                                        result.protocol(),
                                        Sections.data(result.data()),
                                        Sections.provenance(
                                                result.environment(),
                                                result.threads(),
                                                List.of(result.seed()),
                                                result.budget() + " for each cell"),
                                        result)),
                        Map.entry("style", Html.resource("page.css") + Html.resource("charts.css"))));
    }

    private static String summary(AblationResult result) {
        Trial best = result.best();
        if (best == null) {
            return "No cell has a result; the table says why.";
        }
        double[] values = result.cells().stream()
                .map(Trial::validation)
                .mapToDouble(v -> v == null ? Double.NaN : v)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        String spread = values.length < 2
                ? ""
                : " The cells reach from " + Numbers.metric(values[0]) + " to "
                        + Numbers.metric(values[values.length - 1]) + ", half of them above "
                        + Numbers.metric(values[values.length / 2]) + ".";
        return "Best on validation data: <strong>" + escape(AblationTable.choice(result, best)) + "</strong>, "
                + escape(result.metric()) + " " + Numbers.metric(values[values.length - 1])
                + (best.epochs() == 0 ? "" : " in epoch " + Numbers.epoch(best.bestEpoch(), best.epochs())) + "."
                + spread
                + AblationTable.edge(result).map(edge -> " " + escape(edge)).orElse("");
    }

    private static String facts(AblationResult result) {
        return Sections.fact("Users", Numbers.count(result.data().users()))
                + Sections.fact("Items", Numbers.count(result.data().items()))
                + Sections.fact(
                        "Training interactions", Numbers.count(result.data().train()))
                + Sections.fact("Cells", String.valueOf(result.cells().size()))
                + (AblationTable.hasEpochs(result) ? Sections.fact("Budget a cell", result.budget()) : "")
                + Sections.fact(
                        "Training",
                        Numbers.seconds(result.cells().stream()
                                .mapToDouble(Trial::seconds)
                                .sum()));
    }

    private static String maps(AblationResult result) {
        String maps = map(
                result.metric() + " on validation data",
                HeatMap.svg(
                        result,
                        "Heat map of " + result.metric() + " on validation data; the table below has the same figures.",
                        Trial::validation,
                        result.best()));
        if (result.cells().stream().noneMatch(cell -> cell.test() != null)) {
            return maps;
        }
        return maps
                + map(
                        result.metric() + " on test data: to be looked at; choosing by it is optimistic",
                        HeatMap.svg(
                                result,
                                "Heat map of " + result.metric()
                                        + " on test data; the table below has the same figures.",
                                Trial::test,
                                null));
    }

    private static String map(String caption, String svg) {
        return Sections.figure(caption, "<div class=\"scroll\">" + svg + "</div>");
    }

    private static String table(AblationResult result) {
        boolean test = result.cells().stream().anyMatch(cell -> cell.test() != null);
        return result.cells().stream().map(cell -> row(result, cell, test)).collect(Collectors.joining("\n"));
    }

    private static String row(AblationResult result, Trial cell, boolean test) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Axis axis : result.axes()) {
            settings.put(axis.name(), String.valueOf(cell.settings().get(axis.name())));
        }
        String head = "<th scope=\"row\">" + Sections.settings(settings) + "</th>";
        Double validation = cell.validation();
        Double onTest = cell.test();
        String open = cell == result.best() ? "<tr class=\"best\">" : "<tr>";
        return validation == null
                ? "<tr class=\"failed\">" + head + "<td colspan=\"4\">no result: "
                        + escape(String.valueOf(cell.failure())) + "</td></tr>"
                : open + head + Sections.number(Numbers.metric(validation))
                        + Sections.number(test && onTest != null ? Numbers.metric(onTest) : "not measured")
                        + Sections.number(Numbers.epoch(cell.bestEpoch(), cell.epochs()))
                        + Sections.number(Numbers.seconds(cell.seconds())) + "</tr>";
    }

    private static String commands(AblationResult result) {
        return result.commands().isEmpty()
                ? "<p>No cell has a result.</p>"
                : "<div class=\"command\"><pre tabindex=\"0\"><code>" + escape(String.join("\n", result.commands()))
                        + "</code></pre></div>";
    }
}
