package org.mineral.app.serve.http.endpoint;

import java.util.Set;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.service.Documents;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.recommend.Recommendations;

/** {@code GET /v1/explain/{user}/{item}}. */
final class ExplainUser extends Endpoint {

    static final int DEFAULT_N = 10;
    static final int LONGEST = 1000;

    private final ModelHolder serving;
    private final Recommendations recommendations;

    ExplainUser(ModelHolder serving, Recommendations recommendations) {
        super("GET", "/v1/explain/{user}/{item}", Guard.LIMITED, Set.of("n"));
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    public Reply answer(ApiRequest call) {
        int n = call.integer("n", DEFAULT_N, 1, LONGEST);
        return Reply.json(
                Documents.of(recommendations.explainUser(serving.now(), call.path("user"), call.path("item"), n)));
    }
}
