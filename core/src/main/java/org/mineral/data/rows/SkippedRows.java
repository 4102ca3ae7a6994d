package org.mineral.data.rows;

import java.util.ArrayList;
import java.util.List;
import org.mineral.config.InputException;

/** Rows of a part that cannot be parsed: refused or, if the options allow, left out and counted, the first ones listed. */
public final class SkippedRows {

    private static final int LISTED = 5;

    private final String part;
    private final boolean skips;
    private final DatasetBuilder builder;
    private final List<String> first = new ArrayList<>();
    private long count;

    public SkippedRows(String part, ReadOptions options, DatasetBuilder builder) {
        this.part = part;
        this.skips = options.skipBad();
        this.builder = builder;
    }

    /** @throws BadRow unless such rows are left out */
    public void add(InputException refusal) {
        if (!skips) {
            throw new BadRow(refusal);
        }
        if (count++ < LISTED) {
            first.add(String.valueOf(refusal.getMessage()));
        }
    }

    /** To be called at the end of the file. */
    public void note() {
        builder.leftOut("rows in " + part + " that cannot be understood, left out", count);
        builder.skipped(first);
    }
}
