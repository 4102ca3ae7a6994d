package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mineral.model.provenance.Environment;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.DataFacts;
import org.mineral.tune.compare.ComparisonResult.Entry;
import tools.jackson.databind.json.JsonMapper;

/** The parts of the report that are prose and lists. */
final class Sections {

    private static final Pattern ARXIV = Pattern.compile("(?<![\\d./])(?:arXiv )?(\\d{4}\\.\\d{4,5})(?![\\d/])");

    /** Characters beyond which a formula does not fit into half the page. */
    private static final int LONG_FORMULA = 70;

    private Sections() {}

    static String summary(ComparisonResult result) {
        return Summary.of(result).stream()
                .map(sentence -> Html.escape(sentence).replace(" %", "&nbsp;%"))
                .collect(Collectors.joining(" "));
    }

    /** How to read the table's intervals and tests. */
    static String tests(ComparisonResult result) {
        boolean several = result.seeds().size() > 1;
        Noun noun = Noun.of(result);
        return (several ? "Figures are means over " + result.seeds().size() + " seeds. " : "")
                + "Small figures are 95&nbsp;% intervals over users" + (several ? " and seeds" : "")
                + ". The p-values are of paired tests against the best " + noun.one + " over users"
                + (several ? " and seeds" : "")
                + ", corrected for the number of all pairs; a " + noun.one
                + " is called worse only if both are significant at the 5&nbsp;% level. Two " + noun.many
                + " that share a letter in the column Group cannot be told apart; two that share none"
                + " can.";
    }

    /** The key figures. */
    static String facts(ComparisonResult result) {
        DataFacts data = result.data();
        return fact("Users", Numbers.count(data.users()))
                + fact("Items", Numbers.count(data.items()))
                + fact("Training interactions", Numbers.count(data.train()))
                + fact("Budget of each", result.budget())
                + fact(result.seeds().size() == 1 ? "Seed" : "Seeds", Numbers.list(result.seeds()))
                + fact("Whole comparison", Numbers.seconds(result.seconds()));
    }

    static String fact(String name, String value) {
        return "<div><dt>" + escape(name) + "</dt><dd>" + escape(value) + "</dd></div>";
    }

    /** One card for each: formula, source, and the settings that differ from loss to loss. */
    static String losses(ComparisonResult result) {
        Map<String, String> shared = shared(result.entries());
        return result.entries().stream().map(e -> card(e, shared)).collect(Collectors.joining("\n"));
    }

    /** How to read the formulas of losses. */
    static String aboutFormulas(Noun noun) {
        return "<p>Each" + (noun == Noun.LOSS ? "" : " formula of a loss")
                + " is the mean over a user's positives <i>i</i> of <i>l</i>(<i>u</i>,&nbsp;<i>i</i>); <i>s</i> is the similarity of user"
                + " and item divided by the temperature, <i>j</i> runs over the <i>M</i> candidates, <i>w</i> are their weights, <i>c</i>"
                + " is the cosine and <i>y</i> the similarity itself.</p>";
    }

    private static String card(Entry entry, Map<String, String> shared) {
        Map<String, String> own = new LinkedHashMap<>(entry.settings());
        own.keySet().removeAll(shared.keySet());
        String formulas = formulas(entry).stream()
                .map(f -> "<p class=\"formula\">" + Formula.mathml(f) + "</p>")
                .collect(Collectors.joining());
        String size = entry.formula().length() > LONG_FORMULA ? "card wide" : "card";
        return "<article class=\"" + size + "\" id=\"" + Tables.anchor(entry.name()) + "\"><h3>" + escape(entry.name())
                + "</h3>" + formulas + "<p class=\"source\">" + cite(entry.source()) + "</p>" + settings(own)
                + search(entry)
                + (entry.engine().isEmpty() ? "" : "<p class=\"engine\">" + escape(entry.engine()) + "</p>")
                + "</article>";
    }

    /** What the search for the settings tried and took. */
    private static String search(Entry entry) {
        SearchReport search = entry.search();
        return search == null
                ? ""
                : "<p class=\"engine\">"
                        + search.lines().stream().map(Html::escape).collect(Collectors.joining("<br>")) + "</p>";
    }

    /** l(u,i) of a loss, or what an algorithm computes. */
    private static List<String> formulas(Entry entry) {
        if (entry.kind() == ComparisonResult.Kind.LOSS) {
            return Formula.definitions(entry.formula());
        }
        return entry.formula().isEmpty() ? List.of() : List.of(entry.formula());
    }

