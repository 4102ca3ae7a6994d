package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mineral.algorithm.ModelSpec;
import org.mineral.tune.auto.SearchReport;

/** What a search before a training tried and took, as parts of a page. */
final class SearchSections {

    private static final String SECTION = """
            <section id="%1$s" aria-labelledby="h-%1$s">
            <h2 id="h-%1$s">%2$s</h2>
            %3$s
            </section>
            """;

    private static final String TABLE = """
            <div class="scroll" tabindex="0" role="region" aria-label="%s"><table>
            <thead><tr>%s</tr></thead>
            <tbody>
            %s
            </tbody></table></div>
            """;

    private SearchSections() {}

    static String all(SearchReport search) {
        return search.trials().isEmpty()
                ? ""
                : algorithms(search)
                        + section("taken", taking(search), taken(search))
                        + section("curves", "Learning curves", curves(search))
                        + section("tried", "What was tried", tried(search));
    }

    private static String taking(SearchReport search) {
        return search.contenders().isEmpty() ? "What was taken" : "What was taken for " + ModelSpec.DEFAULT;
    }

    private static String section(String id, String heading, String content) {
        return String.format(Locale.ROOT, SECTION, id, heading, content);
    }

    /** The verdict on several algorithms; nothing if one was searched. */
    private static String algorithms(SearchReport search) {
        if (search.contenders().isEmpty()) {
            return "";
        }
        StringBuilder rows = new StringBuilder();
        for (SearchReport.Contender contender : search.contenders()) {
            Double value = contender.validation();
            String head = "<th scope=\"row\">" + escape(contender.algorithm()) + "</th>";
            String settings = "<td>" + Sections.settings(contender.settings()) + "</td>";
            String open = contender.algorithm().equals(search.algorithm()) ? "<tr class=\"best\">" : "<tr>";
            rows.append(
                    value == null
                            ? "<tr class=\"failed\">" + head + "<td colspan=\"6\">no result: "
                                    + escape(String.valueOf(contender.failure())) + "</td>" + settings + "</tr>\n"
                            : open + head + Sections.number(Numbers.metric(value)) + against(contender, value)
                                    + Sections.number(Numbers.count(Math.round(contender.servingCost())))
                                    + Sections.number(String.valueOf(contender.trials())) + settings + "</tr>\n");
        }
        String note =
                "<p>Each algorithm with its best settings, on the users of the held-out parts. Differences are to the best one; p-values of the"
                        + " paired t test and Wilcoxon's, corrected for their number. Of those that the tests cannot tell from the best, within 2&nbsp;%"
                        + " of it, the one that is cheapest to serve is taken; the cost is in multiplications for one user's scores.</p>";
        return section(
                "algorithms",
                "The algorithms",
                note
                        + table(
                                "The algorithms",
                                head("Algorithm", "")
                                        + head("NDCG@20", "n")
                                        + head("Difference", "n")
                                        + head("p, t", "n")
                                        + head("p, Wilcoxon", "n")
                                        + head("Cost", "n")
                                        + head("Tried", "n")
                                        + head("Settings", ""),
                                rows.toString()));
    }

    private static String against(SearchReport.Contender contender, double value) {
        double best = value - contender.difference();
        return contender.difference() == 0 && contender.tPValue() == 1
                ? Sections.number("") + Sections.number("") + Sections.number("")
                : Sections.number(Numbers.change(contender.difference() / best) + " ± "
                                + percent(contender.error() / best))
                        + Sections.number(Numbers.p(contender.tPValue()))
                        + Sections.number(Numbers.p(contender.wilcoxonPValue()));
    }

    static String verdict(SearchReport search) {
        if (!search.contenders().isEmpty()) {
            return verdictOnAlgorithms(search);
        }
        Double rule = search.rule();
        Double chosen = search.chosen();
        if (rule == null || chosen == null) {
            return "Nothing could be measured, so the rules of the preset auto decided.";
        }
        Double gain = search.gain();
        Double error = search.gainError();
        if (search.changes().isEmpty() || gain == null || error == null) {
            return "Nothing was clearly better than the settings by the rules of the preset auto, which stay: NDCG@20 "
                    + Numbers.metric(rule) + " on what was held out.";
        }
        return "The search gained <strong>" + Numbers.change(gain)
                + "</strong> of NDCG@20 (standard error "
                + percent(error) + ") over the rules of the preset auto: " + Numbers.metric(chosen) + " against "
                + Numbers.metric(rule) + " on what was held out. Gains are means over the users' paired differences.";
    }

