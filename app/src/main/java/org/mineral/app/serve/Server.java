package org.mineral.app.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.FeedbackLog;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.http.HttpServer;
import org.mineral.app.serve.http.Limits;
import org.mineral.app.serve.service.ModelSource;
import org.mineral.app.serve.service.Serving;

/** A running server: the model, the feedback since its training, and a port. */
public final class Server implements AutoCloseable {

    private final HttpServer http;
    private final @Nullable FeedbackLog log;
    private final Serving serving;
    private final String host;
    private final int port;

    /**
     * What to serve, and how.
     *
     * @param items a table of titles and attributes, or null
     * @param search how the best items are found
     * @param feedback the log, made if it is missing; null to refuse feedback
     * @param mostEvents that the log may hold
     * @param apiKey null to refuse whatever changes something
     * @param report a page that compare or tune wrote, or null
     * @param warmUp seconds that it may ask itself before it is ready; 0 for not at all
     */
    public record Options(
            Path model,
            @Nullable Path items,
            ModelSource.Search search,
            @Nullable Path feedback,
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
                    MOST_EVENTS,
                    null,
                    null,
                    "127.0.0.1",
                    0,
                    Limits.defaults(),
                    0);
        }

        public Options withItems(Path file) {
            return new Options(model, file, search, feedback, mostEvents, apiKey, report, host, port, limits, warmUp);
        }

        public Options withFeedback(Path file, String key) {
            return new Options(model, items, search, file, mostEvents, key, report, host, port, limits, warmUp);
        }

        public Options withLimits(Limits other) {
            return new Options(model, items, search, feedback, mostEvents, apiKey, report, host, port, other, warmUp);
        }
    }

    /** Without notes. */
    public Server(Options options, Consumer<Throwable> faults) throws IOException {
        this(options, note -> {}, faults);
    }

    /**
     * Listens when it returns, warm.
     *
     * @param notes told of what an operator may want to know
     * @param faults told of what is a fault of the server
     */
    public Server(Options options, Consumer<String> notes, Consumer<Throwable> faults) throws IOException {
        this.serving = new Serving(new ModelSource(options.model(), options.items(), options.search(), notes));
        Histories histories = new Histories();
        this.log = options.feedback() == null
                ? null
                : FeedbackLog.open(options.feedback(), options.mostEvents(), histories::add);
        byte[] report = options.report() == null ? null : Files.readAllBytes(options.report());
        this.http = new HttpServer(serving, histories, log, options.apiKey(), report, options.limits(), faults);
        this.host = options.host();
        try {
            this.port = http.start(host, options.port());
            // What was just read stays for long: moved among the old objects once, not by each of the next collections.
            System.gc();
            http.ready(url(), options.warmUp());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public Serving serving() {
        return serving;
    }

    /** Events that the log held at the start, and since. */
    public int events() {
        return log == null ? 0 : log.size();
    }

    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Requests in flight are finished first. */
    @Override
    public void close() throws IOException {
        http.close();
        if (log != null) {
            log.close();
        }
    }
}