    /** Settings that have one value all through the comparison, under a heading; empty if there are none. */
    static String sharedSettings(ComparisonResult result) {
        String list = settings(shared(result.entries()));
        return list.isEmpty() ? "" : "<h3>Settings that all of them share</h3>\n" + list;
    }

    private static Map<String, String> shared(List<Entry> entries) {
        if (entries.size() < 2) {
            return Map.of();
        }
        Map<String, String> shared = new LinkedHashMap<>(entries.get(0).settings());
        for (Entry entry : entries) {
            shared.entrySet().removeIf(s -> !Objects.equals(entry.settings().get(s.getKey()), s.getValue()));
        }
        return shared;
    }

    static String settings(Map<String, String> settings) {
        return settings.isEmpty()
                ? ""
                : settings.entrySet().stream()
                        .map(s -> "<div><dt>" + escape(s.getKey()) + "</dt><dd>" + escape(s.getValue()) + "</dd></div>")
                        .collect(Collectors.joining("", "<dl class=\"settings\">", "</dl>"));
    }

    /** The source as text, with a link where it names an arXiv paper. Following it is the only use of a network. */
    static String cite(String source) {
        return ARXIV.matcher(escape(source))
                .replaceAll("<a href=\"https://arxiv.org/abs/$1\" rel=\"noreferrer\">$0</a>");
    }

    static String commands(ComparisonResult result) {
        return result.entries().stream()
                .filter(e -> !e.commands().isEmpty())
                .map(e -> "<div class=\"command\"><h3>" + escape(e.name()) + "</h3><pre tabindex=\"0\"><code>"
                        + escape(String.join("\n", e.commands())) + "</code></pre></div>")
                .collect(Collectors.joining("\n"));
    }

    static String protocol(List<String> sentences) {
        return sentences.stream().map(s -> "<li>" + escape(s) + "</li>").collect(Collectors.joining("\n"));
    }

    static String data(DataFacts data) {
        return pair("Data", data.name())
                + pair("Users", Numbers.count(data.users()))
                + pair("Items", Numbers.count(data.items()))
                + pair("Interactions in train", Numbers.count(data.train()))
                + pair("Interactions in validation", Numbers.count(data.valid()))
                + pair("Interactions in test", Numbers.count(data.test()))
                + pair("Users measured (with a test item)", Numbers.count(data.testUsers()))
                + pair("Density of train", Numbers.percent(data.density()))
                + pair("Hash of the interactions", data.hash());
    }

    static String provenance(ComparisonResult result) {
        return provenance(
                result.environment(),
                result.threads(),
                result.seeds(),
                result.budget() + " for each " + Noun.of(result).one);
    }

    static String provenance(Environment environment, int threads, List<Long> seeds, String budget) {
        return pair("Mineral", environment.version())
                + pair("Java", environment.jdk())
                + pair("Kernels", environment.kernel())
                + pair("System", environment.system())
                + pair("Threads", threads + " of " + environment.processors() + " processors")
                + pair(seeds.size() == 1 ? "Seed" : "Seeds", Numbers.list(seeds))
                + pair("Budget", budget)
                + pair("Date", environment.date());
    }

    /**
     * The end of a page: protocol, data, provenance, and the document that the page carries for programs.
     *
     * @param protocol in sentences
     * @param data rows of {@link #pair}
     * @param provenance rows of {@link #pair}
     */
    static String closing(List<String> protocol, String data, String provenance, Object document) {
        return Html.fill(
                Html.resource("closing.html"),
                Map.of(
                        "protocol",
                        protocol(protocol),
                        "data",
                        data,
                        "provenance",
                        provenance,
                        "json",
                        Html.json(JsonMapper.shared().writeValueAsString(document))));
    }

    /** A drawing, or what holds it, with its caption. */
    static String figure(String caption, String drawing) {
        return "<figure class=\"map\"><figcaption>" + escape(caption) + "</figcaption>" + drawing + "</figure>";
    }

    /** A cell of a column of numbers. */
    static String number(String text) {
        return "<td class=\"n\">" + escape(text) + "</td>";
    }

    static String pair(String name, String value) {
        return "<tr><th scope=\"row\">" + escape(name) + "</th><td>" + escape(value) + "</td></tr>\n";
    }
}
