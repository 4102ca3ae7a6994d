package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Kind;
import org.mineral.tune.compare.ComparisonResult.Point;
import org.mineral.tune.compare.ComparisonResult.Range;
import org.mineral.tune.compare.ComparisonResult.Stratum;

/** The tables of the report. Cells carry {@code data-v}, the number to sort by. */
final class Tables {

    private Tables() {}

    /** One row an entry: the losses, best first, then failures, then the floor and the ceiling. */
    static String results(ComparisonResult result) {
        StringBuilder rows = new StringBuilder();
        Map<String, String> letters = CompactLetterDisplay.of(result);
        int rank = 1;
        for (Entry entry : result.entries()) {
            rows.append(entry.failed() ? failure(entry) : row(result, entry, String.valueOf(rank++), letters));
        }
        rows.append("</tbody><tbody class=\"anchors\">");
        rows.append(row(result, result.floor(), "", letters));
        Entry ceiling = result.ceiling();
        if (ceiling != null) {
            rows.append(row(result, ceiling, "", letters));
        }
        return rows.toString();
    }

    private static String row(ComparisonResult result, Entry entry, String rank, Map<String, String> letters) {
        Entry best = result.best();
        boolean trained = entry.kind() == Kind.LOSS || entry.kind() == Kind.MODEL;
        boolean epochs = trained && !entry.curve().isEmpty() || entry.kind() == Kind.LOSS;
        StringBuilder row = new StringBuilder(entry == best ? "<tr class=\"best\">" : "<tr>");
        row.append(number(rank.isEmpty() ? Double.NaN : Integer.parseInt(rank), rank));
        row.append("<th scope=\"row\" data-v=\"" + escape(entry.name()) + "\">" + label(entry) + "</th>");
        row.append(measured(entry, "Recall@20"));
        row.append(measured(entry, result.metric()));
        double change = best == null || entry == best
                ? Double.NaN
                : entry.metric(result.metric()) / best.metric(result.metric()) - 1;
        row.append(number(change, Double.isFinite(change) ? Numbers.change(change) : ""));
        Contrast contrast = entry.againstBest();
        row.append(
                number(contrast == null ? Double.NaN : contrast.t(), contrast == null ? "" : Numbers.p(contrast.t())));
        row.append(number(
                contrast == null ? Double.NaN : contrast.wilcoxon(),
                contrast == null ? "" : Numbers.p(contrast.wilcoxon())));
        row.append("<td>" + verdict(entry == best, contrast) + "</td>");
        String group = letters.getOrDefault(entry.name(), "");
        row.append("<td data-v=\"" + group + "\">" + group + "</td>");
        row.append(number(epochs ? entry.bestEpoch() : Double.NaN, epochs ? "" + entry.bestEpoch() : ""));
        row.append(number(trained ? entry.seconds() : Double.NaN, trained ? Numbers.seconds(entry.seconds()) : ""));
        row.append(number(
                epochs ? entry.epochSeconds() : Double.NaN, epochs ? Numbers.seconds(entry.epochSeconds()) : ""));
        row.append(number(
                epochs ? entry.interactionsPerSecond() : Double.NaN,
                epochs ? Numbers.count(Math.round(entry.interactionsPerSecond())) : ""));
        return row.append("</tr>\n").toString();
    }

    private static String failure(Entry entry) {
        return "<tr class=\"failed\"><td></td><th scope=\"row\" data-v=\"" + escape(entry.name()) + "\">" + label(entry)
                + "</th><td colspan=\"11\">no result: " + escape(String.valueOf(entry.failure())) + "</td></tr>\n";
    }

    private static String label(Entry entry) {
        return switch (entry.kind()) {
            case LOSS, MODEL -> "<a href=\"#" + anchor(entry.name()) + "\">" + escape(entry.name()) + "</a>";
            case POPULARITY -> escape(entry.name()) + " <span class=\"tag\">floor</span>";
            case PLANTED -> escape(entry.name()) + " <span class=\"tag\">ceiling</span>";
        };
    }

    private static String verdict(boolean best, @Nullable Contrast contrast) {
        if (best) {
            return "<span class=\"verdict first\">best</span>";
        } else if (contrast == null) {
            return "";
        } else if (!contrast.real()) {
            return "<span class=\"verdict tie\">cannot be told apart</span>";
        }
        return "<span class=\"verdict\">" + (contrast.difference() < 0 ? "worse" : "better") + "</span>";
    }

    private static String measured(Entry entry, String metric) {
        double value = entry.metric(metric);
        Range range = entry.intervals().get(metric);
        String interval = range == null
                ? ""
                : "<small>" + Numbers.metric(range.low()) + "–" + Numbers.metric(range.high()) + "</small>";
        return number(value, Numbers.metric(value) + interval);
    }

    private static String number(double value, String html) {
        return "<td class=\"n\"" + (Double.isNaN(value) ? "" : " data-v=\"" + value + "\"") + ">" + html + "</td>";
    }

