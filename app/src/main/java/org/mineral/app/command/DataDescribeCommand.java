package org.mineral.app.command;

import java.util.Map;
import org.mineral.data.DataStatistics;
import org.mineral.data.DataStatistics.Counts;
import org.mineral.data.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code data describe}: data in numbers. */
@Command(name = "describe", description = "Show users, items, interactions, density, popularity, ratings and times.")
public final class DataDescribeCommand extends Verb {

    @Parameters(paramLabel = "DATA", description = "A directory, a file, or builtin:tastes.")
    String data = "";

    @Override
    protected void run() {
        DataStatistics s = DataStatistics.of(Dataset.read(data));
        if (json) {
            printJson(s);
            return;
        }
        print("name          " + s.name());
        print("users         %,d".formatted(s.users()));
        print("items         %,d".formatted(s.items()));
        for (Map.Entry<String, Integer> part : s.interactions().entrySet()) {
            print("%-13s %,d interactions".formatted(part.getKey(), part.getValue()));
        }
        print("density       %.5f %%".formatted(100 * s.density()));
        print("per user      " + text(s.perUser()));
        print("per item      " + text(s.perItem()));
        print(
                "popularity    Gini %.3f; the top 1 %% of the items have %.1f %% of the interactions, the top 10 %% %.1f %%"
                        .formatted(s.gini(), 100 * s.shareOfTop1Percent(), 100 * s.shareOfTop10Percent()));
        print("only outside train  %,d users, %,d items".formatted(s.usersOutsideTrain(), s.itemsOutsideTrain()));
        DataStatistics.TimeRange time = s.time();
        if (time != null) {
            print("time          " + time.text());
        }
        s.ratings().forEach((rating, count) -> print("rating %-6s %,d".formatted(rating, count)));
        s.notes().forEach((what, count) -> print("note          %,d %s".formatted(count, what)));
        print("hash          " + s.hash());
    }

    private static String text(Counts counts) {
        return "mean %.1f, median %d, 90 %% up to %d, from %d to %d"
                .formatted(counts.mean(), counts.median(), counts.p90(), counts.min(), counts.max());
    }
}
