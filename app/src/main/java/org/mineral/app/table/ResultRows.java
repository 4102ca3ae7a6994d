package org.mineral.app.table;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.rows.Columns;
import org.mineral.data.rows.RowSink;

/** Converts the rows of a query result to interactions: ids to texts, dates to instants. */
final class ResultRows {

    /** DuckDB's infinity, in seconds since 1970. */
    private static final long INFINITY = Long.MAX_VALUE / 1_000_000;

    /** How to change a query with column types that are not ids or times. */
    interface Remedy {
        /** @param select the select list */
        String with(String select);
    }

    private final String source;
    private final Remedy remedy;
    private final ResultSet rows;
    private final ResultSetMetaData types;

    private ResultRows(String source, Remedy remedy, ResultSet rows) throws SQLException {
        this.source = source;
        this.remedy = remedy;
        this.rows = rows;
        this.types = rows.getMetaData();
    }

    /**
     * Passes on all rows.
     *
     * @param source named in error messages
     * @throws InputException if a column's type cannot be an id or a time without loss; the message shows a query that works
     */
    static void read(String source, Remedy remedy, ResultSet rows, RowSink to) throws SQLException {
        new ResultRows(source, remedy, rows).read(to);
    }

    private void read(RowSink to) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int k = 1; k <= types.getColumnCount(); k++) {
            names.add(types.getColumnLabel(k));
        }
        Columns columns = to.columns(names);
        check(columns);
        for (long row = 1; rows.next(); row++) {
            to.add(
                    row,
                    rows.getString(columns.user() + 1),
                    rows.getString(columns.item() + 1),
                    columns.rating() < 0 ? null : rows.getString(columns.rating() + 1),
                    columns.timestamp() < 0 ? null : time(columns.timestamp() + 1, row),
                    columns.event() < 0 ? null : rows.getString(columns.event() + 1));
        }
    }

    private void check(Columns columns) throws SQLException {
        int[] roles = {columns.user(), columns.item(), columns.timestamp(), columns.rating(), columns.event()};
        String wrong = null;
        List<String> select = new ArrayList<>();
        for (int k = 0; k < roles.length; k++) {
            if (roles[k] < 0) {
                continue;
            }
            int column = roles[k] + 1;
            ExactTypes.Use use = k < 2
                    ? ExactTypes.ofId(types, column)
                    : k == 2 ? ExactTypes.ofTime(types, column) : ExactTypes.Use.AS_IT_IS;
            if (use != ExactTypes.Use.LEFT_OUT) {
                select.add(use.select(types.getColumnLabel(column)));
            }
            if (use != ExactTypes.Use.AS_IT_IS && wrong == null) {
                wrong = "found " + (k < 2 ? "ids" : "times") + " of type " + types.getColumnTypeName(column)
                        + " in column '" + types.getColumnLabel(column) + "'; allowed: "
                        + (k < 2 ? "texts and whole numbers" : "numbers, dates and texts");
                wrong += use == ExactTypes.Use.WHOLE ? "; if all are whole, convert them (or to varchar): " : "; use ";
            }
        }
        if (wrong != null) {
            throw new InputException(source + ": " + wrong + remedy.with(String.join(", ", select)));
        }
    }

    private @Nullable Object time(int column, long row) throws SQLException {
        switch (types.getColumnType(column)) {
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT:
                long number = rows.getLong(column);
                return rows.wasNull() ? null : number;
            case Types.DATE:
                LocalDate date = rows.getObject(column, LocalDate.class);
                return date == null ? null : finite(date.atStartOfDay().toInstant(ZoneOffset.UTC), row);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE:
                if (ExactTypes.zoned(types, column)) {
                    OffsetDateTime moment = rows.getObject(column, OffsetDateTime.class);
                    return moment == null ? null : finite(moment.toInstant(), row);
                }
                LocalDateTime local = rows.getObject(column, LocalDateTime.class);
                return local == null ? null : finite(local.toInstant(ZoneOffset.UTC), row);
            default:
                return rows.getString(column);
        }
    }

    private Instant finite(Instant moment, long row) {
        if (Math.abs(moment.getEpochSecond()) >= INFINITY - 1) {
            throw new InputException(
                    source + ":" + row + ": found an infinite time; allowed: finite ones; leave the row out");
        }
        return moment;
    }
}
