package org.mineral.app.command.data;

import java.util.ArrayList;
import java.util.List;
import org.mineral.app.command.Verb;
import org.mineral.app.command.option.data.FeaturedReadingOptions;
import org.mineral.app.command.option.data.RowOptions;
import org.mineral.app.command.output.DataDescription;
import org.mineral.app.json.JsonText;
import org.mineral.data.DataStatistics;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code data describe}: data in numbers. */
@Command(name = "describe", description = "Show users, items, interactions, density, popularity, ratings and times.")
public final class DataDescribeCommand extends Verb {

    @Parameters(paramLabel = "DATA", description = "A directory, a file, or builtin:tastes.")
    String data = "";

    @Mixin
    RowOptions rows = new RowOptions();

    @Mixin
    FeaturedReadingOptions reading = new FeaturedReadingOptions();

    @Override
    protected void run() {
        List<String> attributes = new ArrayList<>();
        Dataset read = Datasets.read(data, rows.of(reading.options()));
        Dataset dataset = reading.joined(read, line -> attributes.add("attributes  " + line));
        DataStatistics statistics = DataStatistics.of(dataset);
        List<String> lines = DataDescription.lines(dataset, statistics);
        lines.addAll(attributes);
        print(
                lines,
                () -> attributes.isEmpty()
                        ? statistics
                        : JsonText.object("data", statistics, "attributes", reading.columns()));
    }
}
