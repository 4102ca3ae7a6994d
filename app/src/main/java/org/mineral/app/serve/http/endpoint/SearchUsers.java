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

/** {@code GET /v1/users}: users by id prefix. */
final class SearchUsers extends Endpoint {

    private final ModelHolder serving;

    SearchUsers(ModelHolder serving) {
        super("GET", "/v1/users", Guard.LIMITED, Set.of("q", "n"));
        this.serving = serving;
    }

    @Override
    public Reply answer(ApiRequest call) {
        String text = Objects.requireNonNullElse(call.text("q"), "");
        int n = call.integer("n", RequestParser.DEFAULT_N, 1, SearchItems.LONGEST);
        return Reply.json(JsonText.object("users", Search.users(serving.now(), text, n)));
    }
}
