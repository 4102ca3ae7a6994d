package org.mineral.app.serve.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Recommendations;
import org.mineral.app.serve.service.Search;
import org.mineral.app.serve.service.Serving;
import org.mineral.app.serve.service.Snapshot;

/** {@code GET /v1/users/{user}}: what a user took. */
final class UserItems extends Endpoint {

    private final Serving serving;
    private final Recommendations recommendations;

    UserItems(Serving serving, Recommendations recommendations) {
        super("GET", "/v1/users/{user}", Guard.LIMITED, Set.of("n"));
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    Reply answer(Call call) {
        Snapshot now = serving.now();
        String user = call.path("user");
        int n = call.integer("n", Wishes.DEFAULT_N, 1, Wishes.LONGEST);
        int[] taken = recommendations.taken(now, user);
        List<Map<String, Object>> items = Search.rarestFirst(now, taken, n);
        return Reply.json(
                Json.object("user", user, "total", taken.length, "items", items, "generation", now.generation()));
    }
}
