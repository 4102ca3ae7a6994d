package org.mineral.app.command.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.mineral.app.command.Verb;
import org.mineral.app.command.option.data.ReadingOptions;
import org.mineral.app.command.output.PartsReport;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data split}: splits interactions into train, valid and test. */
@Command(
        name = "split",
        description = "Divide interactions into train, valid and test, at random within each user, by two "
                + "moments in time, by each user's last share or last interactions, or by whole users or "
                + "items. An existing directory is not replaced.")
public final class DataSplitCommand extends Verb {

    @Parameters(paramLabel = "DATA", description = "One file, or a directory whose parts are merged first.")
    String data = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where train.csv, valid.csv and test.csv go.")
    Path output;

    @Option(
            names = "--by",
            paramLabel = "HOW",
            description = "random, global-random, popularity (items count alike in valid and test), time, tail "
                    + "(each user's last share, by time or else in the order of the file), last (each user's "
                    + "last ones, by time; last:1:1:file by the order of the file), cold-user or cold-item. "
                    + "With shares or without: tail:0.8:0.1:0.1. Default: random.")
    String by = "random";

    @Option(
            names = "--ratios",
            split = ",",
            paramLabel = "R",
            description = "Shares of train, valid, test, if not in --by. Default: 0.8,0.1,0.1; of last: 1,1.")
    double[] ratios = {};

    @Option(names = "--min-rating", paramLabel = "X", description = "Leave out rows with a lower rating.")
    double minRating = Double.NaN;

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() {
        Split split = split();
        DatasetWriter writer = new DatasetWriter(DataFormat.CSV, false);
        writer.check(output);
        Dataset parts = Datasets.read(
                        data, reading.options().with("min_rating", minRating).with("keep_order", true))
                .split(split);
        writer.write(parts, output);
        noteReport(parts);
        print(PartsReport.line(output, parts), () -> PartsReport.document(output, parts));
    }

    private Split split() {
        if (ratios.length == 0) {
            return Split.parse(by, seed());
        }
        if (by.contains(":")) {
            throw new InputException("--by " + by + " has its shares; leave --ratios out.");
        }
        String given = Arrays.stream(ratios)
                .mapToObj(ratio -> by.equals("last") && ratio == Math.rint(ratio)
                        ? String.valueOf((long) ratio)
                        : String.valueOf(ratio))
                .collect(Collectors.joining(":"));
        return Split.parse(by + ":" + given, seed());
    }
}
