package org.mineral.app.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

/**
 * The measurements of a run, in the order in which they are made.
 *
 * @param parts some of {@link #PARTS} and {@link #LOSSES}
 * @param lengths of the embeddings, each once
 * @param losses whose epochs are compared, each once
 */
public record BenchSuite(Set<String> parts, List<Integer> lengths, List<String> losses) {

    /** The parts that are measured where none are named. */
    public static final List<String> PARTS = List.of("kernels", "training", "evaluation", "top-k", "files");

    /** The part that has to be named: it takes minutes. */
    public static final String LOSSES = "losses";

    /**
     * @param only the parts to measure; empty for {@link #PARTS}
     * @param losses for the part {@link #LOSSES}; empty for all
     * @throws InputException for an unknown part or loss
     */
    public static BenchSuite of(Collection<String> only, List<Integer> lengths, List<String> losses) {
        List<String> known = Stream.concat(PARTS.stream(), Stream.of(LOSSES)).toList();
        for (String part : only) {
            if (!known.contains(part)) {
                throw InputException.unknown("part of the benchmark", part, known);
            }
        }
        losses.forEach(Losses::recordOf);
        return new BenchSuite(
                new LinkedHashSet<>(only.isEmpty() ? PARTS : only),
                lengths.stream().distinct().toList(),
                losses.isEmpty() ? Losses.names() : losses.stream().distinct().toList());
    }

    /** Measures the limits of the machine and then each part, at each length. */
    public void run(Bench bench, Dataset data) throws IOException {
        bench.limits();
        for (int d : parts.contains("kernels") ? lengths : List.<Integer>of()) {
            KernelBench.run(bench, d, d == lengths.get(0));
        }
        for (int d : parts.contains("training") ? lengths : List.<Integer>of()) {
            EpochBench.run(bench, data, d, d == lengths.get(0));
        }
        for (int d : parts.contains(LOSSES) ? lengths : List.<Integer>of()) {
            LossBench.run(bench, data, d, losses);
        }
        boolean ranks = parts.contains("evaluation") || parts.contains("top-k");
        boolean files = parts.contains("files");
        for (int d : ranks ? lengths : files ? lengths.subList(0, 1) : List.<Integer>of()) {
            FactorModel model = BenchModels.model(data, d, bench.threads);
            if (parts.contains("evaluation")) {
                RankingBench.evaluation(bench, data, model);
            }
            if (parts.contains("top-k")) {
                RankingBench.topK(bench, data, model);
            }
            if (files && d == lengths.get(0)) {
                FileBench.run(bench, model);
            }
        }
    }
}
