package org.mineral.tune.compare;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.SeedResult;
import org.mineral.tune.compare.ComparisonResult.Stratum;

/** Aggregates trainings that differ only in their seed into one entry. */
final class SeedAggregate {

    private SeedAggregate() {}

    /**
     * Metrics are means over the trainings, intervals are over users and seeds; curve, best epoch, commands and information are those of the
     * first seed. If one training failed, so did the entry.
     *
     * @param trainings one for each seed, at least one
     */
    static EntryResult merge(List<EntryResult> trainings, TestEvaluator evaluator) {
        Entry first = trainings.get(0).entry();
        EntryResult last = trainings.get(trainings.size() - 1);
        if (trainings.size() == 1 || last.entry().failed()) {
            return last;
        }
        List<Entry> entries = trainings.stream().map(EntryResult::entry).toList();
        Map<String, double[][]> values = new LinkedHashMap<>();
        for (String metric : trainings.get(0).values().keySet()) {
            values.put(
                    metric,
                    trainings.stream()
                            .flatMap(m -> Arrays.stream(m.values().getOrDefault(metric, new double[0][])))
                            .toArray(double[][]::new));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        first.metrics().keySet().forEach(name -> metrics.put(name, mean(entries, e -> e.metric(name))));
        List<Stratum> strata = IntStream.range(0, first.strata().size())
                .mapToObj(k -> new Stratum(
                        first.strata().get(k).name(),
                        first.strata().get(k).items(),
                        mean(entries, e -> e.strata().get(k).recall())))
                .toList();
        List<SeedResult> seeds =
                entries.stream().flatMap(e -> e.seeds().stream()).toList();
        Entry merged = EntryBuilder.of(first)
                .metrics(metrics, evaluator.intervals(values), strata)
                .seconds(
                        mean(entries, Entry::seconds),
                        mean(entries, Entry::epochSeconds),
                        mean(entries, Entry::interactionsPerSecond))
                .seeds(seeds)
                .build();
        return new EntryResult(merged, values);
    }

    private static double mean(List<Entry> entries, ToDoubleFunction<Entry> figure) {
        return entries.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }
}
