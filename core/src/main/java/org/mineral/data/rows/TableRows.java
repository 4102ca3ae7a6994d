package org.mineral.data.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the rows of a table with arbitrary columns from a {@link TableFormat}. */
public interface TableRows {

    /** To be called once, before the first row. */
    void columns(List<String> names);

    /**
     * Adds one row.
     *
     * @param row its number, from 1
     * @param cells a text, a list of texts or null for each column
     */
    void add(long row, List<@Nullable Object> cells);
}
