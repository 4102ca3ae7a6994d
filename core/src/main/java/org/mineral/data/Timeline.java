package org.mineral.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * The rows of each user with their times, which a {@link Split} divides. Most pairs have one row. Rows with equal pair and time are one row
 * here, because a repeated line is not a second event.
 */
public final class Timeline {

    private final Interactions pairs;
    private final int[] offsets;
    private final int @Nullable [] pairOf;
    private final long @Nullable [] times;
    private final long @Nullable [] order;
    /** For each row of {@link Events#repeats}, its row here, or -1. */
    private final int[] rowOf;

    private Timeline(
            Interactions pairs,
            int[] offsets,
            int @Nullable [] pairOf,
            long @Nullable [] times,
            long @Nullable [] order,
            int[] rowOf) {
        this.pairs = pairs;
        this.offsets = offsets;
        this.pairOf = pairOf;
        this.times = times;
        this.order = order;
        this.rowOf = rowOf;
    }

    /**
     * The timeline of some pairs.
     *
     * @param events of these pairs, or null if nothing is known of them
     * @param part only rows of this part are used; null for all rows
     */
    static Timeline of(Interactions pairs, @Nullable Events events, @Nullable Byte part) {
        RepeatedRows repeats = events == null ? null : events.repeats();
        if (events == null || repeats == null) {
            return new Timeline(
                    pairs,
                    pairs.offsets(),
                    null,
                    events == null ? null : events.timestamps(),
                    events == null ? null : events.order(),
                    new int[0]);
        }
        return new Unfolding(events, repeats, pairs.size() + repeats.size()).unfold(part);
    }

    /** Expands repeated pairs to all their rows. */
    private static final class Unfolding {

        private final Events events;
        private final RepeatedRows repeats;
        private final int[] pairOf;
        private final long[] times;
        private final long[] order;
        private final int[] rowOf;
        private int size;

        Unfolding(Events events, RepeatedRows repeats, int most) {
            this.events = events;
            this.repeats = repeats;
            this.pairOf = new int[most];
            this.times = new long[events.timestamps() == null ? 0 : most];
            this.order = new long[events.order() == null ? 0 : most];
            this.rowOf = new int[repeats.size()];
        }

        Timeline unfold(@Nullable Byte part) {
            Interactions pairs = events.pairs();
            int[] offsets = new int[pairs.users() + 1];
            int next = 0;
            for (int u = 0; u < pairs.users(); u++) {
                for (int k = pairs.begin(u); k < pairs.end(u); k++) {
                    if (next == rowOf.length || repeats.pairs()[next] != k) {
                        add(k, events.timestamps(), events.order(), k);
                        continue;
                    }
                    int end = repeats.end(next);
                    for (int first = size; next < end; next++) {
                        rowOf[next] = part == null || repeats.parts()[next] == part ? row(k, next, first) : -1;
                    }
                }
                offsets[u + 1] = size;
            }
            return new Timeline(
                    pairs,
                    offsets,
                    Arrays.copyOf(pairOf, size),
                    events.timestamps() == null ? null : Arrays.copyOf(times, size),
                    events.order() == null ? null : Arrays.copyOf(order, size),
                    rowOf);
        }

        /** The row of a repeated pair's row; rows with equal times share one. */
        private int row(int pair, int repeat, int first) {
            long[] given = repeats.timestamps();
            long[] places = repeats.order();
            if (size > first && given != null && times[size - 1] == given[repeat]) {
                if (places != null && repeats.duplicates() != Duplicates.FIRST) {
                    order[size - 1] = places[repeat];
                }
                return size - 1;
            }
            add(pair, given, places, repeat);
            return size - 1;
        }

        private void add(int pair, long @Nullable [] givenTimes, long @Nullable [] givenOrder, int at) {
            pairOf[size] = pair;
            if (givenTimes != null) {
                times[size] = givenTimes[at];
            }
            if (givenOrder != null) {
                order[size] = givenOrder[at];
            }
            size++;
        }
    }

