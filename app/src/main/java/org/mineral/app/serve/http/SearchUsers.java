package org.mineral.app.serve.http;

import java.util.Objects;
import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Search;
import org.mineral.app.serve.service.Serving;

/** {@code GET /v1/users}: users by the beginning of their ids. */
final class SearchUsers extends Endpoint {

    private final Serving serving;

    SearchUsers(Serving serving) {
        super("GET", "/v1/users", Guard.LIMITED, Set.of("q", "n"));
        this.serving = serving;
    }

    @Override
    Reply answer(Call call) {
        String text = Objects.requireNonNullElse(call.text("q"), "");
        int n = call.integer("n", Wishes.DEFAULT_N, 1, SearchItems.LONGEST);
        return Reply.json(Json.object("users", Search.users(serving.now(), text, n)));
    }
}
