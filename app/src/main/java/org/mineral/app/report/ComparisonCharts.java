package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mineral.app.report.DotChart.Dot;
import org.mineral.app.report.DotChart.Shape;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Kind;
import org.mineral.tune.compare.ComparisonResult.Point;
import org.mineral.tune.compare.ComparisonResult.Range;
import org.mineral.tune.compare.ComparisonResult.SeedResult;

/** The charts of a comparison. The tables beside them hold the same figures. */
final class ComparisonCharts {

    /** Hues of the style sheet, {@code s0} to {@code s13}. */
    private static final int HUES = 14;

    private static final List<Shape> SHAPES = List.of(Shape.CIRCLE, Shape.SQUARE, Shape.TRIANGLE, Shape.DIAMOND);

    private ComparisonCharts() {}

    /** The metric with its interval, and the seeds where there are several; a row for each entry. */
    static String metric(ComparisonResult result) {
        List<DotChart.Row> rows =
                shown(result).stream().map(entry -> metric(result, entry)).toList();
        return DotChart.svg(
                "Dot chart of " + result.metric()
                        + " with intervals, one row for each entry. The table of results has the same figures.",
                result.metric(),
                false,
                rows);
    }

    private static DotChart.Row metric(ComparisonResult result, Entry entry) {
        String style = entry == result.best() ? "main" : entry.kind() == Kind.LOSS ? "plain" : "other";
        double value = entry.metric(result.metric());
        Range range = entry.intervals().getOrDefault(result.metric(), new Range(value, value));
        List<Dot> dots = new ArrayList<>();
        if (entry.seeds().size() > 1) {
            for (SeedResult seed : entry.seeds()) {
                double of = seed.metrics().getOrDefault(result.metric(), Double.NaN);
                dots.add(new Dot(of, Shape.SMALL, "other", "seed " + seed.seed() + ": " + Numbers.metric(of)));
            }
        }
        Shape shape = entry.kind() == Kind.LOSS ? Shape.CIRCLE : Shape.DIAMOND;
        dots.add(new Dot(
                value,
                shape,
                style,
                entry.name() + ": " + Numbers.metric(value) + " (" + Numbers.metric(range.low()) + " to "
                        + Numbers.metric(range.high()) + ")"));
        return new DotChart.Row(entry.name(), style, new DotChart.Interval(range.low(), range.high()), dots);
    }

    /** Recall by popularity of the item, a row for each entry; empty if there are no strata. */
    static String strata(ComparisonResult result) {
        List<Entry> shown = shown(result);
        List<String> names = shown.isEmpty()
                ? List.of()
                : shown.get(0).strata().stream()
                        .map(ComparisonResult.Stratum::name)
                        .toList();
        if (names.isEmpty()) {
            return "";
        }
        List<DotChart.Row> rows = shown.stream()
                .map(entry -> new DotChart.Row(entry.name(), "", null, strata(entry)))
                .toList();
        String key = IntStream.range(0, names.size())
                .mapToObj(k -> "<span><svg class=\"plot\" width=\"14\" height=\"14\" aria-hidden=\"true\">"
                        + SHAPES.get(k % SHAPES.size()).at(7, 7, "s" + k, names.get(k)) + "</svg>"
                        + escape(names.get(k)) + "</span>")
                .collect(Collectors.joining());
        return "<p class=\"key\">" + key + "</p>"
                + DotChart.svg(
                        "Dot chart of recall by popularity of the items, one row for each entry. The table below has"
                                + " the same figures.",
                        "share found",
                        true,
                        rows);
    }

    private static List<Dot> strata(Entry entry) {
        return IntStream.range(0, entry.strata().size())
                .mapToObj(k -> {
                    ComparisonResult.Stratum of = entry.strata().get(k);
                    return new Dot(
                            of.recall(),
                            SHAPES.get(k % SHAPES.size()),
                            "s" + k,
                            entry.name() + ", " + of.name() + ": " + Numbers.metric(of.recall()));
                })
                .toList();
    }

    /** The learning curves by time and by epoch, and a legend whose buttons show and hide lines; empty if there are none. */
    static String curves(ComparisonResult result) {
        List<Entry> trained = result.entries().stream()
                .filter(entry -> !entry.failed() && !entry.curve().isEmpty())
                .toList();
        if (trained.isEmpty()) {
            return "";
        }
        String part = result.optimistic() ? "test" : "validation";
        String label = "Line chart of " + result.metric() + " on " + part
                + " data as training goes on, one line for each entry. The table below has the figures.";
        return curves(trained, label, "seconds", "seconds of training, validation included", Point::seconds)
                + curves(trained, label, "epoch", "epoch", Point::epoch)
                + legend(trained);
    }

    private static String curves(
            List<Entry> trained, String label, String name, String axis, ToDoubleFunction<Point> across) {
        List<Plot.Series> series = new ArrayList<>();
        // The best entry is drawn last, above the others.
        for (int k = trained.size() - 1; k >= 0; k--) {
            Entry entry = trained.get(k);
            List<Plot.Point> points = entry.curve().stream()
                    .map(p -> new Plot.Point(
                            across.applyAsDouble(p),
                            p.validation(),
                            String.format(
                                    Locale.ROOT,
                                    "%s, epoch %d, %s: %s",
                                    entry.name(),
                                    p.epoch(),
                                    Numbers.seconds(p.seconds()),
                                    Numbers.metric(p.validation()))))
                    .toList();
            int best = IntStream.range(0, points.size())
                    .filter(i -> entry.curve().get(i).epoch() == entry.bestEpoch())
                    .findFirst()
                    .orElse(-1);
            series.add(new Plot.Series(
                    points, true, "s" + k % HUES + (k == 0 ? " main" : ""), best < 0 ? null : points.get(best)));
        }
        return "<div class=\"curves\" data-axis=\"" + name + "\"" + (name.equals("seconds") ? "" : " hidden") + ">"
                + Plot.wide(label, axis, series) + "</div>";
    }

    private static String legend(List<Entry> trained) {
        return IntStream.range(0, trained.size())
                .mapToObj(k -> "<button type=\"button\" data-series=\"" + (trained.size() - 1 - k)
                        + "\" aria-pressed=\"true\"><svg class=\"plot\" width=\"22\" height=\"6\" aria-hidden=\"true\">"
                        + "<g class=\"s" + k % HUES + "\"><polyline points=\"0,3 22,3\"/></g></svg>"
                        + escape(trained.get(k).name()) + "</button>")
                .collect(Collectors.joining(
                        "", "<div class=\"legend\" role=\"group\" aria-label=\"Lines shown in the chart\">", "</div>"));
    }

    /** Entries with results, best first, then floor and ceiling. */
    private static List<Entry> shown(ComparisonResult result) {
        return Stream.concat(
                        result.entries().stream().filter(entry -> !entry.failed()),
                        Stream.of(result.floor())
                                .flatMap(floor -> result.ceiling() == null
                                        ? Stream.of(floor)
                                        : Stream.of(floor, result.ceiling())))
                .toList();
    }
}
