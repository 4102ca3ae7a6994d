package org.mineral.tune;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison found, with everything that is needed to judge and to repeat it. Written as it stands by
 * {@code compare --json}; the HTML report and the table in the terminal are views of it.
 *
 * @param data what was compared on
 * @param protocol how data were divided, models selected and measured, in sentences for people
 * @param budget what each loss was given, as a user writes it
 * @param metric the metric that ranks the entries
 * @param entries the losses, best first; those that failed stand last
 * @param floor popularity, which a loss must beat to be worth its training
 * @param ceiling the planted truth of generated data, which no model is expected to beat; null for real data
 * @param seconds the whole comparison, wall clock
 */
public record ComparisonResult(
        DataFacts data,
        List<String> protocol,
        String budget,
        String metric,
        long seed,
        int threads,
        Environment environment,
        List<Entry> entries,
        Entry floor,
        @Nullable Entry ceiling,
        double seconds) {

    /**
     * The data after they were divided.
     *
     * @param name as the user gave it
     * @param hash of all interactions
     * @param density share of the users x items cells that hold a training interaction
     * @param testUsers users with at least one test item: those that metrics are means over
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
            double density) {}

    /** The software and the machine. */
    public record Environment(String version, String jdk, String system, int processors, String kernel, String date) {}

    /** What an entry is. */
    public enum Kind {
        LOSS,
        POPULARITY,
        PLANTED
    }

    /**
     * One model.
     *
     * @param formula l(u,i), empty if nothing was trained
     * @param settings every parameter of the loss and of the training as it was in force
     * @param engine which engine ran, against which candidates
     * @param failure why there are no metrics; null if there are
     * @param metrics name to mean over the test users
     * @param intervals name to the 95 % bootstrap interval over users
     * @param strata recall by popularity of the item
     * @param curve one point an epoch
     * @param bestEpoch the epoch whose weights were measured; 0 if nothing was trained
     * @param seconds of training, validation included
     * @param epochSeconds median time of an epoch, validation included
     * @param interactionsPerSecond training interactions that one epoch covers over {@code epochSeconds}
     * @param againstBest paired tests against the best loss; null for the best itself and for failures
     * @param commands shell commands that repeat the entry
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
            List<String> commands) {

        public boolean failed() {
            return failure != null;
        }

        /** A copy with tests. */
        Entry against(@Nullable Contrast contrast) {
            return new Entry(
                    name,
                    kind,
                    formula,
                    source,
                    settings,
                    engine,
                    failure,
                    metrics,
                    intervals,
                    strata,
                    curve,
                    bestEpoch,
                    seconds,
                    epochSeconds,
                    interactionsPerSecond,
                    contrast,
                    commands);
        }

        /** A metric by name, NaN if it was not measured. */
        public double metric(String name) {
            return metrics.getOrDefault(name, Double.NaN);
        }
    }

    /** An interval. */
    public record Range(double low, double high) {}

    /**
     * A slice of the catalogue by popularity.
     *
     * @param recall mean over users of the share of their test items of this slice that is among the first 20
     * @param items how many items the slice has
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
     * Paired tests over users of an entry against the best one, on the metric that ranks them.
     *
     * @param difference mean over users of entry minus best
     * @param t two-sided p of the paired t test, Holm-corrected over all entries of the comparison
     * @param wilcoxon two-sided p of the Wilcoxon signed-rank test, Holm-corrected likewise
     * @param real both are below 0.05
     */
    public record Contrast(double difference, double t, double wilcoxon, boolean real) {}

    /** The best loss, or null if every one failed. */
    public @Nullable Entry best() {
        return entries.stream().filter(e -> !e.failed()).findFirst().orElse(null);
    }
}
