package org.mineral.comparisons;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param baseline what Mineral stands beside
 * @param measured what was measured, the same for both
 * @param unit of both values; seconds unless it says otherwise
 * @param theirs median of the rounds
 * @param ours median of the rounds
 * @param ratio above 1 means that Mineral is ahead
 * @param note what a reader has to know to take the ratio for what it is
 */
record Measurement(
        String baseline, String measured, String unit, double theirs, double ours, double ratio, String note) {

    /** Of a Markdown table. */
    static final String HEADER = "| baseline | measured | theirs | ours | ratio | note |\n|---|---|---|---|---|---|";

    /** Lets threads of a library that spin for a while after their work go to sleep before the other side starts. */
    private static final long PAUSE_MILLISECONDS = 300;

    /** Two costs: the ratio is theirs / ours. */
    static Measurement seconds(String baseline, String measured, double theirs, double ours, String note) {
        return new Measurement(baseline, measured, "s", theirs, ours, theirs / ours, note);
    }

    /** Two achievements: the ratio is ours / theirs. */
    static Measurement achieved(
            String baseline, String measured, String unit, double theirs, double ours, String note) {
        return new Measurement(baseline, measured, unit, theirs, ours, ours / theirs, note);
    }

    /** Theirs and ours in turns, one round of each before that counts; the medians of both. */
    static double[] inTurns(int rounds, DoubleSupplier theirs, DoubleSupplier ours) {
        double[][] values = new double[2][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int side = 0; side < 2; side++) {
                pause();
                double value = (side == 0 ? theirs : ours).getAsDouble();
                if (round >= 0) {
                    values[side][round] = value;
                }
            }
        }
        return new double[] {median(values[0]), median(values[1])};
    }

    /** Seconds that this takes. */
    static double timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** By name, for JSON. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("baseline", baseline);
        fields.put("measured", measured);
        fields.put("unit", unit);
        fields.put("theirs", finite(theirs));
        fields.put("ours", finite(ours));
        fields.put("ratio", finite(ratio));
        fields.put("note", note);
        return fields;
    }

    /** JSON knows no infinity: what was not reached is null. */
    private static @Nullable Object finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** A row of a Markdown table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.2f | %s |",
                baseline,
                measured,
                number(theirs),
                number(ours),
                ratio,
                note);
    }

    private String number(double value) {
        if (!Double.isFinite(value)) {
            return "not reached";
        }
        String format = unit.equals("s") ? (value < 1 ? "%.3f s" : value < 100 ? "%.2f s" : "%.0f s") : "%.4g " + unit;
        return String.format(Locale.ROOT, format, value).strip();
    }
}
