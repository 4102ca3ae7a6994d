package org.mineral.data.rows;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.data.text.DataErrors;

/** Checks ids of users and items: any text that is not blank, without NUL characters and unpaired surrogates. */
public final class Ids {

    private Ids() {}

    /**
     * Returns the id unchanged.
     *
     * @param role user or item, for messages
     * @throws org.mineral.config.InputException if it is not a valid id
     */
    public static String check(Path file, long row, String role, @Nullable String text) {
        if (text == null || text.isBlank()) {
            String found = (text == null ? "no " : "a blank ") + role;
            throw DataErrors.at(file, row, found, "any text but blanks", "complete or remove the line");
        }
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == 0 || Character.isSurrogate(c) && !paired(text, k)) {
                String found = (c == 0 ? "a NUL character" : "half a surrogate pair") + " in a " + role;
                throw DataErrors.at(file, row, found, "any other text", "correct or remove the line");
            }
        }
        return text;
    }

    private static boolean paired(String text, int k) {
        return Character.isHighSurrogate(text.charAt(k))
                ? k + 1 < text.length() && Character.isLowSurrogate(text.charAt(k + 1))
                : k > 0 && Character.isHighSurrogate(text.charAt(k - 1));
    }
}
