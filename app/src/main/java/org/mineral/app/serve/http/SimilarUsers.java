package org.mineral.app.serve.http;

import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Neighbours;
import org.mineral.app.serve.service.Serving;
import org.mineral.app.serve.service.Snapshot;
import org.mineral.app.serve.service.Wish;

/** {@code GET /v1/similar/users/{user}}. */
final class SimilarUsers extends Endpoint {

    private final Serving serving;

    SimilarUsers(Serving serving) {
        super("GET", "/v1/similar/users/{user}", Guard.LIMITED, Set.of("n"));
        this.serving = serving;
    }

    @Override
    Reply answer(Call call) {
        Snapshot now = serving.now();
        var list = Neighbours.users(now, call.path("user"), call.integer("n", Wishes.DEFAULT_N, 1, Wish.LONGEST));
        return Reply.json(Json.object(
                "user",
                call.path("user"),
                "users",
                list.stream()
                        .map(e -> Json.object("user", e.item(), "rank", e.rank(), "score", e.score()))
                        .toList(),
                "generation",
                now.generation()));
    }
}
