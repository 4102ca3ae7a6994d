package org.mineral.app.serve.http;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.app.Json;

/** {@code GET /health/live}: the process answers; {@code GET /health/ready}: requests may be sent to it. */
final class Health extends Endpoint {

    private final Supplier<@Nullable String> trouble;

    /** @param trouble why not, or null if all is well */
    Health(String path, Supplier<@Nullable String> trouble) {
        super("GET", path, Guard.OPEN, Set.of());
        this.trouble = trouble;
    }

    @Override
    Reply answer(Call call) {
        String reason = trouble.get();
        if (reason != null) {
            throw new Problem(503, reason);
        }
        return Reply.json(Json.object("status", "ok"));
    }
}
