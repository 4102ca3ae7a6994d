package org.mineral.app.serve.http;

import java.io.IOException;
import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Serving;
import org.mineral.app.serve.service.Snapshot;
import org.mineral.config.InputException;

/** {@code POST /v1/model/reload}: the same directory, read anew. */
final class Reload extends Endpoint {

    private final Serving serving;
    private final Metrics metrics;

    Reload(Serving serving, Metrics metrics) {
        super("POST", "/v1/model/reload", Guard.KEY, Set.of());
        this.serving = serving;
        this.metrics = metrics;
    }

    @Override
    Reply answer(Call call) throws IOException {
        if (call.hasBody()) {
            call.body();
        }
        try {
            Snapshot next = serving.reload();
            metrics.reload("done");
            return Reply.json(Json.object(
                    "generation", next.generation(), "loaded", next.loaded().toString()));
        } catch (InputException | IOException e) {
            metrics.reload("refused");
            throw new Problem(422, "the model was not taken, the one before goes on: " + e.getMessage());
        }
    }
}
