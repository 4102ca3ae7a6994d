package org.mineral.app.serve.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mineral.app.Json;
import org.mineral.app.serve.service.Recommendations;
import org.mineral.app.serve.service.Serving;
import org.mineral.app.serve.service.Snapshot;
import org.mineral.app.serve.service.Wish;
import org.mineral.config.InputException;

/** {@code POST /v1/recommend/batch}: for several users, all by the same model. */
final class RecommendBatch extends Endpoint {

    private static final int MOST_USERS = 100;
    private static final int MOST_ENTRIES = 10_000;

    private final Serving serving;
    private final Recommendations recommendations;

    RecommendBatch(Serving serving, Recommendations recommendations) {
        super("POST", "/v1/recommend/batch", Guard.LIMITED, Set.of());
        this.serving = serving;
        this.recommendations = recommendations;
    }

    @Override
    Reply answer(Call call) {
        Fields body = call.body(Wishes.and("users"));
        List<String> users = body.ids("users", MOST_USERS);
        if (users == null) {
            throw new InputException("the field users is missing.");
        }
        Wish wish = Wishes.ofBody(body);
        if ((long) users.size() * (wish.offset() + wish.n()) > MOST_ENTRIES) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%d users with %d items each are more than %,d in one answer; ask in parts.",
                    users.size(),
                    wish.offset() + wish.n(),
                    MOST_ENTRIES));
        }
        Snapshot now = serving.now();
        List<Map<String, Object>> answers = new ArrayList<>();
        for (String user : users) {
            answers.add(recommendations.user(now, user, wish).json());
        }
        return Reply.json(Json.object("answers", answers));
    }
}
