package org.mineral.app.serve.http.endpoint;

import java.util.Set;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.JsonFields;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.http.api.RequestParser;
import org.mineral.app.serve.service.Documents;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.recommend.Recommendations;

/** {@code POST /v1/recommend}: a list for a history of items. */
final class RecommendHistory extends Endpoint {

    private final ModelHolder serving;
    private final Recommendations recommendations;

    RecommendHistory(ModelHolder serving, Recommendations recommendations) {
        super("POST", "/v1/recommend", Guard.LIMITED, Set.of());
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    public Reply answer(ApiRequest call) {
        JsonFields body = call.body(RequestParser.and("history"));
        return Reply.json(Documents.of(
                recommendations.history(serving.now(), RequestParser.history(body), RequestParser.ofBody(body))));
    }
}
