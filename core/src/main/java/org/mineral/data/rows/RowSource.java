package org.mineral.data.rows;

import java.io.IOException;

/** A source of interactions, row by row, such as the result of a query. */
public interface RowSource {

    /** Calls {@link RowSink#columns}, then passes on all rows. */
    void read(RowSink rows) throws IOException;
}
