package org.mineral.app.serve.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Answer;
import org.mineral.app.serve.service.Neighbours;
import org.mineral.app.serve.service.Serving;
import org.mineral.app.serve.service.Snapshot;

/** {@code GET /v1/similar/items/{item}} and {@code GET /v1/similar/users/{user}}. */
final class Similar extends Endpoint {

    private interface Search {
        List<Answer.Entry> nearest(Snapshot snapshot, String id, int n);
    }

    private final Serving serving;
    private final String what;
    private final Search search;

    private Similar(Serving serving, String what, Search search) {
        super("GET", "/v1/similar/" + what + "s/{" + what + "}", Guard.LIMITED, Set.of("n"));
        this.serving = serving;
        this.what = what;
        this.search = search;
    }

    static Similar items(Serving serving) {
        return new Similar(serving, "item", Neighbours::items);
    }

    static Similar users(Serving serving) {
        return new Similar(serving, "user", Neighbours::users);
    }

    @Override
    Reply answer(Call call) {
        Snapshot now = serving.now();
        String id = call.path(what);
        List<Map<String, Object>> list =
                search.nearest(now, id, call.integer("n", Wishes.DEFAULT_N, 1, Wishes.LONGEST)).stream()
                        .map(entry -> entry.json(what))
                        .toList();
        return Reply.json(Json.object(what, id, what + "s", list, "generation", now.generation()));
    }
}
