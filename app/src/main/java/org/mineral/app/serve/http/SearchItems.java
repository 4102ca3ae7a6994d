package org.mineral.app.serve.http;

import java.util.Objects;
import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Search;
import org.mineral.app.serve.service.Serving;

/** {@code GET /v1/items}: items by title or id. */
final class SearchItems extends Endpoint {

    static final int LONGEST = 200;

    private final Serving serving;

    SearchItems(Serving serving) {
        super("GET", "/v1/items", Guard.LIMITED, Set.of("q", "n"));
        this.serving = serving;
    }

    @Override
    Reply answer(Call call) {
        String text = Objects.requireNonNullElse(call.text("q"), "");
        return Reply.json(Json.object(
                "items", Search.items(serving.now(), text, call.integer("n", Wishes.DEFAULT_N, 1, LONGEST))));
    }
}
