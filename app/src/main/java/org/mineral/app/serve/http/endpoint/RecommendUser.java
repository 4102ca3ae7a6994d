package org.mineral.app.serve.http.endpoint;

import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.http.api.RequestParser;
import org.mineral.app.serve.service.Documents;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.recommend.Recommendations;

/** {@code GET /v1/recommend/{user}}. */
final class RecommendUser extends Endpoint {

    private final ModelHolder serving;
    private final Recommendations recommendations;

    RecommendUser(ModelHolder serving, Recommendations recommendations) {
        super("GET", "/v1/recommend/{user}", Guard.LIMITED, RequestParser.NAMES);
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    public Reply answer(ApiRequest call) {
        return Reply.json(
                Documents.of(recommendations.user(serving.now(), call.path("user"), RequestParser.ofQuery(call))));
    }
}
