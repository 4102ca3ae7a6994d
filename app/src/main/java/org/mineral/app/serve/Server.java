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

/** A running server: a model, the feedback since its training, and an HTTP port. */
public final class Server implements AutoCloseable {

    private final HttpServer http;
    private final @Nullable FeedbackLog log;
    private final ModelHolder serving;
    private final String host;
    private final int port;
    private final int warmUp;

    /**
     * The options of a server.
     *
     * @param items a table of titles and attributes, or null
     * @param search the retrieval method
     * @param feedback the log, created if it is missing; null to refuse feedback
     * @param repairFeedback whether damaged lines of the log are moved to another file; otherwise they prevent the start
     * @param mostEvents largest number of events in the log
     * @param apiKey the key for requests that change something; null to refuse these
     * @param report a report of compare or tune, or null
     * @param warmUp longest time in seconds for warm-up requests before the server is ready; 0 for none
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
     * Starts to listen. The server is ready after {@link #warmUp}, or at once without warm-up.
     *
     * @param notes receives messages for the operator
     * @param faults receives errors of the server itself
     */
    public Server(Options options, Consumer<String> notes, Consumer<Throwable> faults) throws IOException {
        this.serving = new ModelHolder(new ModelSource(options.model(), options.items(), options.search(), notes));
        Histories histories = new Histories();
        byte[] report = options.report() == null ? null : Files.readAllBytes(options.report());
        this.log = options.feedback() == null
                ? null
                : FeedbackLog.open(
                        options.feedback(), options.mostEvents(), options.repairFeedback(), histories::add, notes);
        // The model is long-lived: one collection promotes it to the old generation.
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

    /** Sends requests to itself until the JVM has compiled the request path, or the time is over; then the server is ready. */
    public void warmUp() {
        http.ready(url(), warmUp);
    }

    public ModelHolder serving() {
        return serving;
    }

    /** Number of events in the log. */
    public int events() {
        return log == null ? 0 : log.size();
    }

    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Reports that the server is not ready, so that load balancers stop sending requests; it still answers. */
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
