package org.mineral.app.command;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.app.bench.Bench;
import org.mineral.app.bench.BenchModels;
import org.mineral.app.bench.BenchReport;
import org.mineral.app.bench.EpochBench;
import org.mineral.app.bench.FileBench;
import org.mineral.app.bench.KernelBench;
import org.mineral.app.bench.RankingBench;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.model.FactorModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: compares Mineral's speed with the limits of this machine. */
@Command(
        name = "bench",
        description = "Measure kernels, training, ranking and files against the limits of this machine.",
        footer = {"", "Example: mineral bench --quick --only kernels,training"})
public final class BenchCommand extends Verb {

    private static final List<String> PARTS = List.of("kernels", "training", "evaluation", "top-k", "files");

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
            description = "Of kernels, training, evaluation, top-k, files, these. Default: all.")
    List<String> only = List.of();

    @Option(names = "--quick", description = "A first look: fewer repetitions, smaller data and files.")
    boolean quick;

    @Override
    protected void run() throws IOException {
        Set<String> parts = parts();
        List<Integer> lengths = lengths();
        int team = threads();
        Dataset read = BenchModels.data(data, quick, seed());
        try (Bench bench = new Bench(team, quick, this::note)) {
            bench.limits();
            if (parts.contains("kernels")) {
                for (int d : lengths) {
                    KernelBench.run(bench, d, d == lengths.get(0));
                }
            }
            if (parts.contains("training")) {
                for (int d : lengths) {
                    EpochBench.run(bench, read, d, d == lengths.get(0));
                }
            }
            serving(bench, read, parts, lengths);
            if (json) {
                printJson(BenchReport.json(bench, read));
            } else {
                BenchReport.lines(bench, read).forEach(this::print);
            }
        }
    }

    private void serving(Bench bench, Dataset read, Set<String> parts, List<Integer> lengths) throws IOException {
        boolean ranks = parts.contains("evaluation") || parts.contains("top-k");
        for (int d : ranks || parts.contains("files") ? lengths : List.<Integer>of()) {
            FactorModel model = BenchModels.model(read, d, threads());
            if (parts.contains("evaluation")) {
                RankingBench.evaluation(bench, read, model);
            }
            if (parts.contains("top-k")) {
                RankingBench.topK(bench, read, model);
            }
            if (parts.contains("files") && d == lengths.get(0)) {
                FileBench.run(bench, model);
            }
            if (!ranks) {
                return;
            }
        }
    }

    private Set<String> parts() {
        Set<String> parts = new LinkedHashSet<>(only.isEmpty() ? PARTS : only);
        for (String part : parts) {
            if (!PARTS.contains(part)) {
                throw InputException.unknown("part of the benchmark", part, PARTS);
            }
        }
        return parts;
    }

    private List<Integer> lengths() {
        List<Integer> lengths = !dimensions.isEmpty() ? dimensions : quick ? List.of(64) : List.of(64, 128, 256);
        for (int d : lengths) {
            if (d < 1 || d > 4096) {
                throw new InputException("--dimension " + d + " is out of range; allowed: 1 to 4096.");
            }
        }
        return lengths.stream().distinct().toList();
    }
}
