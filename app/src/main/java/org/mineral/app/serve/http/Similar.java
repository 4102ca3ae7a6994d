package org.mineral.app.serve.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Neighbours;
import org.mineral.app.serve.service.Serving;
import org.mineral.app.serve.service.Snapshot;

/** {@code GET /v1/similar/items/{item}} and {@code GET /v1/similar/users/{user}}. */
abstract class Similar extends Endpoint {

    private final Serving serving;
    private final String what;

    private Similar(Serving serving, String what, Set<String> parameters) {
        super("GET", "/v1/similar/" + what + "s/{" + what + "}", Guard.LIMITED, parameters);
        this.serving = serving;
        this.what = what;
    }

    /** Items like an item, among those that a request allows. */
    static Similar items(Serving serving) {
        return new Similar(serving, "item", Wishes.SELECTION) {
            @Override
            Neighbours.Near nearest(Snapshot snapshot, String id, Call call) {
                return Neighbours.items(snapshot, id, Wishes.ofQuery(call));
            }
        };
    }

    static Similar users(Serving serving) {
        return new Similar(serving, "user", Set.of("n")) {
            @Override
            Neighbours.Near nearest(Snapshot snapshot, String id, Call call) {
                int n = call.integer("n", Wishes.DEFAULT_N, 1, Wishes.LONGEST);
                return new Neighbours.Near(Neighbours.users(snapshot, id, n), null, List.of());
            }
        };
    }

    abstract Neighbours.Near nearest(Snapshot snapshot, String id, Call call);

    @Override
    Reply answer(Call call) {
        Snapshot now = serving.now();
        String id = call.path(what);
        Neighbours.Near near = nearest(now, id, call);
        List<Map<String, Object>> list =
                near.entries().stream().map(entry -> entry.json(what)).toList();
        Map<String, Object> json = Json.object(what, id, what + "s", list, "generation", now.generation());
        if (near.whyShort() != null) {
            json.put("whyShort", near.whyShort());
        }
        if (!near.ignored().isEmpty()) {
            json.put("ignored", near.ignored());
        }
        return Reply.json(json);
    }
}
