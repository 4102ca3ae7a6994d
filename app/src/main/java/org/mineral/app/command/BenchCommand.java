package org.mineral.app.command;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.app.bench.Bench;
import org.mineral.app.bench.BenchModels;
import org.mineral.app.bench.BenchReport;
import org.mineral.app.bench.BenchSuite;
import org.mineral.app.command.option.Ranges;
import org.mineral.data.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: compares Mineral's speed with the limits of this machine. */
@Command(
        name = "bench",
        description = "Measure kernels, training, ranking and files against the limits of this machine.",
        footer = {"", "Example: mineral bench --quick --only kernels,training"})
public final class BenchCommand extends Verb {

    private static final int LONGEST = 4096;

    @Parameters(
            paramLabel = "DATA",
            arity = "0..1",
            description = "Data to train on. Default: random interactions of the shape of yelp2018.")
    @Nullable
    String data;

    @Option(
            names = "--dimension",
            paramLabel = "D,D",
            split = ",",
            description = "Lengths of the embeddings. Default: 64,128,256; with --quick: 64.")
    List<Integer> dimensions = List.of();

    @Option(
            names = "--only",
            paramLabel = "PART,PART",
            split = ",",
            description = "Of kernels, training, evaluation, top-k, files, these. Default: all. losses, which takes "
                    + "minutes, has to be named.")
    List<String> only = List.of();

    @Option(
            names = "--losses",
            paramLabel = "LOSS,LOSS",
            split = ",",
            description = "For --only losses: an epoch of each beside one of mine+ or bpr. Default: all.")
    List<String> losses = List.of();

    @Option(names = "--quick", description = "A first look: fewer repetitions, smaller data and files.")
    boolean quick;

    @Override
    protected void run() throws IOException {
        List<Integer> lengths = !dimensions.isEmpty() ? dimensions : quick ? List.of(64) : List.of(64, 128, 256);
        lengths.forEach(length -> Ranges.check("--dimension", length, 1, LONGEST));
        BenchSuite suite = BenchSuite.of(only, lengths, losses);
        int team = threads();
        Dataset read = BenchModels.data(data, quick, seed());
        try (Bench bench = new Bench(team, quick, this::note)) {
            suite.run(bench, read);
            print(BenchReport.lines(bench, read), () -> BenchReport.json(bench, read));
        }
    }
}
