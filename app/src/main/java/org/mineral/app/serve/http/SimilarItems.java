package org.mineral.app.serve.http;

import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Answer;
import org.mineral.app.serve.service.Neighbours;
import org.mineral.app.serve.service.Serving;
import org.mineral.app.serve.service.Snapshot;
import org.mineral.app.serve.service.Wish;

/** {@code GET /v1/similar/items/{item}}. */
final class SimilarItems extends Endpoint {

    private final Serving serving;

    SimilarItems(Serving serving) {
        super("GET", "/v1/similar/items/{item}", Guard.LIMITED, Set.of("n"));
        this.serving = serving;
    }

    @Override
    Reply answer(Call call) {
        Snapshot now = serving.now();
        var list = Neighbours.items(now, call.path("item"), call.integer("n", Wishes.DEFAULT_N, 1, Wish.LONGEST));
        return Reply.json(Json.object(
                "item",
                call.path("item"),
                "items",
                list.stream().map(Answer.Entry::json).toList(),
                "generation",
                now.generation()));
    }
}
