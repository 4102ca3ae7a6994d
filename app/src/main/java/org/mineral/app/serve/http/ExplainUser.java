package org.mineral.app.serve.http;

import java.util.Set;
import org.mineral.app.serve.service.Recommendations;
import org.mineral.app.serve.service.Serving;

/** {@code GET /v1/explain/{user}/{item}}. */
final class ExplainUser extends Endpoint {

    static final int DEFAULT_N = 10;
    static final int LONGEST = 1000;

    private final Serving serving;
    private final Recommendations recommendations;

    ExplainUser(Serving serving, Recommendations recommendations) {
        super("GET", "/v1/explain/{user}/{item}", Guard.LIMITED, Set.of("n"));
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    Reply answer(Call call) {
        int n = call.integer("n", DEFAULT_N, 1, LONGEST);
        return Reply.json(recommendations
                .explainUser(serving.now(), call.path("user"), call.path("item"), n)
                .json());
    }
}
