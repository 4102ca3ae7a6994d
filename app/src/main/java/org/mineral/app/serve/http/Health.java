package org.mineral.app.serve.http;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.mineral.app.Json;

/** {@code GET /health/live}: the process answers; {@code GET /health/ready}: requests may be sent to it. */
final class Health extends Endpoint {

    private final BooleanSupplier well;

    Health(String path, BooleanSupplier well) {
        super("GET", path, Guard.OPEN, Set.of());
        this.well = well;
    }

    @Override
    Reply answer(Call call) {
        if (!well.getAsBoolean()) {
            throw new Problem(503, "the server is stopping.");
        }
        return Reply.json(Json.object("status", "ok"));
    }
}
