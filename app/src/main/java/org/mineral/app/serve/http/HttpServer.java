package org.mineral.app.serve.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.FeedbackLog;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.http.api.ApiErrors;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Limits;
import org.mineral.app.serve.http.api.Metrics;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.http.endpoint.Routes;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.config.InputException;

/** The endpoints on a port, behind the limits. */
public final class HttpServer implements AutoCloseable {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** A report is one file with its scripts inside; in a sandbox, so that these cannot use the API. */
    private static final String REPORT_POLICY =
            "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
                    + "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

    /** How long requests in flight may take to finish when the server stops. */
    static final long DRAIN_MILLIS = 30_000;

    /** Its failures reach us as exceptions. Held, as the next, for a logger that nobody holds forgets its level. */
    private static final Logger JAVALIN = Logger.getLogger("io.javalin");

    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private final Limits limits;
    private final Consumer<String> notes;
    private final ApiKey key;
    private final ConcurrencyLimiter gate;
    private final ApiErrors problems;
    private final Metrics metrics = new Metrics();
    private final GracefulHandler inFlight = new GracefulHandler();
    private final Javalin javalin;
    private final ModelHolder serving;
    private volatile boolean warm;
    private volatile boolean retired;

    /**
     * @param log null: feedback is refused
     * @param apiKey null: whatever changes something is refused
     * @param report a page of HTML in UTF-8, or null
     * @param notes told of what an operator may want to know
     * @param faults told of what is a fault of the server
     */
    public HttpServer(
            ModelHolder serving,
            Histories histories,
            @Nullable FeedbackLog log,
            @Nullable String apiKey,
            byte @Nullable [] report,
            Limits limits,
            Consumer<String> notes,
            Consumer<Throwable> faults) {
        this.notes = notes;
        JAVALIN.setLevel(Level.OFF);
        JETTY.setLevel(Level.WARNING);
        this.serving = serving;
        this.limits = limits;
        this.key = new ApiKey(apiKey);
        this.gate = new ConcurrencyLimiter(limits);
        this.problems = new ApiErrors(faults);
        metrics.gauge("mineral_requests_inside", "Requests that are worked on now.", gate::inside);
        metrics.gauge(
                "mineral_model_generation",
                "Models since the start.",
                () -> serving.now().generation());
        metrics.gauge("mineral_feedback_log_events", "Events in the feedback log.", () -> log == null ? 0 : log.size());
        Runtime java = Runtime.getRuntime();
        metrics.gauge(
                "mineral_heap_used_megabytes",
                "Memory that Java uses.",
                () -> (java.totalMemory() - java.freeMemory() >> 20));
        metrics.gauge("process_resident_memory_bytes", "Resident memory of the process.", ResidentMemory::bytes);
        List<Endpoint> endpoints = Routes.of(serving, histories, log, report, metrics, this::trouble);
        this.javalin = Javalin.create(config -> configure(config, endpoints));
    }

    private @Nullable String trouble() {
        return retired ? "the server is stopping." : warm ? null : "the server is warming up; ask again in a second.";
    }

    /**
     * Answers from now on, and says that it is ready once {@link #ready} was called.
     *
     * @return the port, chosen by the system for 0
     */
    public int start(String host, int port) {
        try {
            javalin.start(host, port);
        } catch (RuntimeException e) {
            throw new InputException(
                    String.format(
                            Locale.ROOT,
                            "cannot listen on %s, port %d (%s); choose others with --host and --port.",
                            host,
                            port,
                            rootCause(e).getMessage()),
                    e);
        }
        return javalin.port();
    }

    /**
     * Sends some thousand requests to itself, then says that it is ready.
     *
     * @param url its own address
     * @param seconds that this may take; 0: none are sent
     */
    public void ready(String url, int seconds) {
        if (seconds > 0) {
            new WarmUp(url, serving, seconds, () -> retired).run();
        }
        warm = true;
    }

    /**
     * Says that it is not ready any more, and closes each connection after its answer, so that clients turn elsewhere. Requests
     * are answered as before.
     */
    public void retire() {
        retired = true;
    }

