package org.mineral.app.serve.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mineral.app.serve.feedback.Event;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.service.Wish;
import org.mineral.config.InputException;

/** Reads what list is wanted, from the query or from a body; the names are the same. */
final class Wishes {

    static final Set<String> NAMES = Set.of("n", "offset", "include_seen", "exclude", "only", "filter", "diversity");
    static final int DEFAULT_N = 20;

    private Wishes() {}

    static Wish ofQuery(Call call) {
        List<String> only = call.texts("only");
        return new Wish(
                call.integer("n", DEFAULT_N, 1, Wish.LONGEST),
                call.integer("offset", 0, 0, Wish.FARTHEST),
                call.flag("include_seen"),
                call.texts("exclude"),
                only.isEmpty() ? null : only,
                call.texts("filter"),
                call.number("diversity", 0));
    }

    static Wish ofBody(Fields body) {
        return new Wish(
                body.integer("n", DEFAULT_N),
                body.integer("offset", 0),
                body.flag("include_seen"),
                Objects.requireNonNullElse(body.texts("exclude", Wish.MOST_IDS), List.of()),
                body.texts("only", Wish.MOST_IDS),
                Objects.requireNonNullElse(body.texts("filter", Wish.MOST_FILTERS), List.of()),
                body.number("diversity", 0));
    }

    /** Names of a body's fields: those of a wish, and more. */
    static String[] and(String... more) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(more), NAMES.stream().sorted())
                .toArray(String[]::new);
    }

    /** Items to weights; an item that stands twice has the sum of its weights. */
    static Map<String, Double> history(Fields body) {
        Map<String, Double> history = new LinkedHashMap<>();
        for (Fields one : body.objects("history", Histories.MOST_ITEMS, true, "item", "weight")) {
            double weight = one.number("weight", 1);
            if (!(weight > 0 && weight <= Event.LARGEST_WEIGHT)) {
                throw new InputException("weight = " + weight + " is out of range; allowed: above 0, at most 1000.");
            }
            history.merge(one.text("item"), weight, Double::sum);
        }
        return history;
    }
}
