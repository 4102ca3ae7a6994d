package org.mineral.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** Rows that are worked on some at a time, the next ones when those before are used up. */
final class Batches implements Iterator<Row> {

    private final Iterator<Row> from;
    private final int size;
    private final Function<List<Row>, Iterator<Row>> work;
    private Iterator<Row> ready = Collections.emptyIterator();

    /** @param size most rows of a batch */
    Batches(Iterator<Row> from, int size, Function<List<Row>, Iterator<Row>> work) {
        this.from = from;
        this.size = size;
        this.work = work;
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext() && from.hasNext()) {
            List<Row> batch = new ArrayList<>();
            while (from.hasNext() && batch.size() < size) {
                batch.add(from.next());
            }
            ready = work.apply(batch);
        }
        return ready.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.next();
    }
}
