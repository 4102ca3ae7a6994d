package org.mineral.app.serve.http.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.JsonFields;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.http.api.RequestParser;
import org.mineral.app.serve.service.Documents;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.config.InputException;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Query;
import org.mineral.recommend.Recommendations;

/** {@code POST /v1/recommend/batch}: lists for several users, from one version of the model. */
final class RecommendBatch extends Endpoint {

    private static final int MOST_USERS = 100;
    private static final int MOST_ENTRIES = 10_000;

    private final ModelHolder serving;
    private final Recommendations recommendations;

    RecommendBatch(ModelHolder serving, Recommendations recommendations) {
        super("POST", "/v1/recommend/batch", Guard.LIMITED, Set.of());
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    public Reply answer(ApiRequest call) {
        JsonFields body = call.body(RequestParser.and("users"));
        List<String> users = body.ids("users", MOST_USERS);
        if (users == null) {
            throw new InputException("the field users is missing.");
        }
        Query request = RequestParser.ofBody(body);
        if ((long) users.size() * (request.offset() + request.n()) > MOST_ENTRIES) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%d users with %d items each are more than %,d in one answer; ask in several requests.",
                    users.size(),
                    request.offset() + request.n(),
                    MOST_ENTRIES));
        }
        LoadedModel now = serving.now();
        List<Map<String, Object>> answers = new ArrayList<>();
        for (String user : users) {
            answers.add(Documents.of(recommendations.user(now, user, request)));
        }
        return Reply.json(JsonText.object("answers", answers));
    }
}
