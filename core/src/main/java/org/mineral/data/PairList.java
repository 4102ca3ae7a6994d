package org.mineral.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/** (user, item) pairs in the order of reading, with rating and time where the source has them. Grows by blocks. */
public final class PairList {

    public static final int LIMIT = Integer.MAX_VALUE - 16;
    private static final int BLOCK = 1 << 20;

    /** Number of rows sorted by one task. */
    private static final int ROWS = 4096;

    private final boolean rated;
    private final boolean timed;
    private final List<Block> blocks = new ArrayList<>();
    private Block last;
    private int size;

    public PairList(boolean rated, boolean timed) {
        this.rated = rated;
        this.timed = timed;
        this.last = new Block(16, rated, timed);
        blocks.add(last);
    }

    /** Pairs in arrays of equal length, of which {@code size} entries are used. */
    public static final class Block {

        public final int[] users;
        public final int[] items;
        public final double[] ratings;
        public final long[] timestamps;
        /** Fractions of the times in billionths; null while all are 0. */
        public int @Nullable [] fractions;

        public int size;

        public Block(int capacity, boolean rated, boolean timed) {
            this.users = new int[capacity];
            this.items = new int[capacity];
            this.ratings = new double[rated ? capacity : 0];
            this.timestamps = new long[timed ? capacity : 0];
        }

        boolean full() {
            return size == users.length;
        }

        public void add(int user, int item, double rating, long timestamp, int fraction) {
            users[size] = user;
            items[size] = item;
            if (ratings.length > 0) {
                ratings[size] = rating;
            }
            if (timestamps.length > 0) {
                timestamps[size] = timestamp;
            }
            if (fraction != 0) {
                int[] beside = fractions == null ? new int[users.length] : fractions;
                beside[size] = fraction;
                fractions = beside;
            }
            size++;
        }
    }

    /** @param fraction billionths beside the timestamp, see {@link org.mineral.data.text.Timestamps.Time} */
    public void add(int user, int item, double rating, long timestamp, int fraction) {
        if (last.full()) {
            checkRoom(1);
            last = new Block(Math.min(Math.min(BLOCK, LIMIT - size), last.users.length * 2), rated, timed);
            blocks.add(last);
        }
        last.add(user, item, rating, timestamp, fraction);
        size++;
    }

    public void add(int user, int item) {
        add(user, item, 0, 0, 0);
    }

    /** Takes over a block; with ratings and times if this list has them. */
    public void add(Block block) {
        checkRoom(block.size);
        blocks.add(block);
        last = block;
        size += block.size;
    }

    /** Takes over all pairs of a list of the same kind. */
    public void add(PairList other) {
        other.blocks.forEach(this::add);
    }

    public boolean rated() {
        return rated;
    }

    public boolean timed() {
        return timed;
    }

    public int size() {
        return size;
    }

    private void checkRoom(int more) {
        if (size > LIMIT - more) {
            throw new InputException("found more than " + LIMIT + " interactions in one part; fewer are allowed;"
                    + " give a sample of the users");
        }
    }

    /** Converts to a matrix: a counting sort by user, then each row sorted by item; equal pairs are merged. */
    public Interactions merge(int userCount, int itemCount) {
        int[] starts = new int[userCount + 1];
        countUsers(starts);
        for (int u = 0; u < userCount; u++) {
            starts[u + 1] += starts[u];
        }
        int[] columns = new int[size];
        int[] next = starts.clone();
        for (Block block : blocks) {
            for (int k = 0; k < block.size; k++) {
                columns[next[block.users[k]]++] = block.items[k];
            }
        }
        rows(starts, u -> Arrays.sort(columns, starts[u], starts[u + 1]));
        int[] offsets = new int[starts.length];
        int kept = 0;
        for (int u = 0; u + 1 < starts.length; u++) {
            for (int k = starts[u]; k < starts[u + 1]; k++) {
                if (kept == offsets[u] || columns[kept - 1] != columns[k]) {
                    columns[kept++] = columns[k];
                }
            }
            offsets[u + 1] = kept;
        }
        return new Interactions(itemCount, offsets, Interactions.cut(columns, kept));
    }

    /** Counts the rows of user u into entry u + 1. */
    public void countUsers(int[] starts) {
        for (Block block : blocks) {
            for (int k = 0; k < block.size; k++) {
                starts[block.users[k] + 1]++;
            }
        }
    }

    public List<Block> blocks() {
        return blocks;
    }

    /** Processes all rows in parallel. */
    public static void rows(int[] starts, IntConsumer row) {
        int users = starts.length - 1;
        IntStream.range(0, (users + ROWS - 1) / ROWS).parallel().forEach(task -> {
            for (int u = task * ROWS; u < Math.min(users, (task + 1) * ROWS); u++) {
                row.accept(u);
            }
        });
    }

    public static double[] pick(double[] from, int[] positions, int count) {
        double[] picked = new double[count];
        for (int k = 0; k < count; k++) {
            picked[k] = from[positions[k]];
        }
        return picked;
    }

    public static long[] pick(long[] from, int[] positions, int count) {
        long[] picked = new long[count];
        for (int k = 0; k < count; k++) {
            picked[k] = from[positions[k]];
        }
        return picked;
    }
}
