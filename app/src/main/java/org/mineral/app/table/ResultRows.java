package org.mineral.app.table;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Columns;
import org.mineral.data.RowSink;

/** Rows of a query's answer as interactions: ids as texts, dates as seconds since 1970. */
final class ResultRows {

    private final String source;
    private final ResultSet rows;
    private final ResultSetMetaData types;

    private ResultRows(String source, ResultSet rows) throws SQLException {
        this.source = source;
        this.rows = rows;
        this.types = rows.getMetaData();
    }

    /** @param source for the refusals */
    static void read(Path source, ResultSet rows, RowSink to) throws SQLException {
        new ResultRows(source.toString(), rows).read(to);
    }

    private void read(RowSink to) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int k = 1; k <= types.getColumnCount(); k++) {
            names.add(types.getColumnLabel(k));
        }
        Columns columns = to.columns(names);
        checkId(columns.user());
        checkId(columns.item());
        for (long row = 1; rows.next(); row++) {
            to.add(
                    row,
                    rows.getString(columns.user() + 1),
                    rows.getString(columns.item() + 1),
                    columns.rating() < 0 ? null : rows.getString(columns.rating() + 1),
                    columns.timestamp() < 0 ? null : time(columns.timestamp() + 1),
                    columns.event() < 0 ? null : rows.getString(columns.event() + 1));
        }
    }

    /** Numbers with a fraction would become other ids than the same numbers without one. */
    private void checkId(int column) throws SQLException {
        int type = types.getColumnType(column + 1);
        boolean good = switch (type) {
            case Types.DOUBLE,
                    Types.FLOAT,
                    Types.REAL,
                    Types.BLOB,
                    Types.BINARY,
                    Types.VARBINARY,
                    Types.ARRAY,
                    Types.STRUCT -> false;
            default -> true;
        };
        if (!good) {
            String name = types.getColumnLabel(column + 1);
            throw new InputException(String.format(
                            Locale.ROOT,
                            "%s: found ids of type %s in column '%s'; allowed: texts and whole numbers; convert it: ",
                            source,
                            types.getColumnTypeName(column + 1),
                            name)
                    + "--sql \"select cast(" + name + " as bigint) as " + name + ", ...\"");
        }
    }

    private @Nullable Object time(int column) throws SQLException {
        switch (types.getColumnType(column)) {
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT:
                long number = rows.getLong(column);
                return rows.wasNull() ? null : number;
            case Types.DATE:
                LocalDate date = rows.getObject(column, LocalDate.class);
                return date == null ? null : date.toEpochDay() * 86_400;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE:
                if (zoned(column)) {
                    OffsetDateTime moment = rows.getObject(column, OffsetDateTime.class);
                    return moment == null ? null : moment.toEpochSecond();
                }
                LocalDateTime local = rows.getObject(column, LocalDateTime.class);
                return local == null ? null : local.toEpochSecond(ZoneOffset.UTC);
            default:
                return rows.getString(column);
        }
    }

    /** Databases differ in which of the two types they call a time with a zone; its name tells. */
    private boolean zoned(int column) throws SQLException {
        String name = types.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        return name.contains("tz") || name.contains("with time zone");
    }
}
