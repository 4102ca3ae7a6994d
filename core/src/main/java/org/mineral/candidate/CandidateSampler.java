package org.mineral.candidate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.random.AliasTable;
import org.mineral.random.Streams;

/**
 * Draws the candidates of a block of users, with the weights that make sums over them estimate sums over all items
 * (importance, or logQ, correction). Immutable and thread-safe; a draw depends on the seed, the step and the block alone.
 *
 * <table>
 * <caption>q_j, the probability that a draw is item j; draws are with replacement</caption>
 * <tr><td>{@code uniform:M}</td><td>1/#I</td></tr>
 * <tr><td>{@code popularity:M:alpha}</td><td>proportional to max(1, users of j)^alpha: an item without interactions counts as having one, so that every item can be drawn and the estimate is unbiased for all</td></tr>
 * <tr><td>{@code in-batch}</td><td>one item of each of the block's B users with items, drawn uniformly. q_j is the
 * mean of [j in P_u]/n_u over <em>all</em> users with items: blocks are random sets of users, and in expectation over blocks the estimate is
 * unbiased for every item with interactions. (The mean over the block's own users would reach only
 * their items.) Items without interactions are never drawn.</td></tr>
 * <tr><td>{@code mixed:M}</td><td>(B in-batch_j + M/#I)/(B + M), draws B + M (Yang et al. 2020): every item can be
 * drawn</td></tr>
 * </table>
 */
public final class CandidateSampler {

    private final CandidateSpec spec;
    private final Interactions train;
    private final boolean importance;
    private final @Nullable AliasTable popularity;

    /** The items that can be drawn, ascending; null for all. */
    private final int @Nullable [] pool;

    /** q_j of one popularity or in-batch draw; null for the other kinds. */
    private final double @Nullable [] chance;

    private CandidateSampler(CandidateSpec spec, Interactions train, boolean importance, int @Nullable [] pool) {
        this.spec = spec;
        this.train = train;
        this.importance = importance;
        this.pool = pool;
        this.chance = switch (spec.kind()) {
            case ALL, UNIFORM -> null;
            case POPULARITY -> popularity(train.itemCounts(), spec.alpha(), pool);
            case IN_BATCH, MIXED -> inBatch(train);
        };
        double[] drawn = spec.kind() == CandidateSpec.Kind.POPULARITY ? chance : null;
        this.popularity = drawn == null
                ? null
                : new AliasTable(
                        pool == null
                                ? drawn
                                : Arrays.stream(pool).mapToDouble(i -> drawn[i]).toArray());
    }

    /**
     * @param candidates the setting, see {@link CandidateSpec#parse}
     * @param train interactions of the users
     * @param importance whether candidates are weighted by 1/(#I q_j); otherwise each draw counts 1
     * @throws org.mineral.config.InputException if the setting cannot be read
     */
    public static CandidateSampler of(String candidates, Interactions train, boolean importance) {
        return of(CandidateSpec.parse(candidates), train, importance);
    }

    public static CandidateSampler of(CandidateSpec spec, Interactions train, boolean importance) {
        return new CandidateSampler(spec, train, importance, null);
    }

    /** The same for a catalogue of the items with interactions alone: no other is drawn. */
    public CandidateSampler ofTrained() {
        return ofTrained(train.itemCounts());
    }

    /**
     * As above where the interactions are those of some of the users.
     *
     * @param counts by item: the number of its interactions with all users
     */
    public CandidateSampler ofTrained(int[] counts) {
        int[] trained =
                IntStream.range(0, counts.length).filter(i -> counts[i] > 0).toArray();
        return trained.length == counts.length ? this : new CandidateSampler(spec, train, importance, trained);
    }

    /** #I, the number of items that can be drawn. */
    private int items() {
        return pool == null ? train.items() : pool.length;
    }

    public CandidateSpec spec() {
        return spec;
    }

    /** Whether every block sees the whole catalogue. */
    public boolean exact() {
        return spec.kind() == CandidateSpec.Kind.ALL && pool == null;
    }

