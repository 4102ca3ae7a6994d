package org.mineral.app.serve.http;

import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Search;
import org.mineral.app.serve.service.Serving;

/** {@code GET /v1/map}: the most popular items in the plane. */
final class MapOfItems extends Endpoint {

    private final Serving serving;

    MapOfItems(Serving serving) {
        super("GET", "/v1/map", Guard.LIMITED, Set.of());
        this.serving = serving;
    }

    @Override
    Reply answer(Call call) {
        return Reply.json(Json.object("points", Search.map(serving.now())));
    }
}