    private static String verdictOnAlgorithms(SearchReport search) {
        SearchReport.Contender best = search.contenders().get(0);
        String taken = "Taken: <strong>" + escape(search.algorithm()) + "</strong>, NDCG@20 "
                + Numbers.metric(search.chosen() == null ? Double.NaN : search.chosen()) + " on what was held out";
        return best.algorithm().equals(search.algorithm())
                ? taken + ", the best of those tried" + (search.cut() ? " before the time was up." : ".")
                : taken + "; it cannot be told from " + escape(best.algorithm()) + " ("
                        + Numbers.metric(best.validation() == null ? Double.NaN : best.validation())
                        + ") and is cheaper to serve.";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String taken(SearchReport search) {
        if (search.changes().isEmpty()) {
            return "<p>No change gained 1&nbsp;% and 1.5 standard errors of the users' paired differences.</p>";
        }
        String rows = search.changes().stream()
                .map(change -> "<tr><th scope=\"row\">" + Sections.settings(change.settings()) + "</th>"
                        + Sections.number(Numbers.change(change.gain())) + Sections.number(percent(change.error()))
                        + "</tr>")
                .collect(Collectors.joining("\n"));
        return "<p>Changes in the order in which they were taken, each against what was best before it. A change is taken if it gains"
                + " 1&nbsp;% and 1.5 standard errors of the users' paired differences; of what cannot be told apart, the"
                + " simpler stays.</p>"
                + table("What was taken", head("Change", "") + head("Gain", "n") + head("Standard error", "n"), rows);
    }

    private static String curves(SearchReport search) {
        List<Plot.Series> series = new ArrayList<>();
        List<SearchReport.Trial> order = new ArrayList<>(search.trials());
        order.sort(Comparator.comparing(trial -> chosen(search, trial)));
        for (SearchReport.Trial trial : order) {
            List<Plot.Point> points = IntStream.range(0, trial.curve().size())
                    .mapToObj(e -> new Plot.Point(e + 1, trial.curve().get(e), text(trial)))
                    .toList();
            series.add(new Plot.Series(points, true, chosen(search, trial) ? "main" : "other", null));
        }
        return "<p>NDCG@20 on what was held out after each epoch. The chosen settings are highlighted; curves that break off were ended"
                + " because they could not come up to the best.</p>"
                + Plot.wide("Learning curves of the settings tried; the chosen ones are highlighted.", "epoch", series);
    }

    private static boolean chosen(SearchReport search, SearchReport.Trial trial) {
        return trial.validation() != null && trial.validation().equals(search.chosen());
    }

    private static String tried(SearchReport search) {
        StringBuilder rows = new StringBuilder();
        for (int k = 0; k < search.trials().size(); k++) {
            SearchReport.Trial trial = search.trials().get(k);
            Double validation = trial.validation();
            boolean several = !search.contenders().isEmpty();
            String settings = (several ? escape(trial.algorithm()) + " " : "")
                    + (trial.settings().isEmpty()
                            ? several ? "as it begins" : "the rules"
                            : Sections.settings(trial.settings()));
            String note = trial.failure() != null ? trial.failure() : trial.ended() ? "ended early" : "";
            rows.append(chosen(search, trial) ? "<tr class=\"best\">" : "<tr>")
                    .append(Sections.number(String.valueOf(k + 1)))
                    .append("<td>" + settings + "</td>")
                    .append(Sections.number(validation == null ? "–" : Numbers.metric(validation)))
                    .append(Sections.number(gain(trial)))
                    .append(Sections.number(trial.bestEpoch() == 0 ? "" : String.valueOf(trial.bestEpoch())))
                    .append(Sections.number(Numbers.count(Math.round(trial.gigaflops()))))
                    .append("<td>" + escape(note) + "</td></tr>\n");
        }
        return "<p>In the order tried. Settings are those that differ from the algorithm's first, which are its defaults, or for mf the rules of the"
                + " preset auto; gains are against these, with the standard error over users.</p>"
                + table(
                        "What was tried",
                        head("#", "n")
                                + head("Settings", "")
                                + head("NDCG@20", "n")
                                + head("Gain", "n")
                                + head("Best epoch", "n")
                                + head("Gflop", "n")
                                + head("Note", ""),
                        rows.toString());
    }

    private static String gain(SearchReport.Trial trial) {
        Double gain = trial.gain();
        Double error = trial.error();
        return gain == null || error == null ? "" : Numbers.change(gain) + " ± " + percent(error);
    }

    static List<String> protocol(SearchReport search) {
        List<String> sentences = new ArrayList<>();
        sentences.add("Settings were judged by " + search.judgedBy() + ".");
        if (search.users() < search.ofUsers()) {
            sentences.add("The search trained on " + Numbers.count(search.users()) + " of "
                    + Numbers.count(search.ofUsers()) + " users, and on all items.");
        }
        return sentences;
    }

    private static String text(SearchReport.Trial trial) {
        return trial.settings().isEmpty()
                ? "the settings by the rules"
                : trial.settings().entrySet().stream()
                        .map((Map.Entry<String, String> s) -> s.getKey() + "=" + s.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String table(String label, String heads, String rows) {
        return String.format(Locale.ROOT, TABLE, label, heads, rows);
    }

    private static String head(String text, String type) {
        return "<th scope=\"col\"" + (type.isEmpty() ? "" : " class=\"" + type + "\"") + ">" + text + "</th>";
    }
}
