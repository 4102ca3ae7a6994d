package org.mineral.app.serve.http.endpoint;

import java.util.Map;
import java.util.Set;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.app.serve.service.ModelCard;
import org.mineral.app.serve.service.ModelHolder;

/** {@code GET /v1/model}. */
final class ModelInfoEndpoint extends Endpoint {

    private final ModelHolder serving;
    private final Histories histories;
    private final boolean report;

    ModelInfoEndpoint(ModelHolder serving, Histories histories, boolean report) {
        super("GET", "/v1/model", Guard.LIMITED, Set.of());
        this.serving = serving;
        this.histories = histories;
        this.report = report;
    }

    @Override
    public Reply answer(ApiRequest call) {
        Map<String, Object> card = ModelCard.json(serving.now(), histories);
        card.put("report", report);
        return Reply.json(card);
    }
}
