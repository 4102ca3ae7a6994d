package org.mineral.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mineral.app.json.JsonText;
import org.mineral.data.Dataset;
import org.mineral.linalg.KernelProvider;
import org.mineral.model.provenance.Version;

/** The results for people and for programs. */
public final class BenchReport {

    private static final String LINE = "  %-50s %4s %3s  %9s  %14s  %5s  %s";

    private BenchReport() {}

    /** A table, its groups in the order in which they were measured. */
    public static List<String> lines(Bench bench, Dataset data) {
        List<String> lines = new ArrayList<>();
        lines.add(processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors; Java "
                + Runtime.version() + "; " + KernelProvider.best().name() + " kernels" + "; Mineral " + Version.CURRENT
                + "; "
                + LocalDate.now(ZoneOffset.UTC));
        lines.add(shape(data));
        String group = "";
        List<String> groups =
                bench.rows().stream().map(BenchRow::group).distinct().toList();
        List<BenchRow> rows = new ArrayList<>(bench.rows());
        rows.sort(Comparator.comparingInt(row -> groups.indexOf(row.group())));
        for (BenchRow row : rows) {
            if (!row.group().equals(group)) {
                group = row.group();
                lines.add("");
                lines.add(format(group, "d", "thr", "time", "speed", "share", "of its limit"));
            }
            boolean limit = row.limit().isEmpty();
            lines.add(format(
                    row.name(),
                    row.dimension() == 0 ? "" : String.valueOf(row.dimension()),
                    String.valueOf(row.threads()),
                    time(row.seconds()),
                    speed(row.value(), row.unit()),
                    limit
                            ? ""
                            : String.format(Locale.ROOT, row.share() < 0.01 ? "%.1f %%" : "%.0f %%", 100 * row.share()),
                    limit
                            ? ""
                            : row.limit() + ": "
                                    + speed(row.limitValue(), row.unit()).strip()));
        }
        return lines;
    }

    public static Map<String, Object> json(Bench bench, Dataset data) {
        return JsonText.object(
                "mineral",
                Version.CURRENT,
                "date",
                LocalDate.now(ZoneOffset.UTC).toString(),
                "processor",
                processor(),
                "processors",
                Runtime.getRuntime().availableProcessors(),
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "jdk",
                Runtime.version().toString(),
                "vendor",
                System.getProperty("java.vendor", "unknown"),
                "kernel",
                KernelProvider.best().name(),
                "lanes",
                KernelProvider.best().lanes(),
                "threads",
                bench.threads,
                "quick",
                bench.quick,
                "data",
                JsonText.object(
                        "name", data.name(),
                        "users", data.users().size(),
                        "items", data.items().size(),
                        "train", data.train().size(),
                        "test", data.test().size()),
                "rows",
                bench.rows().stream().map(BenchRow::json).toList());
    }

    private static String shape(Dataset data) {
        return String.format(
                Locale.ROOT,
                "%s: %,d users x %,d items, %,d interactions to train on, %,d to test",
                data.name(),
                data.users().size(),
                data.items().size(),
                data.train().size(),
                data.test().size());
    }

    private static String format(Object... cells) {
        return String.format(Locale.ROOT, LINE, cells).stripTrailing();
    }

    private static String time(double seconds) {
        if (Double.isNaN(seconds)) {
            return "";
        } else if (seconds < 1e-6) {
            return String.format(Locale.ROOT, "%.1f ns", seconds * 1e9);
        } else if (seconds < 1e-3) {
            return String.format(Locale.ROOT, "%.2f us", seconds * 1e6);
        }
        return seconds < 1
                ? String.format(Locale.ROOT, "%.2f ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.2f s", seconds);
    }

    private static String speed(double value, String unit) {
        return switch (unit) {
            case "flop/s" -> String.format(Locale.ROOT, "%.1f GFLOP/s", value / 1e9);
            case "B/s" -> String.format(Locale.ROOT, value < 1e8 ? "%.3f GB/s" : "%.1f GB/s", value / 1e9);
            default -> String.format(Locale.ROOT, "%.2f %s", value, unit);
        };
    }

    /** The processor's name, if the system provides it. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | java.io.UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }
}
