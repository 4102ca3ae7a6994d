package org.mineral.app.serve.http;

import java.util.Set;
import org.mineral.app.serve.service.Recommendations;
import org.mineral.app.serve.service.Serving;
import org.mineral.config.InputException;

/** {@code POST /v1/explain}: why somebody with a history would get an item. */
final class ExplainHistory extends Endpoint {

    private final Serving serving;
    private final Recommendations recommendations;

    ExplainHistory(Serving serving, Recommendations recommendations) {
        super("POST", "/v1/explain", Guard.LIMITED, Set.of());
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    Reply answer(Call call) {
        Fields body = call.body("history", "item", "n");
        int n = body.integer("n", ExplainUser.DEFAULT_N);
        if (n < 1 || n > ExplainUser.LONGEST) {
            throw new InputException("n = " + n + " is out of range; allowed: 1 to " + ExplainUser.LONGEST + ".");
        }
        return Reply.json(recommendations
                .explainHistory(serving.now(), Wishes.history(body), body.id("item"), n)
                .json());
    }
}
