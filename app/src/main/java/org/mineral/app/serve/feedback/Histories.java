package org.mineral.app.serve.feedback;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mineral.recommend.Feedback;

/** Each user's items since training, by id, so that they outlive the model that is served. Bounded by the log's limit. */
public final class Histories implements Feedback {

    /** Most items kept for a user; older ones are dropped. */
    public static final int MOST_ITEMS = 1000;

    private final Map<String, Since> byUser = new ConcurrentHashMap<>();

    public void add(Event event) {
        byUser.compute(event.user(), (user, before) -> {
            Map<String, Double> items = new LinkedHashMap<>(before == null ? Map.of() : before.items());
            Double earlier = items.remove(event.item());
            double sum = (earlier == null ? 0 : earlier) + event.weight();
            if (items.size() == MOST_ITEMS) {
                items.remove(items.keySet().iterator().next());
            }
            items.put(event.item(), Math.min(Event.LARGEST_WEIGHT, sum));
            return new Since(items, before == null ? 1 : before.version() + 1);
        });
    }

    /** An item that was taken again counts with all its weights. */
    @Override
    public @Nullable Since of(String user) {
        return byUser.get(user);
    }

    public int users() {
        return byUser.size();
    }
}
