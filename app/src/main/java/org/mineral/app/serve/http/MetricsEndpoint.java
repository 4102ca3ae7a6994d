package org.mineral.app.serve.http;

import java.io.IOException;
import java.util.Set;

/** {@code GET /metrics}: for Prometheus. */
final class MetricsEndpoint extends Endpoint {

    private final Metrics metrics;

    MetricsEndpoint(Metrics metrics) {
        super("GET", "/metrics", Guard.OPEN, Set.of());
        this.metrics = metrics;
    }

    @Override
    Reply answer(Call call) throws IOException {
        return new Reply(200, metrics.contentType(), metrics.text());
    }
}
