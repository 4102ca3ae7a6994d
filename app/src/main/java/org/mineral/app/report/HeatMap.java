package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.search.AblationResult;
import org.mineral.tune.search.Axis;

/** The grid of an ablation as an inline SVG. Its colours are the page's variables, so that it follows the light or dark theme. */
final class HeatMap {

    private static final int WIDTH = 76;
    private static final int HEIGHT = 40;
    private static final int LETTER = 8;
    private static final int FOOT = 52;
    private static final int HEAD = 28;

    /** Colour begins here, as a share of the best: below, differences no longer matter, and failures would eat the scale. */
    private static final double FROM = 0.8;

    private final AblationResult result;
    private final Function<Trial, @Nullable Double> value;
    private final @Nullable Trial marked;
    private final List<String> rows;
    private final int left;
    private final int top;
    private final double low;
    private final double high;

    private HeatMap(AblationResult result, Function<Trial, @Nullable Double> value, @Nullable Trial marked) {
        this.result = result;
        this.value = value;
        this.marked = marked;
        Axis y = result.y();
        this.rows = y == null ? List.of("") : y.values();
        this.left = y == null
                ? 4
                : 12 + LETTER * rows.stream().mapToInt(String::length).max().orElse(0);
        this.top = y == null ? 4 : HEAD;
        double[] values = result.cells().stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        this.high = values.length == 0 ? 1 : values[values.length - 1];
        this.low = values.length == 0 ? 0 : Math.max(values[0], FROM * high);
    }

    /** @param marked the cell that gets a frame; null: none */
    static String svg(
            AblationResult result, String label, Function<Trial, @Nullable Double> value, @Nullable Trial marked) {
        return new HeatMap(result, value, marked).draw(label);
    }

    private String draw(String label) {
        List<String> columns = result.x().values();
        int width = left + columns.size() * WIDTH + 4;
        int bottom = top + rows.size() * HEIGHT;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"heat\" role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\">",
                escape(label),
                width,
                bottom + FOOT,
                width));
        for (int r = 0; r < rows.size(); r++) {
            // The smallest value at the bottom, as in any chart.
            int y = bottom - (r + 1) * HEIGHT;
            svg.append(text(left - 8, y + HEIGHT / 2 + 5, "end", "", rows.get(r)));
            for (int c = 0; c < columns.size(); c++) {
                svg.append(cell(result.cell(r, c), left + c * WIDTH, y));
            }
        }
        for (int c = 0; c < columns.size(); c++) {
            svg.append(text(left + c * WIDTH + WIDTH / 2, bottom + 20, "middle", "", columns.get(c)));
        }
        int middle = left + columns.size() * WIDTH / 2;
        svg.append(text(middle, bottom + 42, "middle", "axis", result.x().name()));
        Axis y = result.y();
        if (y != null) {
            // Across, above the values: along the axis a long name would need more height than a few rows have.
            svg.append(text(0, 16, "start", "axis", y.name()));
        }
        return svg.append("</svg>").toString();
    }

    private String cell(Trial cell, int x, int y) {
        Double measured = value.apply(cell);
        String shown = measured == null ? "failed" : Numbers.metric(measured);
        double share = measured == null || high <= low ? 0 : Math.max(0, (measured - low) / (high - low));
        boolean dark = share > 0.55;
        String hint = AblationTable.choice(result, cell) + ": " + (measured == null ? cell.failure() : shown);
        return String.format(
                Locale.ROOT,
                "<g><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" class=\"%s\""
                        + " style=\"--share:%.1f%%\"/>%s</g>",
                escape(hint),
                x + 1,
                y + 1,
                WIDTH - 2,
                HEIGHT - 2,
                (measured == null ? "none" : "cell") + (cell == marked ? " best" : ""),
                100 * share,
                text(x + WIDTH / 2, y + HEIGHT / 2 + 5, "middle", dark ? "on" : "", shown));
    }

    private static String text(int x, int y, String anchor, String type, String content) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\" class=\"" + type + "\">"
                + escape(content) + "</text>";
    }
}
