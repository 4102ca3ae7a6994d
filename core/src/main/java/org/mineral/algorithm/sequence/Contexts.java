package org.mineral.algorithm.sequence;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.target.CandidateWeights;
import org.mineral.algorithm.embedding.target.RowTargets;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.random.Random64;

/**
 * The places of sequences as rows: what a user took before is the context, the next m items are positives, the i-th of them with weight
 * proportional to b^i. A row's number is the position of its first positive in {@link Sequences#items}; the first item of a sequence
 * is no row, for nothing stands before it.
 *
 * <p>A row counts n_u^(a-1), n_u the user's items and a the setting {@code user_weight}.
 */
final class Contexts implements RowTargets, SequenceRun.RowOrder {

    /** Most places of an epoch where their number is not given. */
    static final int MOST = 250_000;

    private final Sequences sequences;
    private final SequenceOptions options;

    /** Places drawn of each user in an epoch. */
    private final int cuts;

    private final float @Nullable [] candidateWeights;
    private final double exponent;
    private final double scale;

    Contexts(Sequences sequences, SequenceOptions options, double userWeight, double candidateWeight) {
        this(
                sequences,
                options,
                cuts(sequences.pairs(), options),
                CandidateWeights.of(sequences.pairs(), candidateWeight),
                userWeight,
                count(sequences.pairs()) / total(sequences.pairs(), userWeight));
    }

    /**
     * Some users' places, with the weights that rows and items have among all.
     *
     * @param cuts most places of a user in an epoch
     * @param scale rows of all users / {@link #total}
     */
    Contexts(
            Sequences sequences,
            SequenceOptions options,
            int cuts,
            float @Nullable [] candidateWeights,
            double userWeight,
            double scale) {
        this.sequences = sequences;
        this.options = options;
        this.cuts = cuts;
        this.candidateWeights = candidateWeights;
        this.exponent = userWeight - 1;
        this.scale = scale;
    }

    /** The sum over rows of n_u^(a-1). */
    static double total(Interactions pairs, double userWeight) {
        double total = 0;
        for (int u = 0; u < pairs.users(); u++) {
            int n = pairs.count(u);
            if (n > 1) {
                total += (n - 1) * Math.pow(n, userWeight - 1);
            }
        }
        return total;
    }

    /** Number of rows that there are. */
    static int count(Interactions pairs) {
        int rows = pairs.size();
        for (int u = 0; u < pairs.users(); u++) {
            rows -= pairs.count(u) > 0 ? 1 : 0;
        }
        return rows;
    }

    /** Number of rows of an epoch. */
    static int count(Interactions pairs, SequenceOptions options) {
        return count(pairs, cuts(pairs, options));
    }

    static int count(Interactions pairs, int cuts) {
        int rows = 0;
        for (int u = 0; u < pairs.users(); u++) {
            rows += Math.min(cuts, Math.max(0, pairs.count(u) - 1));
        }
        return rows;
    }

    private static int cuts(Interactions pairs, SequenceOptions options) {
        return cuts(options, most -> count(pairs, most));
    }

    /**
     * As many as are given, or as an epoch of {@value #MOST} places has room for, at least one.
     *
     * @param rows of an epoch, by the most of a user
     */
    static int cuts(SequenceOptions options, IntToLongFunction rows) {
        if (options.cuts() > 0) {
            return options.cuts();
        }
        if (rows.applyAsLong(Integer.MAX_VALUE) <= MOST) {
            return Integer.MAX_VALUE;
        }
        int cuts = 1;
        while (rows.applyAsLong(cuts + 1) <= MOST) {
            cuts++;
        }
        return cuts;
    }

    @Override
    public int perEpoch() {
        return count(sequences.pairs(), cuts);
    }

    /** The rows of an epoch in random order: all, or of each user as many different ones as are drawn. */
    @Override
    public int[] rows(Random64 random) {
        Interactions pairs = sequences.pairs();
        int[] rows = new int[perEpoch()];
        int size = 0;
        for (int u = 0; u < pairs.users(); u++) {
            int n = pairs.count(u) - 1;
            int first = pairs.begin(u) + 1;
            if (n <= cuts) {
                for (int k = 0; k < n; k++) {
                    rows[size++] = first + k;
                }
                continue;
            }
            // Selection sampling: each place is taken with probability (still to draw) / (still to come).
            for (int k = 0, taken = 0; taken < cuts; k++) {
                if (random.nextInt(n - k) < cuts - taken) {
                    rows[size++] = first + k;
                    taken++;
                }
            }
        }
        random.shuffle(rows);
        return rows;
    }

    /** Number of items of a row's context. */
    int length(int row) {
        return Math.min(options.positions(), row - sequences.pairs().begin(sequences.owner(row)));
    }

    /** The item at a distance from a row's first positive: 0 for the item just before it. */
    int item(int row, int distance) {
        return sequences.items()[row - 1 - distance];
    }

    /** The next item of each place, places x items: what is drawn from within a block. */
    Interactions nextItems() {
        Interactions pairs = sequences.pairs();
        int[] offsets = new int[pairs.size() + 1];
        int[] columns = new int[count(pairs)];
        int size = 0;
        for (int u = 0; u < pairs.users(); u++) {
            for (int k = pairs.begin(u); k < pairs.end(u); k++) {
                if (k > pairs.begin(u)) {
                    columns[size++] = sequences.items()[k];
                }
                offsets[k + 1] = size;
            }
        }
        return new Interactions(pairs.items(), offsets, columns);
    }

    @Override
    public int items() {
        return sequences.pairs().items();
    }

    @Override
    public int count(int row) {
        int end = options.nextItems() == 1 ? row + 1 : sequences.pairs().end(sequences.owner(row));
        return Math.min(options.nextItems(), end - row);
    }

    @Override
    public boolean weighted() {
        return options.nextItems() > 1 && options.nextDecay() < 1;
    }

    @Override
    public void copy(int row, int[] positives, float @Nullable [] counts, int at) {
        int n = count(row);
        System.arraycopy(sequences.items(), row, positives, at, n);
        Arrays.sort(positives, at, at + n);
        if (counts == null) {
            return;
        }
        double b = options.nextDecay();
        double mean = b == 1 ? 1 : (1 - Math.pow(b, n)) / (1 - b) / n;
        for (int k = 0; k < n; k++) {
            int place = Arrays.binarySearch(positives, at, at + n, sequences.items()[row + k]);
            counts[place] = (float) (Math.pow(b, k) / mean);
        }
    }

    @Override
    public double weight(int row) {
        return exponent == 0 ? 1 : scale * Math.pow(sequences.pairs().count(sequences.owner(row)), exponent);
    }

    @Override
    public float @Nullable [] candidateWeights() {
        return candidateWeights;
    }

    @Override
    public double meanLog() {
        return 0;
    }
}
