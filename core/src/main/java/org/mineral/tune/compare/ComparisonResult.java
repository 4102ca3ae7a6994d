package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Dataset;
import org.mineral.eval.information.Information;
import org.mineral.model.provenance.Environment;
import org.mineral.tune.auto.SearchReport;

/**
 * The result of a comparison, with everything that is needed to assess and repeat it. It is the JSON output; the HTML report and the table in
 * the terminal are views of it.
 *
 * @param data facts about the data
 * @param protocol sentences that describe the split, selection and evaluation
 * @param budget of each model, as text
 * @param metric the metric that ranks the entries
 * @param selection how epochs were selected: {@code validation}, {@code validation, retrained} or {@code paper}
 * @param optimistic whether the test part was used for selection
 * @param seed of the split, and the first of {@code seeds}
 * @param seeds of the trainings
 * @param entries best first; failures last
 * @param floor popularity, which a trained model should beat
 * @param ceiling the planted truth of generated data, which no model beats in expectation; null for real data
 * @param pairs tests of every two entries and the floor, the better one first; corrected together
 * @param sameModels names of entries that turned out to be the same model: every figure of every seed and epoch agrees to the last digit
 * @param withoutAttributes entries that were trained without the attributes of the data, and those that are the same with them
 * @param seconds wall-clock time of the comparison
 */
public record ComparisonResult(
        DataFacts data,
        List<String> protocol,
        String budget,
        String metric,
        String selection,
        boolean optimistic,
        long seed,
        List<Long> seeds,
        int threads,
        Environment environment,
        List<Entry> entries,
        Entry floor,
        @Nullable Entry ceiling,
        List<Pair> pairs,
        List<List<String>> sameModels,
        Map<String, String> withoutAttributes,
        double seconds) {

    /**
     * The data after the split.
     *
     * @param name as the user gave it
     * @param hash of all interactions
     * @param density training interactions / (users x items)
     * @param testUsers users with at least one test item, over whom metrics are averaged
     */
    public record DataFacts(
            String name,
            String hash,
            int users,
            int items,
            int train,
            int valid,
            int test,
            int testUsers,
            double density) {

        public static DataFacts of(Dataset data, int testUsers) {
            return new DataFacts(
                    data.name(),
                    data.hash(),
                    data.users().size(),
                    data.items().size(),
                    data.train().size(),
                    data.valid().size(),
                    data.test().size(),
                    testUsers,
                    (double) data.train().size()
                            / ((double) data.users().size() * data.items().size()));
        }
    }

    /** The kind of an entry. */
    public enum Kind {
        /** Trained with a loss. */
        LOSS,

        /** Of an algorithm without a loss. */
        MODEL,

        /** The floor. */
        POPULARITY,

        /** The ceiling. */
        PLANTED
    }

    /**
     * One model, or several that differ only in their seed.
     *
     * @param formula l(u,i) of the loss, or the algorithm's formula; empty if there is none
     * @param settings all effective settings of loss and training
     * @param engine the engine and its candidates
     * @param failure why there are no metrics; null if there are
     * @param metrics name to mean over the test users, and over the seeds
     * @param intervals name to the 95 % bootstrap interval over users, and over the seeds
     * @param strata recall by popularity of the item, mean over the seeds
     * @param curve one point for each epoch, of the first seed
     * @param bestEpoch the epoch whose weights were measured, of the first seed; 0 if nothing was trained
     * @param seconds of one training, validation included; mean over the seeds
     * @param epochSeconds median time of an epoch, validation included
     * @param interactionsPerSecond training interactions that one epoch covers over {@code epochSeconds}
     * @param againstBest paired tests against the best loss; null for the best itself and for failures
     * @param commands that repeat the entry, of the first seed, from the listener
     * @param seeds one for each training; empty if nothing was trained
     * @param information of the scores about the test pairs, of the first seed; null unless requested
     * @param search that found the settings; null if they were given, or the loss's defaults
     */
    public record Entry(
            String name,
            Kind kind,
            String formula,
            String source,
            Map<String, String> settings,
            String engine,
            @Nullable String failure,
            Map<String, Double> metrics,
            Map<String, Range> intervals,
            List<Stratum> strata,
            List<Point> curve,
            int bestEpoch,
            double seconds,
            double epochSeconds,
            double interactionsPerSecond,
            @Nullable Contrast againstBest,
            List<String> commands,
            List<SeedResult> seeds,
            Information.@Nullable Result information,
            @Nullable SearchReport search) {

        public boolean failed() {
            return failure != null;
        }

        /** Standard deviation of a metric over the seeds; NaN with fewer than two. */
        public double spread(String name) {
            double mean = metric(name);
            double squares = seeds.stream()
                    .mapToDouble(s -> s.metrics().getOrDefault(name, Double.NaN) - mean)
                    .map(d -> d * d)
                    .sum();
            return Math.sqrt(squares / (seeds.size() - 1)); // One seed gives 0/0 = NaN.
        }

        /** A metric by name; NaN if it was not measured. */
        public double metric(String name) {
            return metrics.getOrDefault(name, Double.NaN);
        }
    }

    /**
     * One of the trainings of an entry.
     *
     * @param validation NDCG@20 on validation data of the best epoch
     */
    public record SeedResult(
            long seed, int bestEpoch, double validation, double seconds, Map<String, Double> metrics) {}

    /** An interval. */
    public record Range(double low, double high) {}

    /**
     * A slice of the catalogue by popularity.
     *
     * @param recall mean over users of the share of their test items of this slice that is among the first 20
     * @param items number of items in the slice
     */
    public record Stratum(String name, int items, double recall) {}

    /**
     * One epoch.
     *
     * @param seconds since training began
     * @param validation the ranking metric on validation data
     */
    public record Point(int epoch, double seconds, double loss, double validation) {}

    /**
     * Paired tests of an entry against the best one, on the metric that ranks them: over users, or over users and seeds
     * ({@link org.mineral.eval.PairedTests}).
     *
     * @param difference mean of entry minus best
     * @param t two-sided p of the t test, Holm-corrected over all pairs of entries
     * @param wilcoxon two-sided p of the Wilcoxon signed-rank test, Holm-corrected likewise
     * @param real whether both are below 0.05
     */
    public record Contrast(double difference, double t, double wilcoxon, boolean real) {}

    /** The paired tests of two entries. */
    public record Pair(String first, String second, Contrast contrast) {}

    /** Groups of entries whose figures all agree, of two or more. */
    static List<List<String>> same(List<Entry> entries) {
        Map<List<Object>, List<String>> groups = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (!entry.failed()) {
                List<Object> figures = List.of(
                        entry.metrics(),
                        entry.seeds().stream().map(SeedResult::metrics).toList(),
                        entry.curve().stream().map(Point::validation).toList());
                groups.computeIfAbsent(figures, key -> new ArrayList<>()).add(entry.name());
            }
        }
        return groups.values().stream()
                .filter(names -> names.size() > 1)
                .map(List::copyOf)
                .toList();
    }

    /** The best loss, or null if every one failed. */
    public @Nullable Entry best() {
        return entries.stream().filter(e -> !e.failed()).findFirst().orElse(null);
    }
}
