package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** A dot chart as inline SVG: a row for each name, with dots and an interval over one horizontal axis, in the page's colours. */
final class DotChart {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 27;
    private static final int LETTER = 8;
    private static final int RIGHT = 20;
    private static final int TOP = 8;
    private static final int FOOT = 50;

    /** Shapes of dots, as paths around the origin. */
    enum Shape {
        CIRCLE("M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0"),
        SQUARE("M-4.5 -4.5h9v9h-9z"),
        TRIANGLE("M0 -5.5l5.5 9.5h-11z"),
        DIAMOND("M0 -6l6 6l-6 6l-6 -6z"),
        SMALL("M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0");

        private final String path;

        Shape(String path) {
            this.path = path;
        }

        /** @param style class names of the style sheet */
        String at(double x, double y, String style, String hint) {
            return String.format(
                    Locale.ROOT,
                    "<path class=\"%s\" d=\"%s\" transform=\"translate(%.1f %.1f)\"><title>%s</title></path>",
                    style,
                    path,
                    x,
                    y,
                    escape(hint));
        }
    }

    /**
     * @param style class names of the style sheet
     * @param hint shown where the pointer rests
     */
    record Dot(double x, Shape shape, String style, String hint) {}

    /** An interval from low to high. */
    record Interval(double low, double high) {}

    /** @param style class names of the style sheet, for the interval */
    record Row(String name, String style, @Nullable Interval interval, List<Dot> dots) {

        private DoubleStream values() {
            DoubleStream dotted = dots.stream().mapToDouble(Dot::x);
            return interval == null
                    ? dotted
                    : DoubleStream.concat(dotted, DoubleStream.of(interval.low, interval.high));
        }
    }

    private final List<Row> rows;
    private final int left;
    private final double low;
    private final double high;

    private DotChart(boolean fromZero, List<Row> rows) {
        this.rows = rows;
        this.left = 16
                + LETTER
                        * rows.stream().mapToInt(row -> row.name.length()).max().orElse(0);
        double[] values = rows.stream()
                .flatMapToDouble(Row::values)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double first = values.length == 0 || fromZero ? 0 : values[0];
        double last = values.length == 0 ? 1 : values[values.length - 1];
        double margin = last > first ? 0.04 * (last - first) : Math.max(1e-6, 0.1 * Math.abs(last));
        this.low = fromZero ? first : first - margin;
        this.high = last + margin;
    }

    /** @param fromZero whether the axis begins at zero, or just below the smallest value */
    static String svg(String label, String axis, boolean fromZero, List<Row> rows) {
        return new DotChart(fromZero, rows).draw(label, axis);
    }

    private String draw(String label, String axis) {
        int bottom = TOP + HEIGHT * rows.size();
        StringBuilder svg = new StringBuilder(format(
                "<svg class=\"plot dots\" role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\">",
                escape(label), WIDTH, bottom + FOOT));
        for (int r = 0; r < rows.size(); r++) {
            svg.append(draw(rows.get(r), TOP + HEIGHT * r + HEIGHT / 2.0));
        }
        svg.append(format(
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", left, WIDTH - RIGHT, bottom, bottom));
        for (double tick : Ticks.linear(low, high, false)) {
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    across(tick), bottom + 18, Numbers.metric(tick)));
        }
        return svg.append(format(
                        "<text class=\"axis\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text></svg>",
                        (left + WIDTH - RIGHT) / 2, bottom + 42, escape(axis)))
                .toString();
    }

    private String draw(Row row, double y) {
        StringBuilder out = new StringBuilder(format(
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", left, WIDTH - RIGHT, y, y));
        out.append(format(
                "<text class=\"name\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                left - 8, y + 4, escape(row.name)));
        Interval interval = row.interval;
        if (interval != null && Double.isFinite(interval.low) && Double.isFinite(interval.high)) {
            double from = across(interval.low);
            out.append(format(
                    "<rect class=\"interval %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"5\" rx=\"2.5\"/>",
                    row.style, from, y - 2.5, Math.max(2, across(interval.high) - from)));
        }
        row.dots.stream()
                .filter(dot -> Double.isFinite(dot.x))
                .forEach(dot -> out.append(dot.shape.at(across(dot.x), y, dot.style, dot.hint)));
        return out.toString();
    }

    private double across(double value) {
        return left + (value - low) / (high - low) * (WIDTH - left - RIGHT);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
