package org.mineral.app.serve.http.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.feedback.Addition;
import org.mineral.app.serve.feedback.AdditionLog;
import org.mineral.app.serve.http.api.ApiError;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.JsonFields;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.attributes.AttributeVocabulary;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Model;

/**
 * {@code POST /v1/items} and {@code POST /v1/users}: takes in items, or users, by their attributes. They are durable before the response, and in all lists
 * after it.
 */
final class AdditionEndpoint extends Endpoint {

    private static final int MOST = 1000;
    private static final int MOST_ATTRIBUTES = 1000;

    private final ModelHolder serving;
    private final @Nullable AdditionLog log;
    private final Addition.Kind kind;
    private final String what;

    /** @param log null if this server stores no additions */
    AdditionEndpoint(ModelHolder serving, @Nullable AdditionLog log, Addition.Kind kind) {
        super("POST", "/v1/" + Names.kebab(kind) + "s", Guard.KEY, Set.of());
        this.serving = serving;
        this.log = log;
        this.kind = kind;
        this.what = Names.kebab(kind);
    }

    @Override
    public Reply answer(ApiRequest call) {
        if (log == null) {
            throw new ApiError(403, "this server takes in no " + what + "s; start it with --additions FILE and a key.");
        }
        Model model = serving.now().model();
        boolean items = kind == Addition.Kind.ITEM;
        Attributes attributes = items ? model.itemAttributes() : model.userAttributes();
        if (model.as(AttributeScorer.class).isEmpty() || attributes.isEmpty()) {
            throw new ApiError(
                    403,
                    "the model was trained without attributes of " + what
                            + "s, so it can say nothing of new ones; train it with some.");
        }
        AttributeVocabulary vocabulary = new AttributeVocabulary(attributes);
        String[] fields = items ? new String[] {what, "title", "attributes"} : new String[] {what, "attributes"};
        List<Addition> additions = new ArrayList<>();
        List<AttributeVocabulary.Row> rows = new ArrayList<>();
        for (JsonFields one : call.body(what + "s").objects(what + "s", MOST, false, fields)) {
            Map<String, Object> values = one.values("attributes", MOST_ATTRIBUTES);
            rows.add(vocabulary.row(values));
            additions.add(new Addition(kind, one.id(what), items ? one.optionalText("title") : null, values));
        }
        if (additions.isEmpty()) {
            throw new InputException(what + "s is empty; send at least one.");
        }
        log.append(additions);
        serving.publish();
        List<Map<String, Object>> answers = new ArrayList<>();
        for (int k = 0; k < additions.size(); k++) {
            String id = additions.get(k).id();
            answers.add(JsonText.object(
                    what,
                    id,
                    "outcome",
                    outcome(model, id, rows.get(k)),
                    "ignored",
                    rows.get(k).ignored()));
        }
        return Reply.json(JsonText.object(what + "s", answers));
    }

    private String outcome(Model model, String id, AttributeVocabulary.Row row) {
        boolean items = kind == Addition.Kind.ITEM;
        IdMap ids = items ? model.items() : model.users();
        int index = ids.index(id);
        Interactions known = items ? model.trained() : model.known();
        boolean trained = index >= 0 && (items ? serving.now().counts()[index] > 0 : known.count(index) > 0);
        return trained ? "trained" : row.attributes().length > 0 ? "added" : "unknown";
    }
}
