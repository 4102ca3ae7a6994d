package org.mineral.app.serve.http.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.http.api.RequestParser;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.app.serve.service.Search;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Recommendations;

/** {@code GET /v1/users/{user}}: the known items of a user. */
final class UserItems extends Endpoint {

    private final ModelHolder serving;
    private final Recommendations recommendations;

    UserItems(ModelHolder serving, Recommendations recommendations) {
        super("GET", "/v1/users/{user}", Guard.LIMITED, Set.of("n"));
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    public Reply answer(ApiRequest call) {
        LoadedModel now = serving.now();
        String user = call.path("user");
        int n = call.integer("n", RequestParser.DEFAULT_N, 1, RequestParser.LONGEST);
        int[] taken = recommendations.taken(now, user);
        List<Map<String, Object>> items = Search.rarestFirst(now, taken, n);
        return Reply.json(
                JsonText.object("user", user, "total", taken.length, "items", items, "generation", now.generation()));
    }
}
