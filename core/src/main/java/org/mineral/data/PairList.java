package org.mineral.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/** (user, item) pairs in the order of reading, with rating and time where the source has them. Grows. */
final class PairList {

    private static final int LIMIT = Integer.MAX_VALUE - 16;

    private final boolean rated;
    private final boolean timed;
    private int size;
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private float[] ratings;
    private long[] timestamps;

    PairList(boolean rated, boolean timed) {
        this.rated = rated;
        this.timed = timed;
        this.ratings = new float[rated ? 1024 : 0];
        this.timestamps = new long[timed ? 1024 : 0];
    }

    void add(int user, int item, float rating, long timestamp) {
        if (size == users.length) {
            grow();
        }
        users[size] = user;
        items[size] = item;
        if (rated) {
            ratings[size] = rating;
        }
        if (timed) {
            timestamps[size] = timestamp;
        }
        size++;
    }

    void add(int user, int item) {
        add(user, item, 0, 0);
    }

    boolean rated() {
        return rated;
    }

    boolean timed() {
        return timed;
    }

    int size() {
        return size;
    }

    private void grow() {
        if (size == LIMIT) {
            throw new InputException("found more than " + LIMIT + " interactions in one part; fewer are allowed;"
                    + " give a sample of the users");
        }
        int length = (int) Math.min(LIMIT, size * 2L);
        users = Arrays.copyOf(users, length);
        items = Arrays.copyOf(items, length);
        ratings = rated ? Arrays.copyOf(ratings, length) : ratings;
        timestamps = timed ? Arrays.copyOf(timestamps, length) : timestamps;
    }

    /**
     * As a matrix: rows by a counting sort over the users, each row sorted by item. Of several equal pairs the one with
     * the latest time stays, among equal times the one read last.
     */
    Merged merge(int userCount, int itemCount) {
        int[] starts = new int[userCount + 1];
        for (int k = 0; k < size; k++) {
            starts[users[k] + 1]++;
        }
        for (int u = 0; u < userCount; u++) {
            starts[u + 1] += starts[u];
        }
        // item in the upper half, position in the lower: sorting these sorts by item, then by order of reading
        long[] keys = new long[size];
        int[] next = Arrays.copyOf(starts, userCount + 1);
        for (int k = 0; k < size; k++) {
            keys[next[users[k]]++] = (long) items[k] << 32 | k;
        }
        int[] offsets = new int[userCount + 1];
        int[] columns = new int[size];
        int[] chosen = new int[size];
        int kept = 0;
        for (int u = 0; u < userCount; u++) {
            Arrays.sort(keys, starts[u], starts[u + 1]);
            for (int k = starts[u]; k < starts[u + 1]; k++) {
                int item = (int) (keys[k] >>> 32);
                int position = (int) keys[k];
                if (kept > offsets[u] && columns[kept - 1] == item) {
                    if (!timed || timestamps[position] >= timestamps[chosen[kept - 1]]) {
                        chosen[kept - 1] = position;
                    }
                } else {
                    columns[kept] = item;
                    chosen[kept++] = position;
                }
            }
            offsets[u + 1] = kept;
        }
        return new Merged(
                new Interactions(itemCount, offsets, Arrays.copyOf(columns, kept)),
                rated ? pick(ratings, chosen, kept) : null,
                timed ? pick(timestamps, chosen, kept) : null);
    }

    private static float[] pick(float[] from, int[] positions, int count) {
        float[] picked = new float[count];
        for (int k = 0; k < count; k++) {
            picked[k] = from[positions[k]];
        }
        return picked;
    }

    private static long[] pick(long[] from, int[] positions, int count) {
        long[] picked = new long[count];
        for (int k = 0; k < count; k++) {
            picked[k] = from[positions[k]];
        }
        return picked;
    }

    /** The pairs without duplicates, ratings and times in the order of the matrix. */
    record Merged(Interactions pairs, float @Nullable [] ratings, long @Nullable [] timestamps) {}
}