    /** Refuses new connections, and returns when the requests in flight are answered, or after {@link #DRAIN_MILLIS}. */
    @Override
    public void close() {
        close(DRAIN_MILLIS);
    }

    /** @return the requests that were not answered by the end of the time, and were cut off */
    int close(long drainMillis) {
        retire();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis);
        // Jetty's own stop would cut off a client that is silent for a second in the middle of its request.
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            if (connector instanceof ServerConnector listener) {
                listener.close();
                listener.setShutdownIdleTimeout(1);
            }
        }
        try {
            while (inFlight.getCurrentRequestCount() > 0 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int unfinished = (int) inFlight.getCurrentRequestCount();
        if (unfinished > 0) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "requests that did not finish within %,d s, and are cut off: %,d",
                    TimeUnit.MILLISECONDS.toSeconds(drainMillis),
                    unfinished));
        }
        // Of what does not stop, that is all there is to say; Jetty would list its threads.
        JETTY.setLevel(Level.OFF);
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // It waited for those in vain, once more. All that could be closed is closed.
            return unfinished;
        }
        return unfinished;
    }

    private void configure(JavalinConfig config, List<Endpoint> endpoints) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = limits.bodyBytes();
        int threads = limits.concurrent() + limits.waiting() + 8;
        QueuedThreadPool pool = new QueuedThreadPool(threads, Math.min(8, threads), 60_000);
        // Whatever still runs when the server has stopped does not hold up the end of the process.
        pool.setDaemon(true);
        pool.setStopTimeout(1000);
        config.jetty.threadPool = pool;
        config.jetty.modifyServer(server -> {
            server.addBean(new NetworkConnectionLimit(limits.connections(), server));
            server.setErrorHandler(new PlainErrors());
            server.setHandler(inFlight);
            // All that is left by then are idle connections.
            server.setStopTimeout(1000);
        });
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(limits.idleMillis());
            http.setMinRequestDataRate(100);
            // Ids are any text, with slashes, tabs and percent signs in them: %2F, %09, %25.
            http.setUriCompliance(UriCompliance.from(
                    "RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING," + "SUSPICIOUS_PATH_CHARACTERS"));
        });
        for (Endpoint endpoint : endpoints) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(endpoint.method()), endpoint.path(), context -> handle(endpoint, context));
        }
        config.routes.exception(Exception.class, (e, context) -> send(context, problems.reply(e)));
        config.routes.error(404, context -> {
            if (context.resultInputStream() == null || !isProblem(context)) {
                send(context, ApiErrors.reply(404, "no such address; /openapi.json lists all."));
            }
        });
        config.routes.error(405, context -> send(context, ApiErrors.reply(405, "this address takes another method.")));
    }

    private static boolean isProblem(Context context) {
        String type = context.res().getContentType();
        return type != null && type.startsWith("application/problem+json");
    }

    private void handle(Endpoint endpoint, Context context) {
        long start = System.nanoTime();
        boolean inside = false;
        Reply reply;
        try {
            if (endpoint.guard() == Endpoint.Guard.KEY) {
                key.check(context.header("Authorization"));
            }
            ApiRequest call = new ApiRequest(context, limits);
            if (endpoint.guard() != Endpoint.Guard.OPEN) {
                call.checkParameters(endpoint.parameters());
            }
            if (endpoint.method().equals("POST")) {
                call.receive();
            }
            if (endpoint.guard() != Endpoint.Guard.OPEN) {
                gate.enter();
                inside = true;
            }
            reply = endpoint.answer(call);
        } catch (Exception | OutOfMemoryError e) {
            reply = problems.reply(e);
        } finally {
            if (inside) {
                gate.leave();
            }
        }
        send(context, reply);
        if (warm) {
            metrics.request(endpoint.method() + " " + endpoint.path(), reply.status(), System.nanoTime() - start);
        }
    }

    private void send(Context context, Reply reply) {
        if (retired) {
            context.header("Connection", "close");
        }
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Content-Security-Policy", context.path().equals("/report") ? REPORT_POLICY : POLICY);
        context.header("Cache-Control", "no-store");
        if (reply.status() == 503) {
            context.header("Retry-After", "1");
        } else if (reply.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        context.status(reply.status()).contentType(reply.contentType()).result(reply.body());
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
