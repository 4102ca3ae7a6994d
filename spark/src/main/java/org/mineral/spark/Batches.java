package org.mineral.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.mineral.linalg.Workers;

/**
 * Things that are worked on some at a time, the next ones when the rows of those before are used up.
 *
 * @param <T> what is worked on
 */
final class Batches<T> implements Iterator<Row> {

    private final Iterator<T> from;
    private final int size;
    private final Function<List<T>, Iterator<Row>> work;
    private Iterator<Row> ready = Collections.emptyIterator();

    /** @param size most of a batch */
    Batches(Iterator<T> from, int size, Function<List<T>, Iterator<Row>> work) {
        this.from = from;
        this.size = size;
        this.work = work;
    }

    /** With as many threads as the task has cores, until it ends. */
    static <T> Batches<T> working(Iterator<T> from, int size, BiFunction<List<T>, Workers, Iterator<Row>> work) {
        Workers workers = new Workers(ResidentShards.threads());
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> workers.close());
        return new Batches<>(from, size, batch -> work.apply(batch, workers));
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext() && from.hasNext()) {
            List<T> batch = new ArrayList<>();
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
