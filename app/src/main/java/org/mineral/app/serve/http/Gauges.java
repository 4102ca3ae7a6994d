package org.mineral.app.serve.http;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.AdditionLog;
import org.mineral.app.serve.feedback.FeedbackLog;
import org.mineral.app.serve.http.api.Metrics;
import org.mineral.app.serve.service.ModelHolder;

/** The metrics that say how things stand. */
final class Gauges {

    private Gauges() {}

    static void register(
            Metrics metrics,
            BooleanSupplier ready,
            ConcurrencyLimiter gate,
            ModelHolder serving,
            @Nullable FeedbackLog log,
            @Nullable AdditionLog additions) {
        metrics.gauge(
                "mineral_ready", "1 if /health/ready answers 200, otherwise 0.", () -> ready.getAsBoolean() ? 1 : 0);
        metrics.gauge("mineral_requests_in_progress", "Requests in progress.", gate::inside);
        metrics.gauge("mineral_requests_in_progress_limit", "Requests that may be in progress.", gate::limit);
        metrics.gauge(
                "mineral_model_generation",
                "Number of models loaded since the start.",
                () -> serving.now().generation());
        metrics.gauge(
                "mineral_model_loaded_timestamp_seconds",
                "When the model that is served was loaded, in seconds since 1970.",
                () -> serving.now().loaded().getEpochSecond());
        metrics.gauge(
                "mineral_model_users",
                "Users that the model knows.",
                () -> serving.now().model().users().size());
        metrics.gauge(
                "mineral_model_items",
                "Items that the model knows.",
                () -> serving.now().model().items().size());
        metrics.gauge("mineral_feedback_log_events", "Events in the feedback log.", () -> log == null ? 0 : log.size());
        metrics.gauge(
                "mineral_feedback_log_events_limit",
                "Events that the feedback log may hold; 0 without one.",
                () -> log == null ? 0 : log.capacity());
        metrics.gauge(
                "mineral_additions_log_entries",
                "Items and users in the log of additions.",
                () -> additions == null ? 0 : additions.size());
        metrics.gauge(
                "mineral_additions_log_entries_limit",
                "Items and users that the log of additions may hold; 0 without one.",
                () -> additions == null ? 0 : additions.limit());
    }
}
