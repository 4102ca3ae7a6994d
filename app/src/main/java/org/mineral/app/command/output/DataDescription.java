package org.mineral.app.command.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mineral.data.DataStatistics;
import org.mineral.data.DataStatistics.Counts;
import org.mineral.data.Dataset;

/** What {@code data describe} prints. */
public final class DataDescription {

    private DataDescription() {}

    public static List<String> lines(Dataset dataset, DataStatistics s) {
        List<String> lines = new ArrayList<>();
        lines.add("name          " + s.name());
        lines.add(String.format(Locale.ROOT, "users         %,d", s.users()));
        lines.add(String.format(Locale.ROOT, "items         %,d", s.items()));
        for (Map.Entry<String, Integer> part : s.interactions().entrySet()) {
            lines.add(String.format(Locale.ROOT, "%-13s %,d interactions", part.getKey(), part.getValue()));
        }
        lines.add(String.format(Locale.ROOT, "density       %.5f %%", 100 * s.density()));
        lines.add("per user      " + text(s.perUser()));
        lines.add("per item      " + text(s.perItem()));
        lines.add(String.format(
                Locale.ROOT,
                "popularity    Gini %.3f; the top 1 %% of the items have %.1f %% of the interactions, the top 10 %% %.1f %%",
                s.gini(),
                100 * s.shareOfTop1Percent(),
                100 * s.shareOfTop10Percent()));
        lines.add(String.format(
                Locale.ROOT, "only outside train  %,d users, %,d items", s.usersOutsideTrain(), s.itemsOutsideTrain()));
        DataStatistics.TimeRange time = s.time();
        if (time != null) {
            lines.add("time          " + time.text());
        }
        if (s.ratingQuantiles() != null) {
            lines.add("ratings       " + text(s.ratingQuantiles()));
        }
        int wide = s.ratings().keySet().stream().mapToInt(String::length).max().orElse(0);
        String line = "rating %-" + Math.max(6, wide) + "s %,d";
        s.ratings().forEach((rating, count) -> lines.add(String.format(Locale.ROOT, line, rating, count)));
        s.notes().forEach((what, count) -> lines.add(String.format(Locale.ROOT, "note          %,d %s", count, what)));
        dataset.report().skipped().forEach(row -> lines.add("left out      " + row));
        lines.add("hash          " + s.hash());
        return lines;
    }

    private static String text(Counts counts) {
        return String.format(
                Locale.ROOT,
                "mean %.1f, median %d, 90 %% up to %d, from %d to %d",
                counts.mean(),
                counts.median(),
                counts.p90(),
                counts.min(),
                counts.max());
    }

    private static String text(DataStatistics.Quantiles values) {
        return String.format(
                Locale.ROOT,
                "mean %s, a quarter up to %s, median %s, three quarters up to %s, 90 %% up to %s, 99 %% up to %s,"
                        + " from %s to %s",
                Stream.of(
                                values.mean(),
                                values.p25(),
                                values.median(),
                                values.p75(),
                                values.p90(),
                                values.p99(),
                                values.min(),
                                values.max())
                        .map(DataStatistics::short6)
                        .toArray());
    }
}
