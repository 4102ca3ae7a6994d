package org.mineral.app.serve.http.endpoint;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.http.api.ApiError;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;

/** {@code GET /health/live}: the process is alive; {@code GET /health/ready}: it accepts requests. */
final class HealthEndpoint extends Endpoint {

    private final Supplier<@Nullable String> trouble;

    /** @param trouble the reason if it is not healthy, otherwise null */
    HealthEndpoint(String path, Supplier<@Nullable String> trouble) {
        super("GET", path, Guard.HEALTH, Set.of());
        this.trouble = trouble;
    }

    @Override
    public Reply answer(ApiRequest call) {
        String reason = trouble.get();
        if (reason != null) {
            throw new ApiError(503, reason);
        }
        return Reply.json(JsonText.object("status", "ok"));
    }
}
