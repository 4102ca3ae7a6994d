package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.random.Streams;

/**
 * What settings are measured on: data whose validation part judges, several divisions of them where users are few, a sample of the
 * users where they are many. All items stay.
 *
 * @param parts the same users and items in each
 * @param name what the validation part is: {@code valid}, the data's own, {@code time:0.1}, the latest tenth, {@code last:1}, each user's last
 *     interaction, or as {@link HoldOut} is written
 * @param elsewhere whether certain interactions were asked for, because a model will be used where popularity is another than in the training
 *     data: each user's last, or such that items count alike
 */
record HeldOut(List<Dataset> parts, String name, boolean elsewhere) {

    static final String OWN = "valid";

    /** The latest tenth of all interactions. */
    static final String LATER = "time:0.1";

    /** The last interaction of each user. */
    static final String LAST = "last:1";

    /** Divisions at random of data of few users. */
    static final int REPEATS = 3;

    private static final double TENTH = 0.1;

    /** Of a tenth, what users with earlier interactions must have of it. */
    private static final double LEAST_SHARE = 0.2;

    /**
     * @param judge what is held out, or was, where the data have a validation part; null for the latest where there are times, otherwise any
     * @param repeats how often something is held out at random
     */
    static HeldOut of(Dataset data, @Nullable HoldOut judge, double share, int repeats, long seed) {
        boolean elsewhere = judge != null && judge.order() != HoldOut.Order.RANDOM;
        if (data.valid().size() > 0) {
            return new HeldOut(List.of(sampled(data, share, seed)), OWN, elsewhere);
        }
        long[] times = judge == null ? times(data) : null;
        Dataset later = times == null ? null : later(data, times);
        if (later != null) {
            return new HeldOut(List.of(sampled(later, share, seed)), LATER, elsewhere);
        }
        HoldOut tenth =
                judge != null ? judge : new HoldOut(TENTH, times == null ? HoldOut.Order.RANDOM : HoldOut.Order.LAST);
        List<Dataset> parts = new ArrayList<>();
        for (int k = 0; k < (tenth.order() == HoldOut.Order.LAST ? 1 : repeats); k++) {
            parts.add(sampled(data.holdOut(tenth, seed + k), share, seed));
        }
        return new HeldOut(List.copyOf(parts), tenth.toString(), elsewhere);
    }

    /**
     * As {@link #of}, for a model of what comes next: where nothing is said, and there is no validation part, the last interaction of each user who
     * has others.
     *
     * @throws org.mineral.config.InputException if that is wanted and the data have no order
     */
    static HeldOut next(Dataset data, @Nullable HoldOut judge, long seed) {
        return data.valid().size() > 0 || judge != null
                ? of(data, judge, 1, 1, seed)
                : new HeldOut(List.of(lastOfEach(data)), LAST, false);
    }

    private static Dataset lastOfEach(Dataset data) {
        Interactions all = data.train();
        int[] items = Sequences.of(data.name(), all, data.events()).items();
        BitSet last = new BitSet(all.size());
        for (int user = 0; user < all.users(); user++) {
            if (all.count(user) > 1) {
                int end = all.end(user);
                last.set(Arrays.binarySearch(all.columns(), all.begin(user), end, items[end - 1]));
            }
        }
        return part(data, all.select(k -> !last.get(k)), all.select(last::get));
    }

    /** Interactions that judge a user, on average. */
    double each() {
        Interactions valid = first().valid();
        return (double) valid.size() / Math.max(1, valid.users() - valid.emptyRows());
    }

    /** Of a model's random numbers, which is that of the division too. */
    static long seed(ModelSpec spec) {
        return Long.parseLong(spec.configured().describe().getOrDefault("seed", "42"));
    }

    /** Whether the data's own validation part judges. */
    boolean own() {
        return name.equals(OWN);
    }

    /** Of the training interactions; null if they have none. */
    private static long @Nullable [] times(Dataset data) {
        Events events = data.events();
        return events == null ? null : events.of(data.train()).timestamps();
    }

    /**
     * The latest tenth of all training interactions held out: what is asked of a model then is what comes next, to whatever is in fashion by
     * then.
     *
     * @return null if too little of that is of users with earlier interactions
     */
    private static @Nullable Dataset later(Dataset data, long[] times) {
        Interactions all = data.train();
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        long moment = sorted[(int) ((1 - TENTH) * sorted.length)];
        Interactions train = all.select(k -> times[k] < moment);
        Interactions valid = all.select(k -> times[k] >= moment);
        int judged = 0;
        for (int user = 0; user < train.users(); user++) {
            judged += train.count(user) > 0 ? valid.count(user) : 0;
        }
        boolean enough = judged >= LEAST_SHARE * TENTH * all.size() && valid.size() <= 2 * TENTH * all.size();
        return enough ? part(data, train, valid) : null;
    }

    private static Dataset sampled(Dataset data, double share, long seed) {
        BitSet users = new BitSet();
        SplittableRandom random = Streams.ofUsers(seed);
        for (int user = 0; user < data.users().size(); user++) {
            users.set(user, random.nextDouble() < share);
        }
        return part(data, of(data.train(), users), of(data.valid(), users));
    }

    private static Dataset part(Dataset data, Interactions train, Interactions valid) {
        Interactions none = Interactions.empty(train.users(), train.items());
        return data.withParts(train, valid, none);
    }

    private static Interactions of(Interactions all, BitSet users) {
        BitSet kept = new BitSet(all.size());
        users.stream().forEach(user -> kept.set(all.begin(user), all.end(user)));
        return kept.cardinality() == all.size() ? all : all.select(kept::get);
    }

    Dataset first() {
        return parts.get(0);
    }
}
