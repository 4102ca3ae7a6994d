package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A small chart as inline SVG, lines or points over two axes, in the page's colours. */
final class Plot {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 260;
    private static final int LEFT = 60;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;

    /** @param hint shown where the pointer rests */
    record Point(double x, double y, String hint) {}

    /** @param main whether it stands out */
    record Series(List<Point> points, boolean line, boolean main) {}

    private final List<Series> series;
    private final boolean log;
    private final double[] x;
    private final double[] y;

    private Plot(List<Series> series, boolean log) {
        this.series = series;
        this.log = log;
        this.x = range(p -> place(p.x));
        this.y = range(Point::y);
    }

    /** @param log whether the horizontal axis is logarithmic */
    static String svg(String label, String xName, boolean log, List<Series> series) {
        return new Plot(series, log).draw(label, xName);
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
                + "\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\">");
        int bottom = HEIGHT - BOTTOM;
        for (double value : Ticks.linear(y[0], y[1], false)) {
            double up = up(value);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, up, up));
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
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, escape(xName)));
        series.stream().filter(s -> !s.main).forEach(s -> svg.append(draw(s)));
        series.stream().filter(Series::main).forEach(s -> svg.append(draw(s)));
        return svg.append("</svg>").toString();
    }

    private String draw(Series s) {
        String type = s.main ? "main" : "other";
        StringBuilder out = new StringBuilder();
        List<Point> shown = s.points.stream().filter(p -> Double.isFinite(p.y)).toList();
        if (s.line && shown.size() > 1) {
            StringBuilder path = new StringBuilder();
            shown.forEach(p -> path.append(format("%.1f,%.1f ", across(place(p.x)), up(p.y))));
            out.append("<polyline class=\"" + type + "\" points=\""
                    + path.toString().strip() + "\"><title>" + escape(shown.get(0).hint) + "</title></polyline>");
            return out.toString();
        }
        for (Point p : shown) {
            out.append(format(
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"><title>%s</title></circle>",
                    type, across(place(p.x)), up(p.y), s.main ? 6 : 4, escape(p.hint)));
        }
        return out.toString();
    }

    private boolean whole() {
        return series.stream().flatMap(s -> s.points.stream()).allMatch(p -> p.x == Math.rint(p.x));
    }

    private double across(double place) {
        return LEFT + (place - x[0]) / (x[1] - x[0]) * (WIDTH - LEFT - RIGHT);
    }

    private double up(double value) {
        int bottom = HEIGHT - BOTTOM;
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
