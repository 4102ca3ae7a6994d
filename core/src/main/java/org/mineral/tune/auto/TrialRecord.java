package org.mineral.tune.auto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;

/**
 * A finished trial as a line of a search's log, with every bit that later decisions of the search depend on.
 *
 * @param given the algorithm with the settings that stay as they are, as {@link org.mineral.algorithm.ModelSpec} is written
 * @param settings that it was trained with, beside those given
 */
record TrialRecord(
        String given,
        Map<String, String> settings,
        List<RunRecord> runs,
        double gigaflops,
        double seconds,
        @Nullable String failure) {

    /**
     * See {@link TrialResult.Run}.
     *
     * @param best null if there is none
     * @param byUser the bytes of the values, big endian, in Base64
     */
    record RunRecord(
            List<Double> curve,
            @Nullable Double best,
            int bestEpoch,
            String byUser,
            boolean stopped,
            double servingCost) {

        static RunRecord of(TrialResult.Run run) {
            ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * run.byUser().length);
            bytes.asDoubleBuffer().put(run.byUser());
            return new RunRecord(
                    run.curve(),
                    Double.isFinite(run.best()) ? run.best() : null,
                    run.bestEpoch(),
                    Base64.getEncoder().encodeToString(bytes.array()),
                    run.stopped(),
                    run.servingCost());
        }

        TrialResult.Run run() {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(byUser));
            double[] values = new double[bytes.capacity() / Double.BYTES];
            bytes.asDoubleBuffer().get(values);
            return new TrialResult.Run(
                    curve, best == null ? Double.NEGATIVE_INFINITY : best, bestEpoch, values, stopped, servingCost);
        }
    }

    static TrialRecord of(ModelSpec given, Map<String, String> settings, TrialResult result) {
        return new TrialRecord(
                given.toString(),
                settings,
                result.runs().stream().map(RunRecord::of).toList(),
                result.gigaflops(),
                result.seconds(),
                result.failure());
    }

    TrialResult result(SettingChanges changes) {
        List<TrialResult.Run> all = new ArrayList<>();
        runs.forEach(run -> all.add(run.run()));
        return new TrialResult(changes, all, gigaflops, seconds, failure);
    }
}