    /** Every seed of every loss, folded away; nothing if there was one. */
    static String seeds(ComparisonResult result) {
        if (result.seeds().size() < 2) {
            return "";
        }
        String head = result.seeds().stream().map(seed -> th("seed " + seed)).collect(Collectors.joining())
                + th("Mean")
                + th("Standard deviation");
        String body = result.entries().stream()
                .filter(e -> !e.failed())
                .map(e -> "<tr>" + rowHead(e)
                        + e.seeds().stream()
                                .map(s -> s.metrics().getOrDefault(result.metric(), Double.NaN))
                                .map(v -> number(v, Numbers.metric(v)))
                                .collect(Collectors.joining())
                        + number(e.metric(result.metric()), Numbers.metric(e.metric(result.metric())))
                        + number(
                                e.spread(result.metric()),
                                String.format(Locale.ROOT, "%.5f", e.spread(result.metric())))
                        + "</tr>\n")
                .collect(Collectors.joining());
        return "<details open><summary>Seeds</summary>" + table(result, result.metric() + " by seed", head, body)
                + "</details>";
    }

    /** Every metric of every entry. */
    static String metrics(ComparisonResult result) {
        Set<String> names = new TreeSet<>(Tables::compareMetrics);
        List<Entry> entries = measuredEntries(result);
        entries.forEach(e -> names.addAll(e.metrics().keySet()));
        String head = names.stream().map(n -> th(escape(n))).collect(Collectors.joining());
        String body = entries.stream()
                .map(e -> "<tr>" + rowHead(e)
                        + names.stream()
                                .map(n -> number(e.metric(n), Numbers.metric(e.metric(n))))
                                .collect(Collectors.joining())
                        + "</tr>\n")
                .collect(Collectors.joining());
        return table(result, "All metrics, means over the test users", head, body);
    }

    /** Recall@20 before Recall@100: by name, then by the number after the at sign. */
    private static int compareMetrics(String a, String b) {
        String[] left = a.split("@");
        String[] right = b.split("@");
        int byName = left[0].compareTo(right[0]);
        return byName != 0 || left.length < 2 || right.length < 2
                ? byName != 0 ? byName : a.compareTo(b)
                : Integer.compare(Integer.parseInt(left[1]), Integer.parseInt(right[1]));
    }

    /** Recall in each slice of the catalogue. */
    static String strata(ComparisonResult result) {
        List<Entry> entries = measuredEntries(result);
        List<Stratum> slices = entries.isEmpty() ? List.of() : entries.get(0).strata();
        String head = slices.stream()
                .map(s -> th(escape(s.name()) + " <small>" + Numbers.count(s.items()) + " items</small>"))
                .collect(Collectors.joining());
        String body = entries.stream()
                .map(e -> "<tr>" + rowHead(e)
                        + e.strata().stream()
                                .map(s -> number(s.recall(), Numbers.metric(s.recall())))
                                .collect(Collectors.joining())
                        + "</tr>\n")
                .collect(Collectors.joining());
        return table(
                result, "Share of a user's test items found among the first 20, by popularity of the item", head, body);
    }

    /** Validation metric at a handful of epochs. */
    static String curves(ComparisonResult result) {
        List<Entry> trained =
                result.entries().stream().filter(e -> !e.curve().isEmpty()).toList();
        int last = trained.stream().mapToInt(e -> e.curve().size()).max().orElse(0);
        Set<Integer> epochs = new TreeSet<>();
        for (double share : new double[] {0, 0.05, 0.1, 0.25, 0.5, 0.75, 1}) {
            if (last > 0) {
                epochs.add(Math.max(1, (int) Math.round(share * last)));
            }
        }
        String head = epochs.stream().map(e -> th("epoch " + e)).collect(Collectors.joining());
        String body = trained.stream()
                .map(e -> "<tr>" + rowHead(e)
                        + epochs.stream().map(n -> at(e.curve(), n)).collect(Collectors.joining()) + "</tr>\n")
                .collect(Collectors.joining());
        String part = result.optimistic() ? "test" : "validation";
        return table(result, result.metric() + " on " + part + " data as training went on", head, body);
    }

    private static String at(List<Point> curve, int epoch) {
        return curve.stream()
                .filter(p -> p.epoch() == epoch)
                .findFirst()
                .map(p -> number(p.validation(), Numbers.metric(p.validation())))
                .orElse("<td class=\"n\">–</td>");
    }

    /** The losses that have figures, then the floor and the ceiling. */
    private static List<Entry> measuredEntries(ComparisonResult result) {
        List<Entry> entries = new ArrayList<>(
                result.entries().stream().filter(e -> !e.failed()).toList());
        entries.add(result.floor());
        Entry ceiling = result.ceiling();
        if (ceiling != null) {
            entries.add(ceiling);
        }
        return entries;
    }

    static String table(ComparisonResult result, String caption, String head, String body) {
        return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + caption + "\"><table><caption>"
                + caption + "</caption><thead><tr>" + th(Noun.capital(Noun.of(result).one)) + head
                + "</tr></thead><tbody>" + body
                + "</tbody></table></div>";
    }

    static String th(String html) {
        return "<th scope=\"col\">" + html + "</th>";
    }

    private static String rowHead(Entry entry) {
        return "<th scope=\"row\">" + escape(entry.name()) + "</th>";
    }

    /** The id of a loss's section: letters, digits and hyphens only. */
    static String anchor(String loss) {
        return "loss-" + loss.toLowerCase(Locale.ROOT).replace("+", "-plus").replaceAll("[^a-z0-9-]", "-");
    }
}
