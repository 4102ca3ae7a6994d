package org.mineral.app.serve.http;

import org.mineral.app.serve.service.Recommendations;
import org.mineral.app.serve.service.Serving;

/** {@code GET /v1/recommend/{user}}. */
final class RecommendUser extends Endpoint {

    private final Serving serving;
    private final Recommendations recommendations;

    RecommendUser(Serving serving, Recommendations recommendations) {
        super("GET", "/v1/recommend/{user}", Guard.LIMITED, Wishes.NAMES);
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    Reply answer(Call call) {
        return Reply.json(recommendations
                .user(serving.now(), call.path("user"), Wishes.ofQuery(call))
                .json());
    }
}
