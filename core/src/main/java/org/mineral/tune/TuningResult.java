package org.mineral.tune;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.model.Environment;
import org.mineral.tune.ComparisonResult.DataFacts;
import org.mineral.tune.ComparisonResult.Range;

/**
 * What tuning found. Written as it stands by {@code tune --json}.
 *
 * @param metric what trials are ranked by, on validation data, or on test data if {@code optimistic}
 * @param selection how settings and epochs were chosen: {@code validation} or {@code paper}
 * @param optimistic whether the test part was looked at to choose
 * @param budget what was given, as a user writes it
 * @param rungs epochs of each rung of successive halving
 * @param settings what all trials share
 * @param trials best first; those that failed stand last
 * @param chosen the first of the trials; null if every one failed
 * @param last the final training on all of train, and its one look at the test part; null if every trial failed
 * @param seconds wall clock, without the trials that the file held already
 */
public record TuningResult(
        DataFacts data,
        List<String> protocol,
        String metric,
        String selection,
        boolean optimistic,
        String budget,
        List<Integer> rungs,
        Map<String, String> settings,
        long seed,
        int threads,
        Environment environment,
        List<Trial> trials,
        @Nullable Trial chosen,
        @Nullable Last last,
        double seconds) {

    /**
     * The model that comes out.
     *
     * @param settings everything in force
     * @param epochs how many were trained, of a schedule over {@code schedule}
     * @param metrics means over the test users
     * @param intervals 95 %, bootstrap over users
     */
    public record Last(
            String loss,
            Map<String, String> settings,
            int epochs,
            int schedule,
            double seconds,
            Map<String, Double> metrics,
            Map<String, Range> intervals) {}
}
