package org.mineral.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.tune.ComparisonResult;
import org.mineral.tune.ComparisonResult.Contrast;
import org.mineral.tune.ComparisonResult.Entry;
import org.mineral.tune.ComparisonResult.Range;

/** A comparison as a table of text: the losses, best first; below a rule the floor and the ceiling. */
public final class ComparisonTable {

    private static final String ROW = "%3s  %-17s %9s  %8s  %-15s  %9s  %7s  %7s  %-14s %11s %8s";

    private ComparisonTable() {}

    public static List<String> lines(ComparisonResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "#",
                "loss",
                "Recall@20",
                result.metric(),
                "95 % interval",
                "vs best",
                "p (t)",
                "p (W)",
                "verdict",
                "training",
                "epoch"));
        int rank = 1;
        for (Entry entry : result.entries()) {
            lines.add(
                    entry.failed()
                            ? String.format(Locale.ROOT, "%3s  %-17s no result: %s", "-", entry.name(), entry.failure())
                            : row(result, entry, String.valueOf(rank++)));
        }
        lines.add("-".repeat(lines.get(0).length()));
        lines.add(row(result, result.floor(), ""));
        Entry ceiling = result.ceiling();
        if (ceiling != null) {
            lines.add(row(result, ceiling, ""));
        }
        lines.add("p: paired t and Wilcoxon tests against the best, Holm-corrected. "
                + result.data().name() + ", "
                + Numbers.count(result.data().testUsers()) + " users measured, " + result.budget()
                + " for each loss, seed " + result.seed() + ".");
        return lines;
    }

    private static String row(ComparisonResult result, Entry entry, String rank) {
        Entry best = result.best();
        Range range = entry.intervals().get(result.metric());
        Contrast contrast = entry.againstBest();
        boolean trained = !entry.curve().isEmpty();
        double change = best == null ? Double.NaN : entry.metric(result.metric()) / best.metric(result.metric()) - 1;
        return line(
                rank,
                entry.name(),
                Numbers.metric(entry.metric("Recall@20")),
                Numbers.metric(entry.metric(result.metric())),
                range == null ? "" : Numbers.metric(range.low()) + "-" + Numbers.metric(range.high()),
                entry == best || !Double.isFinite(change) ? "" : Numbers.change(change),
                contrast == null ? "" : Numbers.p(contrast.t()),
                contrast == null ? "" : Numbers.p(contrast.wilcoxon()),
                entry == best ? "best" : contrast == null ? "" : verdict(contrast),
                trained ? Numbers.seconds(entry.seconds()) : "",
                trained ? Numbers.seconds(entry.epochSeconds()) : "");
    }

    private static String verdict(Contrast contrast) {
        return !contrast.real() ? "not told apart" : contrast.difference() < 0 ? "worse" : "better";
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }
}
