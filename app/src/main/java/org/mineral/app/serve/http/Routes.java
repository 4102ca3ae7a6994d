package org.mineral.app.serve.http;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.FeedbackLog;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.service.Recommendations;
import org.mineral.app.serve.service.Serving;

/** All endpoints; {@code openapi.json} describes the same, and a test holds the two together. */
final class Routes {

    private Routes() {}

    static List<Endpoint> of(
            Serving serving,
            Histories histories,
            @Nullable FeedbackLog log,
            byte @Nullable [] report,
            Metrics metrics,
            Supplier<@Nullable String> trouble) {
        Recommendations recommendations = new Recommendations(histories);
        return List.of(
                new RecommendUser(serving, recommendations),
                new RecommendHistory(serving, recommendations),
                new RecommendBatch(serving, recommendations),
                Similar.items(serving),
                Similar.users(serving),
                new ExplainUser(serving, recommendations),
                new ExplainHistory(serving, recommendations),
                new Feedback(log, metrics),
                new ModelInfoEndpoint(serving, histories, report != null),
                new Reload(serving, metrics),
                new SearchItems(serving),
                new SearchUsers(serving),
                new UserItems(serving, recommendations),
                new MapOfItems(serving),
                new Health("/health/live", () -> null),
                new Health("/health/ready", trouble),
                new MetricsEndpoint(metrics),
                new Report(report),
                new Asset("/openapi.json", "openapi.json", "application/json"),
                new Asset("/", "page.html", "text/html; charset=utf-8"),
                new Asset("/page.css", "page.css", "text/css; charset=utf-8"),
                new Asset("/page.js", "page.js", "text/javascript; charset=utf-8"),
                new Asset("/map.js", "map.js", "text/javascript; charset=utf-8"));
    }
}
