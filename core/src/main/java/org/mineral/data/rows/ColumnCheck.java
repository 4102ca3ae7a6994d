package org.mineral.data.rows;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.text.DataErrors;

/**
 * The values of a column that cannot be read. Where others could be, one is refused at its row; where none could be, the column is,
 * once and with their number, because then its rows are right and what is wrong is how they are understood.
 */
final class ColumnCheck {

    private final Path file;
    private final String what;
    private final String allowed;
    private final Hint ofColumn;
    private boolean named;
    private boolean some;
    private @Nullable String first;
    private long firstRow;
    private long count;

    /**
     * @param rowByRow whether rows are refused each by itself, because those that can be read are taken without them
     * @param what {@code the timestamp}
     * @param ofColumn what to do about the whole column
     */
    ColumnCheck(Path file, boolean rowByRow, String what, String allowed, Hint ofColumn) {
        this.file = file;
        this.some = rowByRow;
        this.what = what;
        this.allowed = allowed;
        this.ofColumn = ofColumn;
    }

    /** The columns have names, so that no row is a header that was not recognised. */
    void named() {
        named = true;
    }

    /** A value was read. */
    void read() {
        some = true;
        end();
    }

    /** A value cannot be read, or is not there. */
    void unreadable(@Nullable String text, long row) {
        if (some) {
            throw refusal(text, row, 1);
        }
        if (count++ == 0) {
            first = text;
            firstRow = row;
        }
    }

    /** @throws InputException if there was a value that could not be read */
    void end() {
        if (count > 0) {
            throw refusal(first, firstRow, some ? 1 : count);
        }
    }

    private InputException refusal(@Nullable String text, long row, long values) {
        String others = values > 1 ? ", and none of the " + values + " values of this column can be read" : "";
        return DataErrors.at(
                file,
                row,
                (text == null ? what.replaceFirst("^the", "no") : what + " " + DataErrors.quote(text)) + others,
                allowed + (row == 1 && !named ? ", or a header that names 'user' and 'item'" : ""),
                values > 1
                        ? ofColumn
                        : new Hint(
                                "correct or remove the line, or " + ofColumn.purpose(),
                                ofColumn.action(),
                                ofColumn.values()));
    }
}
