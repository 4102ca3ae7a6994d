package org.mineral.app.serve.http.endpoint;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.Addition;
import org.mineral.app.serve.feedback.AdditionLog;
import org.mineral.app.serve.feedback.FeedbackLog;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Metrics;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.recommend.Recommendations;

/** All endpoints; a test compares them with {@code openapi.json}. */
public final class Routes {

    private Routes() {}

    public static List<Endpoint> of(
            ModelHolder serving,
            Histories histories,
            @Nullable FeedbackLog log,
            @Nullable AdditionLog additions,
            byte @Nullable [] report,
            Metrics metrics,
            Consumer<String> notes,
            Supplier<@Nullable String> trouble) {
        Recommendations recommendations = new Recommendations(histories);
        return List.of(
                new RecommendUser(serving, recommendations),
                new RecommendHistory(serving, recommendations),
                new RecommendBatch(serving, recommendations),
                SimilarEndpoint.items(serving),
                SimilarEndpoint.users(serving),
                new ExplainUser(serving, recommendations),
                new ExplainHistory(serving, recommendations),
                new FeedbackEndpoint(log, metrics),
                new AdditionEndpoint(serving, additions, Addition.Kind.ITEM),
                new AdditionEndpoint(serving, additions, Addition.Kind.USER),
                new ModelInfoEndpoint(serving, histories, report != null),
                new ReloadEndpoint(serving, metrics, notes),
                new SearchItems(serving),
                new SearchUsers(serving),
                new UserItems(serving, recommendations),
                new ItemMapEndpoint(serving),
                new HealthEndpoint("/health/live", () -> null),
                new HealthEndpoint("/health/ready", trouble),
                new MetricsEndpoint(metrics),
                new ReportEndpoint(report),
                new Asset("/openapi.json", "openapi.json", "application/json"),
                new Asset("/", "page.html", "text/html; charset=utf-8"),
                new Asset("/page.css", "page.css", "text/css; charset=utf-8"),
                new Asset("/page.js", "page.js", "text/javascript; charset=utf-8"),
                new Asset("/map.js", "map.js", "text/javascript; charset=utf-8"));
    }
}
