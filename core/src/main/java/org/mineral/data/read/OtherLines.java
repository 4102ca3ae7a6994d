package org.mineral.data.read;

import java.util.List;
import org.mineral.data.rows.ColumnNames;
import org.mineral.data.rows.Columns;

/** Recognises lines of a delimited file that are not rows: repeated headers, as in concatenated files, and comments. */
final class OtherLines {

    private final Columns columns;
    private final List<String> first;
    private final boolean comments;

    /**
     * @param first the first row, whether it is a header or not
     * @param comments whether the file begins with comments; otherwise {@code #} is an ordinary character
     */
    OtherLines(Columns columns, List<String> first, boolean comments) {
        this.columns = columns;
        this.first = first;
        this.comments = comments;
    }

    /** A line with a comment mark followed by a space, or with a mark and another number of fields. */
    boolean isComment(List<String> fields) {
        String start = fields.get(0);
        return comments
                && !start.isEmpty()
                && Preamble.isMark(start.charAt(0))
                && (fields.size() != columns.width() || start.length() == 1 || start.charAt(1) == ' ');
    }

    /** Whether the user and item column hold the names in the header, or known names if there is no header. */
    boolean isHeader(List<String> fields) {
        String user = fields.get(columns.user());
        String item = fields.get(columns.item());
        return columns.header()
                ? user.equals(first.get(columns.user())) && item.equals(first.get(columns.item()))
                : mayBeName(user) && ColumnNames.USER.has(user) && ColumnNames.ITEM.has(item);
    }

    /** Whether the row has both names of the header in other columns. */
    boolean isOtherHeader(List<String> fields) {
        return columns.header()
                && fields.contains(first.get(columns.user()))
                && fields.contains(first.get(columns.item()))
                && !isHeader(fields);
    }

    /** Whether a field can be the name of a user column; a fast check that most ids fail. */
    private static boolean mayBeName(String field) {
        return !field.isEmpty() && mayBeName(field.charAt(0), field.length());
    }

    static boolean mayBeName(int first, int length) {
        return (first | 0x20) == 'u' && length >= 3 && length <= 16;
    }
}
