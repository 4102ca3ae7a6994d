package org.mineral.data.rows;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.IdText;

/** Checks ids of users and items in files, as {@link IdText} says. */
public final class Ids {

    private Ids() {}

    /**
     * Returns the id unchanged.
     *
     * @param role user or item, for messages
     * @throws org.mineral.config.InputException if it is not a valid id
     */
    public static String check(Path file, long row, String role, @Nullable String text) {
        String fault = IdText.fault(text, role);
        if (text != null && fault == null) {
            return text;
        }
        boolean blank = text == null || text.isBlank();
        throw DataErrors.at(
                file,
                row,
                String.valueOf(fault),
                blank ? "any text but blanks" : "any other text",
                (blank ? "complete" : "correct") + " or remove the line");
    }
}
