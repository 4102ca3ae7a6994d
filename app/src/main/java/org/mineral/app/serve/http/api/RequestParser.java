package org.mineral.app.serve.http.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mineral.app.serve.feedback.Event;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.config.InputException;
import org.mineral.recommend.Query;

/** Parses requests for lists from the query or the body, with the same names. */
public final class RequestParser {

    public static final Set<String> NAMES =
            Set.of("n", "offset", "include_seen", "exclude", "only", "filter", "diversity");
    /** Parameters that restrict the items of a list, without those of a user. */
    public static final Set<String> SELECTION = Set.of("n", "exclude", "only", "filter");

    public static final int DEFAULT_N = 20;

    /** Largest number of entries of a list. */
    public static final int LONGEST = 1000;

    private static final int FARTHEST = 10_000;
    private static final int MOST_IDS = 10_000;
    private static final int MOST_FILTERS = 20;

    private RequestParser() {}

    public static Query ofQuery(ApiRequest call) {
        List<String> only = call.texts("only");
        return bounded(new Query(
                call.integer("n", DEFAULT_N, 1, LONGEST),
                call.integer("offset", 0, 0, FARTHEST),
                call.flag("include_seen"),
                call.texts("exclude"),
                only.isEmpty() ? null : only,
                call.texts("filter"),
                call.number("diversity", 0)));
    }

    public static Query ofBody(JsonFields body) {
        return bounded(new Query(
                body.integer("n", DEFAULT_N),
                body.integer("offset", 0),
                body.flag("include_seen"),
                Objects.requireNonNullElse(body.ids("exclude", MOST_IDS), List.of()),
                body.ids("only", MOST_IDS),
                Objects.requireNonNullElse(body.texts("filter", MOST_FILTERS), List.of()),
                body.number("diversity", 0)));
    }

    /** One request must not take long, or much memory. */
    private static Query bounded(Query request) {
        List<String> only = request.only();
        check("n", request.n(), 1, LONGEST);
        check("offset", request.offset(), 0, FARTHEST);
        check("the number of ids in exclude", request.exclude().size(), 0, MOST_IDS);
        check("the number of ids in only", only == null ? 0 : only.size(), 0, MOST_IDS);
        check("the number of filters", request.filters().size(), 0, MOST_FILTERS);
        return request;
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InputException(String.format(
                    Locale.ROOT, "%s is %d, which is out of range; allowed: %d to %d.", name, value, least, most));
        }
    }

    /** Field names of a body: those of every request for a list, and these. */
    public static String[] and(String... more) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(more), NAMES.stream().sorted())
                .toArray(String[]::new);
    }

    /** Items to weights; weights of repeated items are added. */
    public static Map<String, Double> history(JsonFields body) {
        Map<String, Double> history = new LinkedHashMap<>();
        for (JsonFields one : body.objects("history", Histories.MOST_ITEMS, true, "item", "weight")) {
            double weight = one.number("weight", 1);
            if (!(weight > 0 && weight <= Event.LARGEST_WEIGHT)) {
                throw new InputException("weight = " + weight + " is out of range; allowed: above 0, at most 1000.");
            }
            history.merge(one.id("item"), weight, Double::sum);
        }
        return history;
    }
}
