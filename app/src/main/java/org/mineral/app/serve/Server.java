package org.mineral.app.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.FeedbackLog;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.http.HttpServer;
import org.mineral.app.serve.http.api.Limits;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.app.serve.service.ModelSource;

/** A running server: the model, the feedback since its training, and a port. */
public final class Server implements AutoCloseable {

    private final HttpServer http;
    private final @Nullable FeedbackLog log;
    private final ModelHolder serving;
    private final String host;
    private final int port;
    private final int warmUp;

    /**
     * What to serve, and how.
     *
     * @param items a table of titles and attributes, or null
     * @param search how the best items are found
     * @param feedback the log, made if it is missing; null to refuse feedback
     * @param repairFeedback whether damaged lines of the log are set aside, instead of the start being refused
     * @param mostEvents that the log may hold
     * @param apiKey null to refuse whatever changes something
     * @param report a page that compare or tune wrote, or null
     * @param warmUp seconds of warm-up requests to itself before it is ready, at most; 0 for none
     */
    public record Options(
            Path model,
            @Nullable Path items,
            ModelSource.Search search,
            @Nullable Path feedback,
            boolean repairFeedback,
            int mostEvents,
            @Nullable String apiKey,
            @Nullable Path report,
            String host,
            int port,
            Limits limits,
            int warmUp) {

        public static final int MOST_EVENTS = 1_000_000;

        public static Options of(Path model) {
            return new Options(
                    model,
                    null,
                    ModelSource.Search.EXACT,
                    null,
                    false,
                    MOST_EVENTS,
                    null,
                    null,
                    "127.0.0.1",
                    0,
                    Limits.defaults(),
                    0);
        }

        public Options withItems(Path file) {
            return new Options(
                    model,
                    file,
                    search,
                    feedback,
                    repairFeedback,
                    mostEvents,
                    apiKey,
                    report,
                    host,
                    port,
                    limits,
                    warmUp);
        }

        public Options withFeedback(Path file, String key) {
            return new Options(
                    model, items, search, file, repairFeedback, mostEvents, key, report, host, port, limits, warmUp);
        }

        public Options withLimits(Limits other) {
            return new Options(
                    model,
                    items,
                    search,
                    feedback,
                    repairFeedback,
                    mostEvents,
                    apiKey,
                    report,
                    host,
                    port,
                    other,
                    warmUp);
        }
    }

    /** Without notes. */
    public Server(Options options, Consumer<Throwable> faults) throws IOException {
        this(options, note -> {}, faults);
    }

    /**
     * Listens when it returns; ready after {@link #warmUp}, or at once if there is no warm-up.
     *
     * @param notes told of what an operator may want to know
     * @param faults told of what is a fault of the server
     */
    public Server(Options options, Consumer<String> notes, Consumer<Throwable> faults) throws IOException {
        this.serving = new ModelHolder(new ModelSource(options.model(), options.items(), options.search(), notes));
        Histories histories = new Histories();
        byte[] report = options.report() == null ? null : Files.readAllBytes(options.report());
        this.log = options.feedback() == null
                ? null
                : FeedbackLog.open(
                        options.feedback(), options.mostEvents(), options.repairFeedback(), histories::add, notes);
        // What was just read stays for long: moved among the old objects once, not by each of the next collections.
        System.gc();
        this.http = new HttpServer(serving, histories, log, options.apiKey(), report, options.limits(), notes, faults);
        this.host = options.host();
        this.warmUp = options.warmUp();
        try {
            this.port = http.start(host, options.port());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (warmUp == 0) {
            warmUp();
        }
    }

    /** Sends requests to itself until Java has compiled what answers them, or the time for that is over; then it is ready. */
    public void warmUp() {
        http.ready(url(), warmUp);
    }

    public ModelHolder serving() {
        return serving;
    }

    /** Events that the log held at the start, and since. */
    public int events() {
        return log == null ? 0 : log.size();
    }

    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Tells load balancers to send requests elsewhere: it is not ready any more, but answers as before. */
    public void retire() {
        http.retire();
    }

    /** Refuses new connections, finishes the requests in flight, and closes the log. */
    @Override
    public void close() throws IOException {
        try {
            http.close();
        } finally {
            if (log != null) {
                log.close();
            }
        }
    }
}
