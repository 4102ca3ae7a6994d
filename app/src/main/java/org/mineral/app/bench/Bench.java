package org.mineral.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A run of measurements: the machine's limits on one thread and on all, the rows so far, and a listener. */
public final class Bench implements AutoCloseable {

    /** Fits into the first-level cache of every processor in use. */
    static final long CACHE = 12 << 10;

    final int threads;
    final boolean quick;
    final Roofline one = new Roofline(1);
    final Roofline all;
    private final List<BenchRow> rows = new ArrayList<>();
    private final Consumer<String> progress;

    /**
     * @param quick fewer repetitions, for a first look
     * @param progress receives the name of the next measurement
     */
    public Bench(int threads, boolean quick, Consumer<String> progress) {
        this.threads = threads;
        this.quick = quick;
        this.progress = progress;
        this.all = threads == 1 ? one : new Roofline(threads);
    }

    List<BenchRow> rows() {
        return rows;
    }

    void add(BenchRow row) {
        rows.add(row);
    }

    void progress(String what) {
        progress.accept("measuring " + what);
    }

    /** Laps where many are affordable, and where each takes seconds. */
    int manyLaps() {
        return quick ? 5 : 11;
    }

    int fewLaps() {
        return quick ? 2 : 4;
    }

    Limit arithmetic(Roofline team) {
        return new Limit("multiply-adds in registers, " + on(team), "flop", team::flops);
    }

    Limit reading(Roofline team, long bytes) {
        return new Limit("reading " + level(bytes) + ", " + on(team), "B", () -> team.readBytes(bytes));
    }

    Limit updating(Roofline team, long bytes) {
        return new Limit("reading and writing " + level(bytes) + ", " + on(team), "B", () -> team.updateBytes(bytes));
    }

    /** The limits themselves, as rows without one. */
    public void limits() {
        progress("the limits of this machine");
        for (Roofline team : all == one ? List.of(one) : List.of(one, all)) {
            List<Limit> limits = new ArrayList<>(List.of(
                    arithmetic(team), reading(team, Roofline.memorySize()), updating(team, Roofline.memorySize())));
            if (team == one) {
                limits.addAll(List.of(reading(one, CACHE), updating(one, CACHE)));
            }
            for (Limit limit : limits) {
                List<Double> values = new ArrayList<>();
                for (int k = 0; k < manyLaps(); k++) {
                    values.add(limit.now());
                }
                double value = Meter.median(values);
                rows.add(new BenchRow(
                        "limits",
                        limit.name(),
                        0,
                        team.threads(),
                        Double.NaN,
                        value,
                        limit.unit() + "/s",
                        "",
                        value,
                        1));
            }
        }
    }

    @Override
    public void close() {
        one.close();
        all.close();
    }

    private static String on(Roofline team) {
        return team.threads() == 1 ? "1 thread" : team.threads() + " threads";
    }

    private static String level(long bytes) {
        if (bytes >= Roofline.memorySize()) {
            return "main memory";
        }
        return bytes <= CACHE ? "the first-level cache" : String.format(java.util.Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
