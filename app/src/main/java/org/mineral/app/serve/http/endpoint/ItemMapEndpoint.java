package org.mineral.app.serve.http.endpoint;

import java.util.Set;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.app.serve.service.Search;

/** {@code GET /v1/map}: the most popular items projected to two dimensions. */
final class ItemMapEndpoint extends Endpoint {

    private final ModelHolder serving;

    ItemMapEndpoint(ModelHolder serving) {
        super("GET", "/v1/map", Guard.LIMITED, Set.of());
        this.serving = serving;
    }

    @Override
    public Reply answer(ApiRequest call) {
        return Reply.json(JsonText.object("points", Search.map(serving.now())));
    }
}
