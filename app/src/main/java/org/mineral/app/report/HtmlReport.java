package org.mineral.app.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.mineral.files.AtomicFile;
import org.mineral.files.WriteErrors;
import org.mineral.tune.compare.ComparisonResult;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a comparison as one HTML file. Styles, scripts and data are inside it: it loads nothing, works without a
 * network, and without scripts only sorting, copying and the choice of lines are missing.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /** @throws RuntimeException of {@link org.mineral.files.WriteErrors} if it cannot be written */
    public static void write(ComparisonResult result, Path file) {
        write(page(result), file);
    }

    /** No half of the page is ever seen. */
    static void write(String page, Path file) {
        try {
            AtomicFile.writeString(file, page);
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }

    /** The page as text. */
    static String page(ComparisonResult result) {
        Noun noun = Noun.of(result);
        String json = JsonMapper.shared().writeValueAsString(result);
        return Html.fill(
                Html.resource("page.html"),
                Map.ofEntries(
                        Map.entry("name", Html.escape(result.data().name())),
                        Map.entry("one", noun.one),
                        Map.entry("title-one", Noun.capital(noun.one)),
                        Map.entry("many", noun.many),
                        Map.entry("title-many", Noun.capital(noun.many)),
                        Map.entry("about-formulas", Sections.aboutFormulas(noun)),
                        Map.entry("metric", Html.escape(result.metric())),
                        Map.entry("summary", Sections.summary(result)),
                        Map.entry("optimistic", OptimisticWarning.banner(result.optimistic())),
                        Map.entry("part", result.optimistic() ? "test" : "validation"),
                        Map.entry("facts", Sections.facts(result)),
                        Map.entry("results", Tables.results(result)),
                        Map.entry("seeds", Tables.seeds(result)),
                        Map.entry("information", InformationSection.section(result)),
                        Map.entry(
                                "seed-dots",
                                result.seeds().size() == 1
                                        ? " over users"
                                        : " over users and seeds; small dots are the seeds"),
                        Map.entry("tests", Sections.tests(result)),
                        Map.entry("metrics", Tables.metrics(result)),
                        Map.entry("curves", Tables.curves(result)),
                        Map.entry("strata", Tables.strata(result)),
                        Map.entry("losses", Sections.losses(result)),
                        Map.entry("shared", Sections.sharedSettings(result)),
                        Map.entry("commands", Sections.commands(result)),
                        Map.entry("protocol", Sections.protocol(result.protocol())),
                        Map.entry("data", Sections.data(result.data())),
                        Map.entry("provenance", Sections.provenance(result)),
                        Map.entry("style", Html.resource("page.css") + Html.resource("charts.css")),
                        Map.entry("chart-metric", ComparisonCharts.metric(result)),
                        Map.entry("chart-curves", ComparisonCharts.curves(result)),
                        Map.entry("chart-strata", ComparisonCharts.strata(result)),
                        Map.entry("script", Html.resource("page.js")),
                        Map.entry("json", Html.json(json))));
    }
}
