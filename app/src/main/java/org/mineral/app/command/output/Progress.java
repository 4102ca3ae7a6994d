package org.mineral.app.command.output;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Plan;
import org.mineral.app.console.Console;

/** The progress of a training on standard error: a bar that is redrawn on a terminal, otherwise at most one line per second. */
public final class Progress implements FitListener, AutoCloseable {

    private static final int WIDTH = 24;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final long LINE_NANOS = 1_000_000_000;

    /** Between two lines of a run without epochs. */
    private static final long SHARE_NANOS = 30_000_000_000L;

    /** The remaining time is estimated from the steps after the first, once they have taken this long. */
    private static final long FIRST_NANOS = 2_000_000_000;

    private static final String CLEAR = "\r\033[K";

    private final Console console;
    private final String part;
    private final LongSupplier clock;

    /** When the first step ended, and its share of the run: the time before that does not measure a step. */
    private long firstAt;

    private double firstShare = Double.NaN;
    private long drawn;
    private long users;
    private int epochs;
    private @Nullable Epoch last;

    public Progress(Console console) {
        this(console, "valid");
    }

    /** @param part that the metric after each epoch is of */
    public Progress(Console console, String part) {
        this(console, part, System::nanoTime);
    }

    /** @param clock nanoseconds */
    Progress(Console console, String part, LongSupplier clock) {
        this.console = console;
        this.part = part;
        this.clock = clock;
    }

    @Override
    public void plan(Plan plan) {
        users = plan.users();
        epochs = plan.epochs();
        firstShare = Double.NaN;
        console.err().println("plan: " + plan.describe());
    }

    @Override
    public void resumed(Epoch last, Path checkpoint) {
        this.last = last;
        note(String.format(Locale.ROOT, "resumes after epoch %d of %d, from %s", last.number(), last.of(), checkpoint));
    }

    @Override
    public void note(String line) {
        close();
        console.err().println(line);
    }

    @Override
    public void progress(double share) {
        long now = clock.getAsLong();
        if (Double.isNaN(firstShare)) {
            firstShare = share;
            firstAt = now;
        }
        if (console.terminal() && now - drawn > REDRAW_NANOS) {
            drawn = now;
            int full = (int) Math.round(share * WIDTH);
            String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
            console.err().print(CLEAR + "[" + bar + "] " + line(share));
            console.err().flush();
        } else if (!console.terminal() && last == null && now - firstAt > FIRST_NANOS && lineIsDue(now)) {
            drawn = now;
            console.err().println(line(share));
        }
    }

    /** Epochs print lines of their own, so before the first of them one is enough. */
    private boolean lineIsDue(long now) {
        return drawn == 0 || epochs == 0 && now - drawn > SHARE_NANOS;
    }

    @Override
    public boolean epoch(Epoch epoch) {
        last = epoch;
        long now = clock.getAsLong();
        boolean end = epoch.number() == epoch.of();
        if (!console.terminal() && (end || now - drawn > LINE_NANOS)) {
            drawn = now;
            console.err().println(line((double) epoch.number() / epoch.of()));
        }
        return true;
    }

    /** Epoch, loss, validation, users a second, time left; without epochs the share that is done, and time left. */
    private String line(double share) {
        StringBuilder line = new StringBuilder();
        if (epochs == 0) {
            line.append(String.format(Locale.ROOT, "%.0f %%", 100 * share));
        } else {
            line.append(String.format(
                    Locale.ROOT,
                    "epoch %d/%d",
                    Math.min(epochs, last == null ? 1 : last.number() + (console.terminal() ? 1 : 0)),
                    epochs));
        }
        if (last != null) {
            line.append(String.format(Locale.ROOT, "  loss %.4f", last.loss()));
            if (!Double.isNaN(last.validation())) {
                line.append(String.format(Locale.ROOT, "  %s NDCG@20 %.4f", part, last.validation()));
            }
        }
        if (share > firstShare) {
            double rate = (share - firstShare) / ((clock.getAsLong() - firstAt) / 1e9);
            if (epochs > 0) {
                line.append(String.format(Locale.ROOT, "  %,.0f users/s", rate * epochs * users));
            }
            line.append(String.format(Locale.ROOT, "  about %.0f s left", (1 - share) / rate));
        }
        return line.toString();
    }

    /** Ends an unfinished line. */
    @Override
    public void close() {
        if (console.terminal()) {
            console.err().print(CLEAR);
            console.err().flush();
        }
    }
}
