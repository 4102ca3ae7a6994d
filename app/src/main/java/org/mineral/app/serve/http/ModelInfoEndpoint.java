package org.mineral.app.serve.http;

import java.util.Map;
import java.util.Set;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.service.ModelCard;
import org.mineral.app.serve.service.Serving;

/** {@code GET /v1/model}. */
final class ModelInfoEndpoint extends Endpoint {

    private final Serving serving;
    private final Histories histories;
    private final boolean report;

    ModelInfoEndpoint(Serving serving, Histories histories, boolean report) {
        super("GET", "/v1/model", Guard.LIMITED, Set.of());
        this.serving = serving;
        this.histories = histories;
        this.report = report;
    }

    @Override
    Reply answer(Call call) {
        Map<String, Object> card = ModelCard.json(serving.now(), histories);
        card.put("report", report);
        return Reply.json(card);
    }
}
