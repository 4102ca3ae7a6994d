package org.mineral.app.serve.http;

import java.util.Set;
import org.mineral.app.serve.service.Recommendations;
import org.mineral.app.serve.service.Serving;

/** {@code POST /v1/recommend}: for anybody, by what they took. */
final class RecommendHistory extends Endpoint {

    private final Serving serving;
    private final Recommendations recommendations;

    RecommendHistory(Serving serving, Recommendations recommendations) {
        super("POST", "/v1/recommend", Guard.LIMITED, Set.of());
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    Reply answer(Call call) {
        Fields body = call.body(Wishes.and("history"));
        return Reply.json(recommendations
                .history(serving.now(), Wishes.history(body), Wishes.ofBody(body))
                .json());
    }
}
