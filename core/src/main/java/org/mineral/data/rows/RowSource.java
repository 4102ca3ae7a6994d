package org.mineral.data.rows;

import java.io.IOException;

/** Something that has interactions, row by row: a query's answer, say. */
public interface RowSource {

    /** Hands on all rows, after {@link RowSink#columns}. */
    void read(RowSink rows) throws IOException;
}