    /** An upper bound on the number of distinct items of one block, for buffers and the plan. */
    public int capacity(int blockSize) {
        long draws = switch (spec.kind()) {
            case ALL -> items();
            case UNIFORM, POPULARITY -> spec.draws();
            case IN_BATCH -> blockSize;
            case MIXED -> (long) blockSize + spec.draws();
        };
        return (int) Math.min(train.items(), draws);
    }

    /** The candidates of the block {@code users}. */
    public Candidates draw(int[] users, long seed, long step) {
        return draw(users, 0, users.length, seed, step);
    }

    /** The candidates of the block {@code users[from]} to {@code users[to - 1]}. */
    public Candidates draw(int[] users, int from, int to, long seed, long step) {
        SplittableRandom random = Streams.ofStep(seed, step);
        return switch (spec.kind()) {
            case ALL -> pool == null ? Candidates.all(train.items()) : new Candidates(pool, null, pool.length);
            case UNIFORM, POPULARITY -> weigh(draws(random), 0);
            case IN_BATCH -> {
                int[] batch = positives(users, from, to, random, 0);
                yield weigh(batch, batch.length);
            }
            case MIXED -> {
                int[] both = positives(users, from, to, random, spec.draws());
                int batch = both.length - spec.draws();
                fill(both, batch, random);
                yield weigh(both, batch);
            }
        };
    }

    private int[] draws(SplittableRandom random) {
        int[] items = new int[spec.draws()];
        fill(items, 0, random);
        return items;
    }

    private void fill(int[] items, int from, SplittableRandom random) {
        for (int k = from; k < items.length; k++) {
            int drawn = popularity == null ? random.nextInt(items()) : popularity.draw(random);
            items[k] = pool == null ? drawn : pool[drawn];
        }
    }

    /** One item of each user with interactions, in an array with {@code spare} more elements. */
    private int[] positives(int[] users, int from, int to, SplittableRandom random, int spare) {
        int[] items = new int[to - from + spare];
        int size = 0;
        for (int k = from; k < to; k++) {
            int count = train.count(users[k]);
            if (count > 0) {
                items[size++] = train.columns()[train.begin(users[k]) + random.nextInt(count)];
            }
        }
        return Arrays.copyOf(items, size + spare);
    }

    /** Merges draws of the same item. The first {@code batch} draws were in-batch, which determines q. */
    private Candidates weigh(int[] drawn, int batch) {
        int draws = drawn.length;
        Arrays.sort(drawn);
        int[] items = new int[draws];
        float[] relative = new float[draws];
        int size = 0;
        for (int begin = 0, end; begin < draws; begin = end) {
            int item = drawn[begin];
            for (end = begin + 1; end < draws && drawn[end] == item; end++) {}
            items[size] = item;
            relative[size++] = (float) ((end - begin) * (importance ? ratio(item, batch, draws) : 1));
        }
        return new Candidates(Arrays.copyOf(items, size), Arrays.copyOf(relative, size), draws);
    }

    /** 1 / (#I q_j). */
    private double ratio(int item, int batch, int draws) {
        if (chance == null) {
            return 1;
        }
        double own = items() * chance[item];
        return spec.kind() == CandidateSpec.Kind.MIXED ? draws / (batch * own + (draws - batch)) : 1 / own;
    }

    /** @param pool the items that are drawn, those without interactions as often as those with one; null for all */
    private static double[] popularity(int[] counts, double alpha, int @Nullable [] pool) {
        double[] q = new double[counts.length];
        IntStream drawn = pool == null ? IntStream.range(0, counts.length) : Arrays.stream(pool);
        drawn.forEach(item -> q[item] = Math.pow(Math.max(1, counts[item]), alpha));
        double total = Arrays.stream(q).sum();
        return Arrays.stream(q).map(x -> x / total).toArray();
    }

    private static double[] inBatch(Interactions train) {
        double[] q = new double[train.items()];
        int active = 0;
        for (int u = 0; u < train.users(); u++) {
            active += train.count(u) > 0 ? 1 : 0;
        }
        for (int u = 0; u < train.users(); u++) {
            for (int k = train.begin(u); k < train.end(u); k++) {
                q[train.columns()[k]] += 1.0 / train.count(u) / active;
            }
        }
        return q;
    }
}
