package org.mineral.app.command.output;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.algorithm.Epoch;
import org.mineral.app.console.Console;
import org.mineral.app.report.Numbers;
import org.mineral.tune.auto.SearchListener;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.ComparisonListener;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.compare.Trial;

/** The progress of a comparison or ablation on standard error: a line that is redrawn on a terminal, otherwise one line for each training. */
public final class CompareProgress implements ComparisonListener, AutoCloseable {

    private static final long REDRAW_NANOS = 100_000_000;
    private static final String CLEAR = "\r\033[K";

    private final Console console;
    private final long started = System.nanoTime();
    private String name = "";
    private String detail = "";
    private String part = "validation";
    private int k = 1;
    private int n = 1;
    private double share;
    private long drawn;

    public CompareProgress(Console console) {
        this.console = console;
    }

    @Override
    public void note(String text) {
        clear();
        console.err().println(text);
        console.err().flush();
    }

    @Override
    public void protocol(DataProtocol protocol) {
        part = protocol.selection().optimistic() ? "test" : "validation";
    }

    @Override
    public void loss(String name, int k, int n) {
        this.name = name;
        this.k = k;
        this.n = n;
        share = 0;
        detail = "starts";
        draw(true);
    }

    @Override
    public void progress(double share) {
        this.share = share;
        draw(false);
    }

    @Override
    public void epoch(Epoch epoch) {
        detail = String.format(
                Locale.ROOT,
                "epoch %d of %d, %s NDCG@20 %s",
                epoch.number(),
                epoch.of(),
                part,
                Numbers.metric(epoch.validation()));
        draw(true);
    }

    @Override
    public SearchListener search() {
        return new SearchListener() {
            private int tried;

            @Override
            public void trial(SearchReport.Trial trial, double spent) {
                tried++;
                detail = "search: " + SearchReport.tried(tried);
                draw(true);
            }

            @Override
            public void note(String message) {
                CompareProgress.this.note(message);
            }
        };
    }

    @Override
    public void done(Entry entry) {
        share = 1;
        String outcome = entry.failed()
                ? "no result: " + entry.failure()
                : String.format(
                        Locale.ROOT,
                        "%s%s NDCG@20 %s, %s",
                        best(entry.bestEpoch(), entry.curve().size()),
                        part,
                        Numbers.metric(
                                entry.seeds().isEmpty()
                                        ? Double.NaN
                                        : entry.seeds().get(0).validation()),
                        Numbers.seconds(entry.seconds()));
        end(outcome);
    }

    @Override
    public void trial(Trial trial) {
        share = 1;
        Double validation = trial.validation();
        String outcome = validation == null
                ? "no result: " + trial.failure()
                : String.format(
                        Locale.ROOT,
                        "%s%s NDCG@20 %s, %s",
                        best(trial.bestEpoch(), trial.epochs()),
                        part,
                        Numbers.metric(validation),
                        Numbers.seconds(trial.seconds()));
        end(outcome);
    }

    @Override
    public List<String> commands(
            DataSource source, DataProtocol protocol, ComparedModel model, Map<String, String> settings) {
        return Commands.of(source, protocol, model, settings);
    }

    private static String best(int epoch, int of) {
        return of == 0 ? "" : "best epoch " + Numbers.epoch(epoch, of) + ", ";
    }

    private void end(String outcome) {
        clear();
        console.err().println(head() + outcome + left());
        console.err().flush();
    }

    private String head() {
        return String.format(Locale.ROOT, "[%2d/%d] %-16s ", k, n, name);
    }

    /** Time left if the remaining losses take as long as the finished ones did on average. */
    private String left() {
        double done = (k - 1 + share) / n;
        if (done <= 0 || done >= 1) {
            return "";
        }
        double elapsed = (System.nanoTime() - started) / 1e9;
        return ", about " + Numbers.seconds(Math.max(1, Math.rint(elapsed * (1 - done) / done))) + " left";
    }

    private void draw(boolean now) {
        long time = System.nanoTime();
        if (console.terminal() && (now || time - drawn > REDRAW_NANOS)) {
            drawn = time;
            console.err().print(CLEAR + head() + detail + left());
            console.err().flush();
        }
    }

    private void clear() {
        if (console.terminal()) {
            console.err().print(CLEAR);
        }
    }

    /** Ends an unfinished line, also when the comparison failed. */
    @Override
    public void close() {
        clear();
        console.err().flush();
    }
}
