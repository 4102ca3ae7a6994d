package org.mineral.data.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/** Ids of users and items: any text that is not blank, without NUL characters and unpaired surrogates, which no file of text can hold. */
public final class IdText {

    private IdText() {}

    /**
     * What is wrong with an id: {@code a blank user}, {@code half a surrogate pair in a user}; null if it is valid.
     *
     * @param role user, item or id
     */
    public static @Nullable String fault(@Nullable String id, String role) {
        if (id == null || id.isBlank()) {
            return (id == null ? "no " : "a blank ") + role;
        }
        for (int k = 0; k < id.length(); k++) {
            char c = id.charAt(k);
            if (c == 0 || Character.isSurrogate(c) && !paired(id, k)) {
                return (c == 0 ? "a NUL character" : "half a surrogate pair") + " in "
                        + (role.startsWith("i") ? "an " : "a ") + role;
            }
        }
        return null;
    }

    /**
     * Checks ids that come from memory.
     *
     * @param where they were given, for messages
     * @throws InputException if one is not valid
     */
    public static void check(String where, String role, List<String> ids) {
        for (int k = 0; k < ids.size(); k++) {
            String fault = fault(ids.get(k), role);
            if (fault != null) {
                throw new InputException(where + ": found " + fault + ", the " + role + " of index " + k
                        + "; allowed: text that is not blank, without NUL characters and unpaired surrogates;"
                        + " correct it, or leave it out.");
            }
        }
    }

    private static boolean paired(String text, int k) {
        return Character.isHighSurrogate(text.charAt(k))
                ? k + 1 < text.length() && Character.isLowSurrogate(text.charAt(k + 1))
                : k > 0 && Character.isHighSurrogate(text.charAt(k - 1));
    }
}
