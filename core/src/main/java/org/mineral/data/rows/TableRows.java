package org.mineral.data.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a table of whatever columns, for which a {@link TableFormat} has no further use. */
public interface TableRows {

    /** To be called once, before the first row. */
    void columns(List<String> names);

    /**
     * One row.
     *
     * @param row its number, from 1
     * @param cells a text, a list of texts or null for each column
     */
    void add(long row, List<@Nullable Object> cells);
}
