package org.mineral.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of pairs that occur more than once. {@link Events} hold one entry for each pair, from which models learn. A split by time must
 * divide the rows themselves, because a pair may occur on both sides of the boundary.
 *
 * <p>Rows of a pair are adjacent, pairs ascend, and the rows of a pair are in order of time, then of reading. The arrays are shared
 * and must not be written to.
 *
 * @param pairs for each row, the position of its pair in {@code Events.pairs().columns()}
 * @param ratings one for each row, or null if there are none
 * @param timestamps one for each row, or null if there are none
 * @param order the place of each row in the order of reading, or null if it was not kept
 * @param parts {@link Split#TRAIN}, {@link Split#VALID} or {@link Split#TEST}: the part of each row. A pair is in the earliest part of its rows
 * @param duplicates how rows of a pair in one part are merged
 */
public record RepeatedRows(
        int[] pairs,
        double @Nullable [] ratings,
        long @Nullable [] timestamps,
        long @Nullable [] order,
        byte[] parts,
        Duplicates duplicates) {

    public int size() {
        return pairs.length;
    }

    /** The same rows in other parts. */
    RepeatedRows in(byte[] others) {
        return new RepeatedRows(pairs, ratings, timestamps, order, others, duplicates);
    }

    /** The rows of some of the pairs, with new positions; null if there are none. */
    @Nullable
    RepeatedRows of(int[] kept, int pairCount) {
        int[] position = new int[pairCount];
        Arrays.fill(position, -1);
        for (int k = 0; k < kept.length; k++) {
            position[kept[k]] = k;
        }
        int[] rows = new int[size()];
        int count = 0;
        for (int r = 0; r < rows.length; r++) {
            if (position[pairs[r]] >= 0) {
                rows[count++] = r;
            }
        }
        if (count == 0) {
            return null;
        }
        int[] moved = new int[count];
        byte[] movedParts = new byte[count];
        for (int k = 0; k < count; k++) {
            moved[k] = position[pairs[rows[k]]];
            movedParts[k] = parts[rows[k]];
        }
        return new RepeatedRows(
                moved,
                ratings == null ? null : PairList.pick(ratings, rows, count),
                timestamps == null ? null : PairList.pick(timestamps, rows, count),
                order == null ? null : PairList.pick(order, rows, count),
                movedParts,
                duplicates);
    }

    /** Computes the entry of each pair from its rows in the earliest part, by the rule for duplicates. */
    public void merge(double @Nullable [] toRatings, long @Nullable [] toTimestamps, long @Nullable [] toOrder) {
        for (int from = 0, end; from < size(); from = end) {
            end = end(from);
            byte part = earliest(from, end);
            int kept = -1;
            double sum = 0;
            for (int r = from; r < end; r++) {
                if (parts[r] == part) {
                    kept = kept >= 0 && duplicates == Duplicates.FIRST ? kept : r;
                    sum += ratings == null ? 0 : ratings[r];
                }
            }
            int pair = pairs[from];
            if (ratings != null && toRatings != null) {
                toRatings[pair] = duplicates == Duplicates.SUM ? sum : ratings[kept];
            }
            if (timestamps != null && toTimestamps != null) {
                toTimestamps[pair] = timestamps[kept];
            }
            if (order != null && toOrder != null) {
                toOrder[pair] = order[kept];
            }
        }
    }

    /** The end (exclusive) of the rows with the same pair as row {@code from}. */
    int end(int from) {
        int end = from + 1;
        while (end < size() && pairs[end] == pairs[from]) {
            end++;
        }
        return end;
    }

    private byte earliest(int from, int end) {
        byte part = Split.TEST;
        for (int r = from; r < end; r++) {
            part = (byte) Math.min(part, parts[r]);
        }
        return part;
    }
}
