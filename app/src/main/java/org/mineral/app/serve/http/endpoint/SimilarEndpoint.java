package org.mineral.app.serve.http.endpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.http.api.RequestParser;
import org.mineral.app.serve.service.Documents;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.config.Names;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Neighbours;

/** {@code GET /v1/similar/items/{item}} and {@code GET /v1/similar/users/{user}}. */
abstract class SimilarEndpoint extends Endpoint {

    private static final String BY = "by";

    private final ModelHolder serving;
    private final String what;

    private SimilarEndpoint(ModelHolder serving, String what, Set<String> parameters) {
        super("GET", "/v1/similar/" + what + "s/{" + what + "}", Guard.LIMITED, parameters);
        this.serving = serving;
        this.what = what;
    }

    /** Similar items among those that the request allows. */
    static SimilarEndpoint items(ModelHolder serving) {
        Set<String> parameters = new HashSet<>(RequestParser.SELECTION);
        parameters.add(BY);
        return new SimilarEndpoint(serving, "item", parameters) {
            @Override
            Neighbours.Near nearest(LoadedModel loaded, String id, ApiRequest call) {
                String by = Objects.requireNonNullElse(call.text(BY), Names.kebab(Neighbours.By.TASTE));
                return Neighbours.items(
                        loaded, id, RequestParser.ofQuery(call), Names.constant(Neighbours.By.class, BY, by));
            }
        };
    }

    static SimilarEndpoint users(ModelHolder serving) {
        return new SimilarEndpoint(serving, "user", Set.of("n")) {
            @Override
            Neighbours.Near nearest(LoadedModel loaded, String id, ApiRequest call) {
                int n = call.integer("n", RequestParser.DEFAULT_N, 1, RequestParser.LONGEST);
                return new Neighbours.Near(Neighbours.users(loaded, id, n), null, List.of());
            }
        };
    }

    abstract Neighbours.Near nearest(LoadedModel loaded, String id, ApiRequest call);

    @Override
    public Reply answer(ApiRequest call) {
        LoadedModel now = serving.now();
        String id = call.path(what);
        Neighbours.Near near = nearest(now, id, call);
        List<Map<String, Object>> list =
                near.entries().stream().map(entry -> Documents.of(entry, what)).toList();
        Map<String, Object> json = JsonText.object(what, id, what + "s", list, "generation", now.generation());
        if (near.whyShort() != null) {
            json.put("whyShort", near.whyShort());
        }
        if (!near.ignored().isEmpty()) {
            json.put("ignored", near.ignored());
        }
        return Reply.json(json);
    }
}
