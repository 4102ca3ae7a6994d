package org.mineral.app.command;

import java.nio.file.Path;
import java.util.List;
import org.mineral.app.Json;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.DatasetWriter;
import org.mineral.data.Format;
import org.mineral.data.ReadOptions;
import org.mineral.data.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data split}: train, valid and test from one body of interactions. */
@Command(
        name = "split",
        description = {
            "Divide interactions into train, valid and test, at random within each user, by two moments in time,",
            "by each user's last interactions, or by whole users or items. An existing directory is not replaced."
        })
public final class DataSplitCommand extends Verb {

    @Parameters(paramLabel = "DATA", description = "One file, or a directory whose parts are put together first.")
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
            description = "random, time, last, cold-user or cold-item. Default: random.")
    String by = "random";

    @Option(
            names = "--ratios",
            split = ",",
            paramLabel = "R",
            description = "Shares of train, valid, test. Default: 0.8,0.1,0.1. With --by last: numbers, default 1,1.")
    double[] ratios = {};

    @Option(names = "--min-rating", paramLabel = "X", description = "Leave out rows with a lower rating.")
    double minRating = Double.NaN;

    @Override
    protected void run() {
        Split split = split();
        Dataset parts = Dataset.read(data, ReadOptions.DEFAULTS.with("min_rating", minRating))
                .split(split);
        new DatasetWriter(Format.CSV, false).write(parts, output);
        noteReport(parts);
        if (json) {
            printJson(Json.object(
                    "data", output.toString(),
                    "users", parts.users().size(),
                    "items", parts.items().size(),
                    "train", parts.train().size(),
                    "valid", parts.valid().size(),
                    "test", parts.test().size()));
        } else {
            print("%s: %,d train, %,d valid, %,d test"
                    .formatted(
                            output,
                            parts.train().size(),
                            parts.valid().size(),
                            parts.test().size()));
        }
    }

    private Split split() {
        List<String> ways = List.of("random", "global-random", "time", "last", "cold-user", "cold-item");
        if (!ways.contains(by)) {
            throw InputException.unknown("way to split", by, ways);
        }
        if (by.equals("last")) {
            double[] counts = ratios.length == 0 ? new double[] {1, 1} : ratios;
            if (counts.length != 2 || counts[0] != Math.rint(counts[0]) || counts[1] != Math.rint(counts[1])) {
                throw new InputException(
                        "--by last takes two whole numbers, the interactions of a user that go to valid"
                                + " and to test; try --ratios 1,1.");
            }
            return Split.lastN((int) counts[0], (int) counts[1]);
        }
        double[] shares = ratios.length == 0 ? new double[] {0.8, 0.1, 0.1} : ratios;
        if (shares.length != 3) {
            throw new InputException(
                    "--ratios takes three shares, of train, valid and test; found " + shares.length + ".");
        }
        return Split.parse(by + ":" + shares[0] + ":" + shares[1] + ":" + shares[2], seed());
    }
}
