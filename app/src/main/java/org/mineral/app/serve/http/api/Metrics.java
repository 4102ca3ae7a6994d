package org.mineral.app.serve.http.api;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.mineral.linalg.KernelProvider;
import org.mineral.model.provenance.Version;

/** The metrics of the server. Labels are declared routes, never input of clients. */
public final class Metrics {

    /** Statuses of failures of the server. */
    private static final int[] FAILURES = {500, 503, 507};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Counter requests = Counter.builder()
            .name("mineral_requests_total")
            .help("Requests by route and status.")
            .labelNames("route", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("mineral_request_seconds")
            .help("Time from reading a request's head to having its answer ready.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(.0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5)
            .register(registry);
    private final Counter events = Counter.builder()
            .name("mineral_feedback_events_total")
            .help("Events of feedback by outcome.")
            .labelNames("outcome")
            .register(registry);
    private final Counter reloads = Counter.builder()
            .name("mineral_reloads_total")
            .help("Reloads of the model by outcome.")
            .labelNames("outcome")
            .register(registry);

    /** What alerts count begins at 0, for the increase of a counter that begins at 1 is none. */
    public Metrics() {
        reloads.initLabelValues("done");
        reloads.initLabelValues("refused");
        JvmMetrics.builder().register(registry);
        Info.builder()
                .name("mineral_build_info")
                .help("The version that runs, and its arithmetic: the name of its kernels.")
                .labelNames("version", "kernels")
                .register(registry)
                .setLabelValues(Version.CURRENT, KernelProvider.best().name());
    }

    public void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    /** Counts of a route's failures from 0. */
    public void route(String route) {
        for (int status : FAILURES) {
            requests.initLabelValues(route, Integer.toString(status));
        }
    }

    public void request(String route, int status, long nanos) {
        requests.labelValues(route, Integer.toString(status)).inc();
        seconds.labelValues(route).observe(nanos / 1e9);
    }

    public void event(String outcome) {
        events.labelValues(outcome).inc();
    }

    public void reload(String outcome) {
        reloads.labelValues(outcome).inc();
    }

    public String contentType() {
        return writer.getContentType();
    }

    public byte[] text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, registry.scrape(), EscapingScheme.DEFAULT);
        return out.toByteArray();
    }
}
