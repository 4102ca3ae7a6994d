package org.mineral.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.eval.Differences;
import org.mineral.eval.Novelty;

/** A model against another, metric by metric, as text. */
public final class DifferenceTable {

    private static final String ROW = "%-14s %9s %9s %11s  %-19s  %7s %7s  %s";

    private DifferenceTable() {}

    /** @param lines of one other model, at least one */
    public static List<String> lines(List<Differences.Line> lines) {
        List<String> text = new ArrayList<>();
        text.add("");
        text.add("Against " + lines.get(0).model() + ", "
                + Numbers.count(lines.get(0).users()) + " users:");
        text.add(line("", "this", "other", "difference", "95 % interval", "p (t)", "p (W)", "verdict"));
        for (Differences.Line line : lines) {
            text.add(line(
                    line.metric(),
                    Numbers.metric(line.first()),
                    Numbers.metric(line.other()),
                    signed(line.difference().mean()),
                    signed(line.difference().low()) + " to "
                            + signed(line.difference().high()),
                    Numbers.p(line.t()),
                    Numbers.p(line.wilcoxon()),
                    verdict(line)));
        }
        return text;
    }

    private static String verdict(Differences.Line line) {
        String more = line.metric().startsWith(Novelty.LABEL) ? "more novel" : "better";
        return !line.real() ? "not told apart" : (line.difference().mean() > 0 ? "this is " : "other is ") + more;
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }
}
