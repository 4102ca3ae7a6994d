package org.mineral.app.serve.http.endpoint;

import java.io.IOException;
import java.util.Set;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Metrics;
import org.mineral.app.serve.http.api.Reply;

/** {@code GET /metrics}: for Prometheus. */
final class MetricsEndpoint extends Endpoint {

    private final Metrics metrics;

    MetricsEndpoint(Metrics metrics) {
        super("GET", "/metrics", Guard.UNLIMITED, Set.of());
        this.metrics = metrics;
    }

    @Override
    public Reply answer(ApiRequest call) throws IOException {
        return new Reply(200, metrics.contentType(), metrics.text());
    }
}
