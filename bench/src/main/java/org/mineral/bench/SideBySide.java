package org.mineral.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.app.bench.KernelTask;
import org.mineral.app.bench.Roofline;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** Results of several Javas as one table: for each, SIMD's speed, its share of the peak, and how often faster than scalar. */
final class SideBySide {

    private static final String HEAD = "%-22s";
    private static final String CELLS = "  %16s %6s %7s";

    /** One Java's results, in nanoseconds a call. */
    private record Run(String java, double peak, Map<String, Double> nanos) {}

    /** A line of the table. */
    private record Key(String kernel, int dimension) {
        String of(String code) {
            return kernel + " " + dimension + " " + code;
        }
    }

    private final List<Run> runs = new ArrayList<>();
    private final Map<Key, KernelTask> keys = new LinkedHashMap<>();

    void add(Collection<RunResult> results) {
        String java = "";
        double peak = Double.NaN;
        Map<String, Double> nanos = new LinkedHashMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            double score = result.getPrimaryResult().getScore();
            java = params.getJdkVersion();
            if (params.getParam("kernel") == null) {
                peak = Roofline.multiplyAddOperations() / score;
            } else {
                Key key = new Key(params.getParam("kernel"), Integer.parseInt(params.getParam("dimension")));
                keys.computeIfAbsent(key, k -> KernelBenchmark.task(k.kernel, k.dimension));
                nanos.put(key.of(params.getParam("code")), score);
            }
        }
        runs.add(new Run(java, peak, nanos));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder title = new StringBuilder(String.format(Locale.ROOT, HEAD, ""));
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, HEAD, "kernel, d"));
        StringBuilder peaks = new StringBuilder(String.format(Locale.ROOT, HEAD, "multiply-adds"));
        for (Run run : runs) {
            title.append(String.format(Locale.ROOT, "  %31s", "Java " + run.java));
            head.append(String.format(Locale.ROOT, CELLS, "SIMD", "peak", "scalar"));
            peaks.append(String.format(Locale.ROOT, CELLS, number(run.peak) + " GFLOP/s", "", ""));
        }
        lines.add(title.toString());
        lines.add(head.toString());
        lines.add(peaks.toString());
        keys.forEach((key, task) -> {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, HEAD, key.kernel + ", " + key.dimension));
            runs.forEach(run -> line.append(cells(run, key, task)));
            lines.add(line.toString());
        });
        return lines;
    }

    private static String cells(Run run, Key key, KernelTask task) {
        Double simd = run.nanos.get(key.of("simd"));
        Double scalar = run.nanos.get(key.of("scalar"));
        if (simd == null) {
            return String.format(Locale.ROOT, CELLS, "", "", "");
        }
        boolean products = task.bound() == KernelTask.Bound.ARITHMETIC;
        double speed = (products ? task.flop() : task.bytes()) / simd;
        return String.format(
                Locale.ROOT,
                CELLS,
                number(speed) + (products ? " GFLOP/s" : " GB/s"),
                products && !Double.isNaN(run.peak) ? number(100 * speed / run.peak) + " %" : "",
                scalar == null ? "" : "x " + number(scalar / simd));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
}
