package org.mineral.data.rows;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.text.DataErrors;

/**
 * Collects values of a column that cannot be parsed. If other values could be, the first bad value is refused at its row. If none could be,
 * the column is refused once, with the number of values: then the rows are probably right and the choice or format of the column is wrong.
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
     * @param rowByRow whether each bad row is refused by itself, because the others are kept
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

    /** Records that the columns have names, so that no row is an unrecognised header. */
    void named() {
        named = true;
    }

    /** Records a valid value. */
    void read() {
        some = true;
        end();
    }

    /** Records a value that cannot be parsed or is missing. */
    void unreadable(@Nullable String text, long row) {
        if (some) {
            throw refusal(text, row, 1);
        }
        if (count++ == 0) {
            first = text;
            firstRow = row;
        }
    }

    /** @throws InputException if there was a value that could not be parsed */
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
