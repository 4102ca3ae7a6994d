package org.mineral.app.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.model.FactorModel;

/**
 * The measurements of a run, in the order in which they are made.
 *
 * @param parts some of {@link #PARTS}
 * @param lengths of the embeddings, each once
 */
public record BenchSuite(Set<String> parts, List<Integer> lengths) {

    /** All parts. */
    public static final List<String> PARTS = List.of("kernels", "training", "evaluation", "top-k", "files");

    /**
     * @param only the parts to measure; empty for all
     * @throws InputException for an unknown part
     */
    public static BenchSuite of(Collection<String> only, List<Integer> lengths) {
        for (String part : only) {
            if (!PARTS.contains(part)) {
                throw InputException.unknown("part of the benchmark", part, PARTS);
            }
        }
        return new BenchSuite(
                new LinkedHashSet<>(only.isEmpty() ? PARTS : only),
                lengths.stream().distinct().toList());
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
