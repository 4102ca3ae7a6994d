package org.mineral.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What to do about refused input, as data. An {@link InputException} ends with its hints in the words of this library,
 * which are settings and arguments; an application that has other words for them, such as options of a command line,
 * replaces them by {@link InputException#message}.
 *
 * @param purpose what is gained, a clause such as {@code leave the column out}
 * @param action how
 * @param values settings and their values, in order, for {@link Action#SET} and {@link Action#READ}; the query for
 *     {@link Action#QUERY}; otherwise empty
 */
public record Hint(String purpose, Action action, Map<String, String> values) {

    /** What can be done. */
    public enum Action {
        /** Set settings of a training. */
        SET("set "),
        /** Set settings of reading data. */
        READ("read with "),
        /** Read the answer to a query. */
        QUERY("read the query "),
        /** Give a list of items in place of a user. */
        HISTORY("recommend for a history of items"),
        /** Give a table of titles and attributes of items. */
        ITEM_TABLE("a table of items"),
        /** Give attributes of items. */
        ITEM_ATTRIBUTES("a side file of attributes"),
        /** Give the training a teacher. */
        TEACHER("give a teacher"),
        /** Train on the same data, divided in the same way. */
        SAME_DATA("the same data and validation part"),
        /** Forget the checkpoints of an earlier run. */
        START_OVER("delete the checkpoints"),
        /** Write somewhere else. */
        OTHER_DIRECTORY("give another directory"),
        /** Let the epochs be decided by the budget of a comparison. */
        BUDGET("its budget"),
        /** Let the seed be decided by the comparison. */
        SEED("its seed"),
        /** Hold nothing out, or let it be held out at random. */
        NO_VALIDATION("leave the order of validation at random"),
        /** Hold out a validation part in training. */
        VALIDATION("train with a validation part"),
        /** Add up the scores of models. */
        BLEND("blend them"),
        /** Give the weights of a blend. */
        BLEND_WEIGHTS("give the weights"),
        /** Do not train again on all data. */
        NO_RETRAIN("leave retraining out"),
        /** Divide data into parts. */
        SPLIT("split the data"),
        /** Import data. */
        IMPORT_DATA("read the data"),
        /** Write a model for other tools. */
        EXPORT_MODEL("export the model"),
        /** List the known presets. */
        LIST_PRESETS("list the presets");

        private final String words;

        Action(String words) {
            this.words = words;
        }
    }

    public Hint {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Something to do that needs no values. */
    public static Hint of(String purpose, Action action) {
        return new Hint(purpose, action, Map.of());
    }

    /** To set one setting of a training. */
    public static Hint set(String purpose, String name, Object value) {
        return new Hint(purpose, Action.SET, Map.of(name, String.valueOf(value)));
    }

    /** To set one setting of reading data. */
    public static Hint read(String purpose, String name, Object value) {
        return new Hint(purpose, Action.READ, Map.of(name, String.valueOf(value)));
    }

    /** To say which columns are the user and the item. */
    public static Hint columns(String purpose, Object user, Object item) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("user", String.valueOf(user));
        values.put("item", String.valueOf(item));
        return new Hint(purpose, Action.READ, values);
    }

    /** To read the answer to a query in place of a file. */
    public static Hint query(String purpose, String sql) {
        return new Hint(purpose, Action.QUERY, Map.of("sql", sql));
    }

    /** In the words of this library. */
    public String text() {
        return action == Action.QUERY
                ? sentence(action.words + String.join("", values.values()))
                : sentence(action.words
                        + values.entrySet().stream()
                                .map(value -> value.getKey() + "=" + value.getValue())
                                .collect(Collectors.joining(", ")));
    }

    /** The purpose, and how it is reached in somebody's words. */
    public String sentence(String words) {
        return purpose.isEmpty() ? words : purpose + ": " + words;
    }
}