    /** The pairs that the rows belong to. */
    Interactions pairs() {
        return pairs;
    }

    int size() {
        return offsets[pairs.users()];
    }

    /**
     * The time of each row.
     *
     * @throws InputException if there are no times
     */
    long[] times() {
        if (times == null) {
            throw new InputException("split by time: found no timestamps in the data; a column named 'timestamp' is"
                    + " needed in every file; add one, split at random, or by the order of the file: tail, or"
                    + " last:1:1:file");
        }
        return times;
    }

    /** @throws InputException if neither times nor the order of the file are known */
    void checkOrdered() {
        if (times == null && order == null) {
            throw new InputException(
                    "split by each user's last interactions: found neither timestamps nor the order of a"
                            + " file; allowed: a column named 'timestamp' in every file, or files that are read with the setting"
                            + " keep_order, which generated data are not; split at random instead");
        }
    }

    /** One user's rows by time; equal times in the order of the file, or of the items if that is unknown. */
    int[] inOrder(int user) {
        long[] first = times == null ? order : times;
        Comparator<Integer> earlier =
                first == null ? Comparator.naturalOrder() : Comparator.comparingLong(k -> first[k]);
        if (times != null && order != null) {
            long[] places = order;
            earlier = earlier.thenComparingLong(k -> places[k]);
        }
        return IntStream.range(offsets[user], offsets[user + 1])
                .boxed()
                .sorted(earlier)
                .mapToInt(k -> k)
                .toArray();
    }

    /** Expands the parts of pairs to the parts of rows. */
    byte[] ofRows(byte[] ofPairs) {
        if (pairOf == null) {
            return ofPairs;
        }
        byte[] parts = new byte[size()];
        for (int row = 0; row < parts.length; row++) {
            parts[row] = ofPairs[pairOf[row]];
        }
        return parts;
    }

    /** The part of each pair: the earliest part of its rows. */
    byte[] ofPairs(byte[] ofRows) {
        if (pairOf == null) {
            return ofRows;
        }
        byte[] parts = new byte[pairs.size()];
        Arrays.fill(parts, Split.TEST);
        for (int row = 0; row < ofRows.length; row++) {
            parts[pairOf[row]] = (byte) Math.min(parts[pairOf[row]], ofRows[row]);
        }
        return parts;
    }

    /** The parts of repeated rows; rows outside the timeline keep their part. */
    byte[] ofRepeats(byte[] ofRows, RepeatedRows repeats) {
        byte[] parts = repeats.parts().clone();
        for (int r = 0; r < parts.length; r++) {
            parts[r] = rowOf[r] < 0 ? parts[r] : ofRows[rowOf[r]];
        }
        return parts;
    }

    /** Number of pairs that have a row in this part but belong to an earlier one. */
    long dropped(byte[] ofRows, byte part) {
        if (pairOf == null) {
            return 0;
        }
        byte[] ofPairs = ofPairs(ofRows);
        return IntStream.range(0, ofRows.length)
                .filter(row -> ofRows[row] == part && ofPairs[pairOf[row]] < part)
                .map(row -> pairOf[row])
                .distinct()
                .count();
    }

    /** Number of pairs that are in this part only because of the order of rows with equal times. */
    long tied(byte[] ofRows, byte part) {
        if (times == null || order == null) {
            return 0;
        }
        byte[] ofPairs = ofPairs(ofRows);
        long tied = 0;
        for (int u = 0; u < pairs.users(); u++) {
            long latest = Long.MIN_VALUE;
            boolean earlier = false;
            for (int row = offsets[u]; row < offsets[u + 1]; row++) {
                if (ofRows[row] < part) {
                    latest = Math.max(latest, times[row]);
                    earlier = true;
                }
            }
            for (int row = offsets[u]; earlier && row < offsets[u + 1]; row++) {
                int pair = pairOf == null ? row : pairOf[row];
                tied += ofRows[row] == part && ofPairs[pair] == part && times[row] == latest ? 1 : 0;
            }
        }
        return tied;
    }
}
