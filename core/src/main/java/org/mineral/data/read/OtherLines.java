package org.mineral.data.read;

import java.util.List;
import org.mineral.data.rows.ColumnNames;
import org.mineral.data.rows.Columns;

/** Lines among the rows of a delimited file that are none: the header once more, as in files put together, and comments. */
final class OtherLines {

    private final Columns columns;
    private final List<String> first;
    private final boolean comments;

    /**
     * @param first the first row, whether it is a header or not
     * @param comments whether the file begins with comments; elsewhere {@code #} is a character like others
     */
    OtherLines(Columns columns, List<String> first, boolean comments) {
        this.columns = columns;
        this.first = first;
        this.comments = comments;
    }

    /** A line with a mark and a space behind it, or with a mark and another number of fields. */
    boolean isComment(List<String> fields) {
        String start = fields.get(0);
        return comments
                && !start.isEmpty()
                && Preamble.isMark(start.charAt(0))
                && (fields.size() != columns.width() || start.length() == 1 || start.charAt(1) == ' ');
    }

    /** The names of the first row's user and item column in their places; without a header, names that are known. */
    boolean isHeader(List<String> fields) {
        String user = fields.get(columns.user());
        String item = fields.get(columns.item());
        return columns.header()
                ? user.equals(first.get(columns.user())) && item.equals(first.get(columns.item()))
                : mayBeName(user) && ColumnNames.USER.has(user) && ColumnNames.ITEM.has(item);
    }

    /** Both names of the header, and not in their places. */
    boolean isOtherHeader(List<String> fields) {
        return columns.header()
                && fields.contains(first.get(columns.user()))
                && fields.contains(first.get(columns.item()))
                && !isHeader(fields);
    }

    /** Whether a field can be the name of a user column; most ids cannot, which is seen at once. */
    private static boolean mayBeName(String field) {
        return !field.isEmpty() && mayBeName(field.charAt(0), field.length());
    }

    static boolean mayBeName(int first, int length) {
        return (first | 0x20) == 'u' && length >= 3 && length <= 16;
    }
}
