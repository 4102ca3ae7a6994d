package org.mineral.app.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.AdditionLog;
import org.mineral.app.serve.feedback.FeedbackLog;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.http.HttpServer;
import org.mineral.app.serve.http.HttpSetup;
import org.mineral.app.serve.http.api.Limits;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.app.serve.service.ModelSource;
import org.mineral.recommend.SideFiles;

/** A running server: a model, the feedback since its training, and an HTTP port. */
public final class Server implements AutoCloseable {

    /** Users and items that memory and the time of each addition allow. */
    private static final int MOST_ADDITIONS = 100_000;

    private final HttpServer http;
    private final @Nullable FeedbackLog log;
    private final @Nullable AdditionLog additions;
    private final ModelHolder serving;
    private final String host;
    private final int port;
    private final int warmUp;

    private Server(Builder options) throws IOException {
        this.additions = options.additions == null
                ? null
                : AdditionLog.open(options.additions, MOST_ADDITIONS, options.repairFeedback, options.notes);
        this.serving = new ModelHolder(
                new ModelSource(options.model, options.items, options.search, options.further, options.notes),
                additions);
        Histories histories = new Histories();
        byte[] report = options.report == null ? null : Files.readAllBytes(options.report);
        this.log = options.feedback == null
                ? null
                : FeedbackLog.open(
                        options.feedback, options.mostEvents, options.repairFeedback, histories::add, options.notes);
        // The model is long-lived: one collection promotes it to the old generation.
        System.gc();
        this.http = new HttpServer(
                serving,
                histories,
                log,
                additions,
                new HttpSetup(
                        options.writeKey,
                        options.readKey,
                        report,
                        options.limits,
                        options.accessLog,
                        options.notes,
                        options.failures));
        this.host = options.host;
        this.warmUp = options.warmUp;
        try {
            this.port = http.start(host, options.port);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (warmUp == 0) {
            warmUp();
        }
    }

    /** A server of the model in this directory, to be configured and started. */
    public static Builder of(Path model) {
        return new Builder(model);
    }

    /** Configures a server and starts it. Nothing but the model has to be given. */
    public static final class Builder {

        /** Default of {@link #mostEvents}. */
        public static final int MOST_EVENTS = 1_000_000;

        private final Path model;
        private @Nullable Path items;
        private ModelSource.Search search = ModelSource.Search.EXACT;
        private @Nullable Path feedback;
        private @Nullable Path additions;
        private SideFiles further = SideFiles.NONE;
        private int mostEvents = MOST_EVENTS;
        private boolean repairFeedback;
        private @Nullable String writeKey;
        private @Nullable String readKey;
        private @Nullable OutputStream accessLog;
        private @Nullable Path report;
        private String host = "127.0.0.1";
        private int port;
        private Limits limits = Limits.defaults();
        private int warmUp;
        private Consumer<String> notes = note -> {};
        private BiConsumer<String, Throwable> failures = (request, failure) -> {};

        private Builder(Path model) {
            this.model = model;
        }

        /** A table of titles and attributes of items; null, the default, for none. */
        public Builder items(@Nullable Path file) {
            items = file;
            return this;
        }

        /** The retrieval method; exact by default. */
        public Builder search(ModelSource.Search method) {
            search = method;
            return this;
        }

        /** The log of events, created if it is missing; null, the default, refuses feedback. */
        public Builder feedback(@Nullable Path file) {
            feedback = file;
            return this;
        }

        /** The log of added users and items, created if it is missing; null, the default, refuses them. */
        public Builder additions(@Nullable Path file) {
            additions = file;
            return this;
        }

        /** Items and users that came after training, read with the model; none by default. */
        public Builder further(SideFiles files) {
            further = files;
            return this;
        }

        /** Largest number of events in the log. */
        public Builder mostEvents(int events) {
            mostEvents = events;
            return this;
        }

        /** Whether damaged lines of the log are moved to another file; by default they prevent the start. */
        public Builder repairFeedback(boolean repair) {
            repairFeedback = repair;
            return this;
        }

        /** The key for requests that change something; null, the default, refuses these. */
        public Builder writeKey(@Nullable String key) {
            writeKey = key;
            return this;
        }

        /** The key for all other requests but those of {@code /health}; null, the default, answers everybody. */
        public Builder readKey(@Nullable String key) {
            readKey = key;
            return this;
        }

        /** Receives a line of JSON for each request; null, the default, for none. The caller closes it after the server. */
        public Builder accessLog(@Nullable OutputStream log) {
            accessLog = log;
            return this;
        }

        /** A report of a comparison, a search or an ablation, shown at {@code /report}; null, the default, for none. */
        public Builder report(@Nullable Path file) {
            report = file;
            return this;
        }

        /** Where to listen: by default, 127.0.0.1 and any free port, which is 0. */
        public Builder address(String host, int port) {
            this.host = host;
            this.port = port;
            return this;
        }

        public Builder limits(Limits limits) {
            this.limits = limits;
            return this;
        }

        /** Longest time in seconds for warm-up requests before the server is ready; 0, the default, for none. */
        public Builder warmUp(int seconds) {
            warmUp = seconds;
            return this;
        }

        /** Receives messages for the operator. */
        public Builder notes(Consumer<String> notes) {
            this.notes = notes;
            return this;
        }

        /** Receives errors of the server itself. */
        public Builder faults(Consumer<Throwable> faults) {
            return failures((request, failure) -> faults.accept(failure));
        }

        /** Receives errors of the server itself, behind the id of the request. */
        public Builder failures(BiConsumer<String, Throwable> failures) {
            this.failures = failures;
            return this;
        }

        /** Starts to listen. The server is ready after {@link Server#warmUp}, or at once without warm-up. */
        public Server start() throws IOException {
            return new Server(this);
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
            if (additions != null) {
                additions.close();
            }
        }
    }
}
