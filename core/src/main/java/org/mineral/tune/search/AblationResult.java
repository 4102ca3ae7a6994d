package org.mineral.tune.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.model.provenance.Environment;
import org.mineral.tune.compare.ComparisonResult.DataFacts;
import org.mineral.tune.compare.Trial;

/**
 * The result of an ablation; also its JSON output.
 *
 * @param metric of the cells, on validation data
 * @param budget of each cell
 * @param settings shared by all cells
 * @param y null if only one setting varies
 * @param cells by y, then by x
 * @param commands that repeat the best cell, from the listener; empty if every cell failed
 * @param seconds wall-clock time, without trials from the file
 */
public record AblationResult(
        DataFacts data,
        List<String> protocol,
        String metric,
        String loss,
        String formula,
        String budget,
        Map<String, String> settings,
        Axis x,
        @Nullable Axis y,
        long seed,
        int threads,
        Environment environment,
        List<Trial> cells,
        List<String> commands,
        double seconds) {

    /** The cell with the highest metric on validation data, the first of equals; null if every one failed. */
    public @Nullable Trial best() {
        return best(cells);
    }

    static @Nullable Trial best(List<Trial> cells) {
        return cells.stream()
                .filter(cell -> cell.validation() != null)
                .max(Comparator.comparingDouble(AblationResult::validation))
                .orElse(null);
    }

    private static double validation(Trial cell) {
        Double value = cell.validation();
        return value == null ? Double.NEGATIVE_INFINITY : value;
    }

    /** The axes on whose boundary the best cell lies, beyond which there may be better values. */
    public List<String> open() {
        Trial best = best();
        return axes().stream()
                .filter(axis -> best != null && axis.atEnd(best.settings().get(axis.name())))
                .map(Axis::name)
                .toList();
    }

    /** The axes, one or two. */
    public List<Axis> axes() {
        return y == null ? List.of(x) : List.of(x, y);
    }

    /** A cell by its indices, from 0. */
    public Trial cell(int row, int column) {
        return cells.get(row * x.values().size() + column);
    }
}
