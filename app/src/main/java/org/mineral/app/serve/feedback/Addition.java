package org.mineral.app.serve.feedback;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * A user or an item that came after training, with what is known of them.
 *
 * @param id any id, known to the model or not
 * @param title of an item, or null
 * @param attributes by name: texts, numbers, or lists of these
 */
public record Addition(Kind kind, String id, @Nullable String title, Map<String, Object> attributes) {

    private static final int LONGEST_TITLE = 2000;

    /** What is added. */
    public enum Kind {
        ITEM,
        USER
    }

    public Addition {
        Event.checkId(kind == Kind.ITEM ? "item" : "user", id);
        if (title != null && title.length() > LONGEST_TITLE) {
            throw new InputException(
                    "title has " + title.length() + " characters; allowed: at most " + LONGEST_TITLE + ".");
        }
    }
}
