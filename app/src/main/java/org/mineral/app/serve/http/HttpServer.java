package org.mineral.app.serve.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
import org.mineral.app.serve.feedback.AdditionLog;
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

/** Serves the endpoints on a port, with limits. */
public final class HttpServer implements AutoCloseable {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** A report has inline scripts; the sandbox keeps them from using the API. */
    private static final String REPORT_POLICY =
            "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
                    + "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

    /** Has a browser ask for a key. */
    private static final String BASIC =
            "Basic realm=\"Mineral: any name, and the read key as password\", charset=\"UTF-8\"";

    /** Longest time for requests in flight to finish when the server stops. */
    static final long DRAIN_MILLIS = 30_000;

    /**
     * Silenced, because its failures arrive as exceptions. In a field, like the next, because a logger that is garbage-collected loses its
     * level.
     */
    private static final Logger JAVALIN = Logger.getLogger("io.javalin");

    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private final Limits limits;
    private final Consumer<String> notes;
    private final ApiKeys keys;
    private final @Nullable String readKey;
    private final @Nullable AccessLog accessLog;

    /** Marks the requests that the server sends to itself. */
    private final String ownId = RequestId.random();

    private final ConcurrencyLimiter gate;
    private final ApiErrors problems;
    private final Metrics metrics = new Metrics();
    private final GracefulHandler inFlight = new GracefulHandler();
    private final Javalin javalin;
    private final ModelHolder serving;
    private volatile boolean warm;
    private volatile boolean retired;

    /**
     * @param log null to refuse feedback
     * @param additions null to refuse new items and users
     */
    public HttpServer(
            ModelHolder serving,
            Histories histories,
            @Nullable FeedbackLog log,
            @Nullable AdditionLog additions,
            HttpSetup setup) {
        this.notes = setup.notes();
        JAVALIN.setLevel(Level.OFF);
        JETTY.setLevel(Level.WARNING);
        this.serving = serving;
        this.limits = setup.limits();
        this.keys = new ApiKeys(setup.writeKey(), setup.readKey());
        this.readKey = setup.readKey();
        this.accessLog = setup.accessLog() == null ? null : new AccessLog(setup.accessLog(), ownId, notes);
        this.gate = new ConcurrencyLimiter(limits);
        this.problems = new ApiErrors(setup.failures());
        Gauges.register(metrics, () -> trouble() == null, gate, serving, log, additions);
        List<Endpoint> endpoints =
                Routes.of(serving, histories, log, additions, setup.report(), metrics, notes, this::trouble);
        this.javalin = Javalin.create(config -> configure(config, endpoints));
    }

    private @Nullable String trouble() {
        return retired ? "the server is stopping." : warm ? null : "the server is warming up; ask again in a second.";
    }

    /**
     * Starts to listen; reports readiness after {@link #ready} was called.
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
     * Sends about a thousand warm-up requests to itself, then reports readiness.
     *
     * @param url the server's address
     * @param seconds longest time; 0 to send none
     */
    public void ready(String url, int seconds) {
        if (seconds > 0) {
            new WarmUp(url, serving, seconds, () -> retired)
                    .header(RequestId.HEADER, ownId)
                    .header("Authorization", readKey == null ? null : "Bearer " + readKey)
                    .run();
        }
        warm = true;
    }

    /**
     * Reports that the server is not ready, and closes each connection after its response, so that clients reconnect elsewhere. Requests are
     * still answered.
     */
    public void retire() {
        retired = true;
    }

    /** Refuses new connections; returns when the requests in flight are answered, or after {@link #DRAIN_MILLIS}. */
    @Override
    public void close() {
        close(DRAIN_MILLIS);
    }

    /** @return the number of requests that were cut off at the end of the time */
    int close(long drainMillis) {
        retire();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis);
        // Jetty's stop would cut off a client that pauses for a second in the middle of a request.
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
        // This message is enough; Jetty would list its threads.
        JETTY.setLevel(Level.OFF);
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // Jetty's timeout while waiting for the same requests; everything else is closed.
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
        // Daemon threads, so that remaining requests do not keep the process alive.
        pool.setDaemon(true);
        pool.setStopTimeout(1000);
        config.jetty.threadPool = pool;
        config.jetty.modifyServer(server -> {
            server.addBean(new NetworkConnectionLimit(limits.connections(), server));
            server.setErrorHandler(new PlainErrors());
            server.setHandler(inFlight);
            if (accessLog != null) {
                server.setRequestLog(accessLog);
            }
            // Only idle connections are left.
            server.setStopTimeout(1000);
        });
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(limits.idleMillis());
            http.setMinRequestDataRate(100);
            // Ids may contain slashes, tabs and percent signs: %2F, %09, %25.
            http.setUriCompliance(UriCompliance.from(
                    "RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING,SUSPICIOUS_PATH_CHARACTERS"));
        });
        config.routes.before(
                context -> context.header(RequestId.HEADER, RequestId.of(context.header(RequestId.HEADER))));
        for (Endpoint endpoint : endpoints) {
            metrics.route(route(endpoint));
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(endpoint.method()), endpoint.path(), context -> handle(endpoint, context));
        }
        config.routes.exception(Exception.class, (e, context) -> send(context, problems.reply(id(context), e)));
        config.routes.error(404, context -> {
            if (context.resultInputStream() == null || !isProblem(context)) {
                send(context, ApiErrors.reply(404, "no such address; /openapi.json lists them all."));
            }
        });
        config.routes.error(
                405, context -> send(context, ApiErrors.reply(405, "this address does not allow this method.")));
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
            keys.check(endpoint.guard(), context.header("Authorization"));
            ApiRequest call = new ApiRequest(context, limits);
            if (endpoint.guard().limited()) {
                call.checkParameters(endpoint.parameters());
            }
            if (endpoint.method().equals("POST")) {
                call.receive();
            }
            if (endpoint.guard().limited()) {
                gate.enter();
                inside = true;
            }
            reply = endpoint.answer(call);
        } catch (Exception | OutOfMemoryError e) {
            reply = problems.reply(id(context), e);
        } finally {
            if (inside) {
                gate.leave();
            }
        }
        send(context, reply);
        if (warm) {
            metrics.request(route(endpoint), reply.status(), System.nanoTime() - start);
        }
    }

    /** The name of an endpoint among the metrics. */
    private static String route(Endpoint endpoint) {
        return endpoint.method() + " " + endpoint.path();
    }

    private static String id(Context context) {
        return Objects.requireNonNullElse(context.res().getHeader(RequestId.HEADER), "");
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
            // Chromium takes what stands in one line for one scheme.
            context.header("WWW-Authenticate", "Bearer");
            if (context.method() == HandlerType.GET) {
                context.res().addHeader("WWW-Authenticate", BASIC);
            }
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
