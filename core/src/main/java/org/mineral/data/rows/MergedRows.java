package org.mineral.data.rows;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.Duplicates;
import org.mineral.data.Events;
import org.mineral.data.Interactions;
import org.mineral.data.PairList;
import org.mineral.data.RepeatedRows;
import org.mineral.data.Split;
import org.mineral.data.TimeColumn;

/**
 * The rows of train, valid and test as matrices in which every pair occurs once: equal pairs of a part are merged, and a pair
 * belongs to the earliest part that has it.
 *
 * @param report what was merged, dropped and changed
 */
record MergedRows(
        Interactions train,
        Interactions valid,
        Interactions test,
        @Nullable Events events,
        DataReport report) {

    /** Merges rows without ratings, times and order part by part, which needs the least memory. */
    static MergedRows ofPairs(List<PairList> parts, int users, int items) {
        Interactions[] pairs = new Interactions[3];
        long[] merged = new long[3];
        for (int p = 0; p < 3; p++) {
            pairs[p] = parts.get(p).merge(users, items);
            merged[p] = parts.get(p).size() - pairs[p].size();
        }
        Interactions valid = pairs[1].minus(pairs[0]);
        Interactions test = pairs[2].minus(pairs[0]).minus(valid);
        DataReport report = report(merged, pairs[1].size() - valid.size(), pairs[2].size() - test.size());
        return new MergedRows(pairs[0], valid, test, null, report);
    }

    private static DataReport report(long[] merged, long droppedFromValid, long droppedFromTest) {
        DataReport report = DataReport.EMPTY;
        for (int p = 0; p < 3; p++) {
            report = report.plus("duplicate pairs merged in " + DatasetBuilder.PARTS[p], merged[p]);
        }
        return report.plus(Dataset.DROPPED_FROM_VALID, droppedFromValid)
                .plus(Dataset.DROPPED_FROM_TEST, droppedFromTest);
    }

    /**
     * Merges rows with ratings and times, which are kept if all non-empty parts have them.
     *
     * @param keepOrder whether to keep the order of reading always; otherwise it is kept only if equal times leave a user's order open
     */
    static MergedRows of(List<PairList> parts, int users, int items, Duplicates duplicates, boolean keepOrder) {
        return new Merging(parts, users, items).merge(duplicates, keepOrder);
    }

    /** All rows of all parts in one sequence, the order of reading. */
    private static final class Merging {

        private final int items;
        private final int[] ends = new int[3];
        private final boolean rated;
        private final boolean timed;
        private final double[] ratings;
        private final long[] times;
        private final TimeColumn column;
        private final int[] starts;
        /** Item in the upper 32 bits, position in the lower 32, sorted within each user. */
        private final long[] keys;

        private final long[] merged = new long[3];
        private long droppedFromValid;
        private long droppedFromTest;
        private int[] repeated = new int[16];
        private int[] repeatedPair = new int[16];
        private int repeats;

        Merging(List<PairList> parts, int users, int items) {
            this.items = items;
            long total = 0;
            for (int p = 0; p < 3; p++) {
                total += parts.get(p).size();
                ends[p] = (int) Math.min(total, Integer.MAX_VALUE);
            }
            if (total > PairList.LIMIT) {
                throw new InputException("found more than " + PairList.LIMIT + " interactions in all parts; fewer are"
                        + " allowed; give a sample of the users");
            }
            List<PairList> filled =
                    parts.stream().filter(part -> part.size() > 0).toList();
            this.rated = filled.stream().allMatch(PairList::rated);
            this.timed = filled.stream().allMatch(PairList::timed);
            // A part with times is ordered by them, even if other parts have none.
            boolean someTimed = filled.stream().anyMatch(PairList::timed);
            this.ratings = new double[rated ? (int) total : 0];
            this.times = new long[someTimed ? (int) total : 0];
            this.starts = new int[users + 1];
            this.keys = new long[(int) total];
            parts.forEach(part -> part.countUsers(starts));
            for (int u = 0; u < users; u++) {
                starts[u + 1] += starts[u];
            }
            int[] next = starts.clone();
            int place = 0;
            int[] fractions = new int[0];
            for (PairList part : parts) {
                for (PairList.Block block : part.blocks()) {
                    System.arraycopy(block.ratings, 0, ratings, rated ? place : 0, rated ? block.size : 0);
                    System.arraycopy(
                            block.timestamps, 0, times, part.timed() ? place : 0, part.timed() ? block.size : 0);
                    if (block.fractions != null) {
                        fractions = fractions.length == 0 ? new int[times.length] : fractions;
                        System.arraycopy(block.fractions, 0, fractions, place, block.size);
                    }
                    for (int k = 0; k < block.size; k++) {
                        keys[next[block.users[k]]++] = (long) block.items[k] << 32 | place++;
                    }
                }
            }
            PairList.rows(starts, u -> Arrays.sort(keys, starts[u], starts[u + 1]));
            column = new TimeColumn(times, fractions);
        }

        MergedRows merge(Duplicates duplicates, boolean keepOrder) {
            boolean ordered = keepOrder || timed && tied();
            int[] offsets = new int[starts.length];
            int[] columns = new int[keys.length];
            int[] places = new int[keys.length];
            int kept = 0;
            for (int u = 0; u + 1 < starts.length; u++) {
                for (int k = starts[u], end; k < starts[u + 1]; k = end) {
                    int item = (int) (keys[k] >>> 32);
                    end = k + 1;
                    while (end < starts[u + 1] && (int) (keys[end] >>> 32) == item) {
                        end++;
                    }
                    if (end > k + 1) {
                        repeat(kept, k, end);
                    }
                    columns[kept] = item;
                    places[kept++] = (int) keys[k]; // The part of the first row is the part of the pair.
                }
                offsets[u + 1] = kept;
            }
            Interactions pairs = new Interactions(items, offsets, Interactions.cut(columns, kept));
            return new MergedRows(
                    pairs.select(k -> part(places[k]) == Split.TRAIN),
                    pairs.select(k -> part(places[k]) == Split.VALID),
                    pairs.select(k -> part(places[k]) == Split.TEST),
                    kept > 0 && (rated || timed || ordered)
                            ? events(pairs, places, duplicates, ordered, keepOrder)
                            : null,
                    report(merged, droppedFromValid, droppedFromTest).plus(column.rescaled(), column.rescaledRows()));
        }

        private Events events(
                Interactions pairs, int[] places, Duplicates duplicates, boolean ordered, boolean keepOrder) {
            int kept = pairs.size();
            double[] pairRatings = rated ? PairList.pick(ratings, places, kept) : null;
            long[] pairTimes = timed ? PairList.pick(times, places, kept) : null;
            long[] pairOrder =
                    ordered ? Arrays.stream(places, 0, kept).asLongStream().toArray() : null;
            RepeatedRows rows = repeats == 0 ? null : repeatedRows(duplicates, ordered);
            if (rows != null) {
                rows.merge(pairRatings, pairTimes, pairOrder);
            }
            return new Events(
                    pairs, pairRatings, pairTimes, pairOrder, timed || keepOrder ? rows : null, column.digits());
        }

        private RepeatedRows repeatedRows(Duplicates duplicates, boolean ordered) {
            int[] rows = Arrays.copyOf(repeated, repeats);
            byte[] parts = new byte[repeats];
            for (int r = 0; r < repeats; r++) {
                parts[r] = part(rows[r]);
            }
            return new RepeatedRows(
                    Arrays.copyOf(repeatedPair, repeats),
                    rated ? PairList.pick(ratings, rows, repeats) : null,
                    timed ? PairList.pick(times, rows, repeats) : null,
                    ordered ? Arrays.stream(rows).asLongStream().toArray() : null,
                    parts,
                    duplicates);
        }

        /** The rows of a repeated pair, by time, then position. */
        private void repeat(int pair, int from, int end) {
            int[] rows = new int[end - from];
            long[] perPart = new long[3];
            for (int k = from; k < end; k++) {
                rows[k - from] = (int) keys[k];
                perPart[part((int) keys[k])]++;
            }
            if (times.length > 0) {
                rows = IntStream.of(rows)
                        .boxed()
                        .sorted(Comparator.comparingLong(row -> times[row]))
                        .mapToInt(row -> row)
                        .toArray();
            }
            for (int p = 0; p < 3; p++) {
                merged[p] += Math.max(0, perPart[p] - 1);
            }
            droppedFromValid += perPart[0] > 0 && perPart[1] > 0 ? 1 : 0;
            droppedFromTest += perPart[2] > 0 && perPart[0] + perPart[1] > 0 ? 1 : 0;
            if (repeats + rows.length > repeated.length) {
                int length = (int) Math.min(PairList.LIMIT, 2L * (repeats + rows.length));
                repeated = Arrays.copyOf(repeated, length);
                repeatedPair = Arrays.copyOf(repeatedPair, length);
            }
            System.arraycopy(rows, 0, repeated, repeats, rows.length);
            Arrays.fill(repeatedPair, repeats, repeats + rows.length, pair);
            repeats += rows.length;
        }

        private byte part(int place) {
            return place < ends[0] ? Split.TRAIN : place < ends[1] ? Split.VALID : Split.TEST;
        }

        /** Whether a user has two rows with equal times. */
        private boolean tied() {
            return IntStream.range(0, starts.length - 1).parallel().anyMatch(u -> {
                long[] own = new long[starts[u + 1] - starts[u]];
                Arrays.setAll(own, k -> times[(int) keys[starts[u] + k]]);
                Arrays.sort(own);
                return IntStream.range(1, own.length).anyMatch(k -> own[k - 1] == own[k]);
            });
        }
    }
}
