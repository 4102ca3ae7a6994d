package org.mineral.app.serve.http.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.feedback.Event;
import org.mineral.app.serve.feedback.FeedbackLog;
import org.mineral.app.serve.http.api.ApiError;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.JsonFields;
import org.mineral.app.serve.http.api.Metrics;
import org.mineral.app.serve.http.api.Reply;
import org.mineral.config.InputException;

/** {@code POST /v1/feedback}: stores interactions, durable before the response. */
final class FeedbackEndpoint extends Endpoint {

    private static final int MOST = 1000;

    private final @Nullable FeedbackLog log;
    private final Metrics metrics;

    /** @param log null if this server stores no feedback */
    FeedbackEndpoint(@Nullable FeedbackLog log, Metrics metrics) {
        super("POST", "/v1/feedback", Guard.KEY, Set.of());
        this.log = log;
        this.metrics = metrics;
    }

    @Override
    public Reply answer(ApiRequest call) {
        if (log == null) {
            throw new ApiError(403, "this server keeps no feedback; start it with --feedback FILE.");
        }
        List<Event> events = new ArrayList<>();
        for (JsonFields one : call.body("events").objects("events", MOST, false, "event", "user", "item", "weight")) {
            events.add(new Event(one.id("event"), one.id("user"), one.id("item"), one.number("weight", 1)));
        }
        if (events.isEmpty()) {
            throw new InputException("events is empty; send at least one.");
        }
        List<FeedbackLog.Outcome> outcomes = log.append(events);
        List<Map<String, Object>> answers = new ArrayList<>();
        for (int k = 0; k < events.size(); k++) {
            String outcome = outcomes.get(k).name().toLowerCase(Locale.ROOT);
            metrics.event(outcome);
            answers.add(JsonText.object("event", events.get(k).id(), "outcome", outcome));
        }
        return Reply.json(JsonText.object("events", answers));
    }
}
