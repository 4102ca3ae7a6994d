package org.mineral.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.eval.information.InformationBounds;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Kind;
import org.mineral.tune.compare.ComparisonResult.Range;

/** A comparison as a text table: the losses, best first; below a rule the references. */
public final class ComparisonTable {

    private static final String ROW = "%3s  %s %9s  %8s  %-15s  %9s  %7s  %7s  %-14s %-5s %11s %8s";

    private static final int NARROWEST = 17;

    private ComparisonTable() {}

    /** The table, and below it the findings in sentences. */
    public static List<String> withSummary(ComparisonResult result) {
        List<String> lines = lines(result);
        lines.add("");
        lines.addAll(Summary.of(result));
        return lines;
    }

    public static List<String> lines(ComparisonResult result) {
        List<String> lines = new ArrayList<>();
        Map<String, String> letters = CompactLetterDisplay.of(result);
        Noun noun = Noun.of(result);
        lines.add(line(
                "#",
                name(result, noun.one),
                "Recall@20",
                result.metric(),
                "95 % interval",
                "vs best",
                "p (t)",
                "p (W)",
                "verdict",
                "group",
                "training",
                "epoch"));
        int rank = 1;
        for (Entry entry : result.entries()) {
            lines.add(
                    entry.failed()
                            ? String.format(
                                    Locale.ROOT,
                                    "%3s  %s no result: %s",
                                    "-",
                                    name(result, entry.name()),
                                    entry.failure())
                            : row(result, entry, String.valueOf(rank++), letters));
        }
        lines.add("-".repeat(lines.get(0).length()));
        lines.add(row(result, result.floor(), "", letters));
        Entry ceiling = result.ceiling();
        if (ceiling != null) {
            lines.add(row(result, ceiling, "", letters));
        }
        lines.add("p: paired t and Wilcoxon tests against the best, Holm-corrected over all pairs; " + noun.many
                + " that share a letter cannot be told apart.");
        lines.add(result.data().name() + ", " + Numbers.count(result.data().testUsers()) + " users measured, "
                + result.budget() + " for each model, " + (result.seeds().size() == 1 ? "seed " : "seeds ")
                + Numbers.list(result.seeds()) + ".");
        result.sameModels().forEach(names -> lines.add("The same model: " + String.join(", ", names) + "."));
        if (result.optimistic()) {
            lines.add(OptimisticWarning.LINE);
        }
        if (result.entries().stream().anyMatch(e -> e.search() != null)) {
            found(result, lines);
        }
        if (result.seeds().size() > 1) {
            seeds(result, lines);
        }
        if (result.entries().stream().anyMatch(e -> e.information() != null)) {
            information(result, lines);
        }
        return lines;
    }

    /** One line for each model: its metric on held-out data at the first point and with what its search found, and that. */
    private static void found(ComparisonResult result, List<String> lines) {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%s %8s %8s  %s", heading(result, "found by each search"), "first", "best", "settings"));
        for (Entry entry : result.entries()) {
            SearchReport search = entry.search();
            if (search != null) {
                lines.add(String.format(
                                Locale.ROOT,
                                "     %s %8s %8s  %s",
                                name(result, entry.name()),
                                Numbers.metric(value(search.rule())),
                                Numbers.metric(value(search.chosen())),
                                search.settings().entrySet().stream()
                                        .map(s -> s.getKey() + "=" + s.getValue())
                                        .collect(Collectors.joining(" ")))
                        .stripTrailing());
            }
        }
    }

    private static double value(@Nullable Double metric) {
        return metric == null ? Double.NaN : metric;
    }

    /** One line for each loss: the value of each seed, and their spread. */
    private static void seeds(ComparisonResult result, List<String> lines) {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%s %s  %9s",
                heading(result, result.metric() + " by seed"),
                result.seeds().stream()
                        .map(seed -> String.format(Locale.ROOT, "%8d", seed))
                        .collect(Collectors.joining(" ")),
                "deviation"));
        for (Entry entry : result.entries()) {
            if (!entry.failed()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "     %s %s  %9s",
                        name(result, entry.name()),
                        entry.seeds().stream()
                                .map(s -> String.format(
                                        Locale.ROOT,
                                        "%8s",
                                        Numbers.metric(s.metrics().getOrDefault(result.metric(), Double.NaN))))
                                .collect(Collectors.joining(" ")),
                        String.format(Locale.ROOT, "%.5f", entry.spread(result.metric()))));
            }
        }
    }

    private static void information(ComparisonResult result, List<String> lines) {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%s %8s %8s %8s %8s",
                heading(result, "nats beyond popularity"),
                "NWJ",
                "DV",
                "InfoNCE",
                "BA"));
        for (Entry entry : result.entries()) {
            InformationBounds bounds = InformationSection.bounds(entry);
            if (bounds != null) {
                lines.add(String.format(
                        Locale.ROOT,
                        "     %s %8.3f %8.3f %8.3f %8.3f",
                        name(result, entry.name()),
                        bounds.nwj(),
                        bounds.donskerVaradhan(),
                        bounds.infoNce(),
                        bounds.barberAgakov()));
            }
        }
    }

    private static String row(ComparisonResult result, Entry entry, String rank, Map<String, String> letters) {
        Entry best = result.best();
        Range range = entry.intervals().get(result.metric());
        Contrast contrast = entry.againstBest();
        boolean epochs = !entry.curve().isEmpty();
        boolean trained = epochs || entry.kind() == Kind.MODEL && !entry.failed();
        double change = best == null ? Double.NaN : entry.metric(result.metric()) / best.metric(result.metric()) - 1;
        return line(
                rank,
                name(result, entry.name()),
                Numbers.metric(entry.metric("Recall@20")),
                Numbers.metric(entry.metric(result.metric())),
                range == null ? "" : Numbers.metric(range.low()) + "-" + Numbers.metric(range.high()),
                entry == best || !Double.isFinite(change) ? "" : Numbers.change(change),
                contrast == null ? "" : Numbers.p(contrast.t()),
                contrast == null ? "" : Numbers.p(contrast.wilcoxon()),
                entry == best ? "best" : contrast == null ? "" : verdict(contrast),
                letters.getOrDefault(entry.name(), ""),
                trained ? Numbers.seconds(entry.seconds()) : "",
                epochs ? Numbers.seconds(entry.epochSeconds()) : "");
    }

    /** As wide as the longest name of a model. */
    private static String name(ComparisonResult result, String text) {
        int width = result.entries().stream()
                .mapToInt(entry -> entry.name().length())
                .reduce(NARROWEST, Math::max);
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Of the columns of ranks and names together. */
    private static String heading(ComparisonResult result, String text) {
        int width = name(result, "").length() + "     ".length();
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String verdict(Contrast contrast) {
        return !contrast.real() ? "not told apart" : contrast.difference() < 0 ? "worse" : "better";
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }
}
