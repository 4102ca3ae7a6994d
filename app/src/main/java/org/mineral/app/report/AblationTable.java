package org.mineral.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.search.AblationResult;
import org.mineral.tune.search.Axis;

/** An ablation as a table of text: a row for each value of y, a column for each of x, the best cell starred. */
public final class AblationTable {

    private AblationTable() {}

    public static List<String> lines(AblationResult result) {
        List<String> lines = new ArrayList<>(lines(result, "validation", Trial::validation, result.best()));
        if (result.cells().stream().anyMatch(cell -> cell.test() != null)) {
            lines.add("");
            lines.addAll(lines(result, "test, for information, not to choose by", Trial::test, null));
        }
        Trial best = result.best();
        lines.add("");
        lines.add(
                best == null
                        ? "No cell has a result; the trials and the report say why."
                        : "Best on validation data: " + choice(result, best)
                                + (best.epochs() == 0
                                        ? "."
                                        : ", epoch " + Numbers.epoch(best.bestEpoch(), best.epochs()) + "."));
        edge(result).ifPresent(lines::add);
        return lines;
    }

    /** Advice if the best cell is at the edge of the grid. */
    static Optional<String> edge(AblationResult result) {
        List<String> open = result.open();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("It is at the end of the range of " + Summary.list(open)
                        + ": widen it. Cells that are in the log already are not trained again.");
    }

    /** {@code lambda=1.1, temperature=0.15}. */
    static String choice(AblationResult result, Trial cell) {
        return result.axes().stream()
                .map(axis -> axis.name() + "=" + cell.settings().get(axis.name()))
                .collect(Collectors.joining(", "));
    }

    /** Whether the cells were trained in epochs, so that they have a budget. */
    static boolean hasEpochs(AblationResult result) {
        return result.cells().stream().anyMatch(cell -> cell.epochs() > 0);
    }

    private static List<String> lines(
            AblationResult result, String part, Function<Trial, @Nullable Double> value, @Nullable Trial best) {
        Axis y = result.y();
        List<String> rows = y == null ? List.of("") : y.values();
        List<String> columns = result.x().values();
        String corner =
                y == null ? result.x().name() : y.name() + " \\ " + result.x().name();
        int first = Math.max(
                corner.length(), rows.stream().mapToInt(String::length).max().orElse(0));
        int width =
                Math.max(9, 2 + columns.stream().mapToInt(String::length).max().orElse(0));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s of %s on %s%s, seed %d",
                result.metric(),
                result.loss(),
                part,
                hasEpochs(result) ? ", " + result.budget() + " a cell" : "",
                result.seed()));
        StringBuilder head = new StringBuilder(pad(corner, first));
        columns.forEach(c -> head.append(right(c, width)).append(' '));
        lines.add(head.toString().stripTrailing());
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder(pad(rows.get(r), first));
            for (int c = 0; c < columns.size(); c++) {
                Trial cell = result.cell(r, c);
                Double measured = value.apply(cell);
                line.append(right(measured == null ? "failed" : Numbers.metric(measured), width))
                        .append(cell == best ? '*' : ' ');
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(1, width - text.length())) + text;
    }
}
