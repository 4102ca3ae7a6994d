package org.mineral.app.serve.http.endpoint;

import java.util.Set;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.JsonFields;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.http.api.RequestParser;
import org.mineral.app.serve.service.Documents;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.config.InputException;
import org.mineral.recommend.Recommendations;

/** {@code POST /v1/explain}: explains the score of an item for a history. */
final class ExplainHistory extends Endpoint {

    private final ModelHolder serving;
    private final Recommendations recommendations;

    ExplainHistory(ModelHolder serving, Recommendations recommendations) {
        super("POST", "/v1/explain", Guard.LIMITED, Set.of());
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    public Reply answer(ApiRequest call) {
        JsonFields body = call.body("history", "item", "n");
        int n = body.integer("n", ExplainUser.DEFAULT_N);
        if (n < 1 || n > ExplainUser.LONGEST) {
            throw new InputException("n = " + n + " is out of range; allowed: 1 to " + ExplainUser.LONGEST + ".");
        }
        return Reply.json(Documents.of(
                recommendations.explainHistory(serving.now(), RequestParser.history(body), body.id("item"), n)));
    }
}
