package org.mineral.app.serve.http.endpoint;

import java.util.Objects;
import java.util.Set;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.http.api.RequestParser;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.app.serve.service.Search;

/** {@code GET /v1/items}: items by title or id. */
final class SearchItems extends Endpoint {

    static final int LONGEST = 200;

    private final ModelHolder serving;

    SearchItems(ModelHolder serving) {
        super("GET", "/v1/items", Guard.LIMITED, Set.of("q", "n"));
        this.serving = serving;
    }

    @Override
    public Reply answer(ApiRequest call) {
        String text = Objects.requireNonNullElse(call.text("q"), "");
        return Reply.json(JsonText.object(
                "items", Search.items(serving.now(), text, call.integer("n", RequestParser.DEFAULT_N, 1, LONGEST))));
    }
}
