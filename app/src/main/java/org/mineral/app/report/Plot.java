package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A small chart as inline SVG, lines or points over two axes, in the page's colours. */
final class Plot {

    private static final int LEFT = 60;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;

    /** @param hint shown where the pointer rests */
    record Point(double x, double y, String hint) {}

    /**
     * @param line whether the points are joined
     * @param style class names of the style sheet
     * @param mark the point of a line that gets a dot; null: none
     */
    record Series(
            List<Point> points,
            boolean line,
            String style,
            @Nullable Point mark) {}

    private final int width;
    private final int height;
    private final List<Series> series;
    private final boolean log;
    private final double[] x;
    private final double[] y;

    private Plot(int width, int height, List<Series> series, boolean log) {
        this.width = width;
        this.height = height;
        this.series = series;
        this.log = log;
        this.x = range(p -> place(p.x));
        this.y = range(Point::y);
    }

    /**
     * Later series are drawn above earlier ones.
     *
     * @param log whether the horizontal axis is logarithmic
     */
    static String svg(String label, String xName, boolean log, List<Series> series) {
        return new Plot(460, 260, series, log).draw(label, xName);
    }

    /** As wide as the page. */
    static String wide(String label, String xName, List<Series> series) {
        return new Plot(860, 400, series, false).draw(label, xName);
    }

    private double place(double value) {
        return log ? Math.log(value) : value;
    }

    private double[] range(ToDoubleFunction<Point> of) {
        double[] values = series.stream()
                .flatMap(s -> s.points.stream())
                .mapToDouble(of)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return new double[] {0, 1};
        }
        double low = values[0];
        double high = values[values.length - 1];
        double margin = high > low ? 0.04 * (high - low) : Math.max(1e-6, Math.abs(low) * 0.1);
        return new double[] {low - margin, high + margin};
    }

    private String draw(String label, String xName) {
        StringBuilder svg = new StringBuilder("<svg class=\"plot\" role=\"img\" aria-label=\"" + escape(label)
                + "\" viewBox=\"0 0 " + width + " " + height + "\">");
        int bottom = height - BOTTOM;
        for (double value : Ticks.linear(y[0], y[1], false)) {
            double up = up(value);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, width - RIGHT, up, up));
            svg.append(format(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 8, up + 4, Numbers.metric(value)));
        }
        for (double place : log ? Ticks.logarithmic(x[0], x[1]) : Ticks.linear(x[0], x[1], whole())) {
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    across(place), bottom + 18, short3(log ? Math.exp(place) : place)));
        }
        svg.append(format(
                "<text class=\"axis\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + width - RIGHT) / 2, height - 6, escape(xName)));
        for (int k = 0; k < series.size(); k++) {
            Series shown = series.get(k);
            svg.append("<g class=\"" + shown.style + "\" data-series=\"" + k + "\">" + draw(shown) + "</g>");
        }
        return svg.append("</svg>").toString();
    }

    private String draw(Series of) {
        List<Point> shown = of.points.stream().filter(p -> Double.isFinite(p.y)).toList();
        if (!of.line || shown.size() < 2) {
            return shown.stream().map(this::dot).collect(Collectors.joining());
        }
        String path = shown.stream()
                .map(p -> format("%.1f,%.1f", across(place(p.x)), up(p.y)))
                .collect(Collectors.joining(" "));
        Point named = of.mark == null ? shown.get(0) : of.mark;
        return "<polyline points=\"" + path + "\"><title>" + escape(named.hint) + "</title></polyline>"
                + (of.mark == null ? "" : dot(of.mark));
    }

    private String dot(Point p) {
        return format(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>",
                across(place(p.x)), up(p.y), escape(p.hint));
    }

    private boolean whole() {
        return series.stream().flatMap(s -> s.points.stream()).allMatch(p -> p.x == Math.rint(p.x));
    }

    private double across(double place) {
        return LEFT + (place - x[0]) / (x[1] - x[0]) * (width - LEFT - RIGHT);
    }

    private double up(double value) {
        int bottom = height - BOTTOM;
        return bottom - (value - y[0]) / (y[1] - y[0]) * (bottom - TOP);
    }

    /** Three digits, without an exponent where it can be. */
    private static String short3(double value) {
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
