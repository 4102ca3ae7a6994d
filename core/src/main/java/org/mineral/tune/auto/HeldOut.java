package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;

/**
 * What settings are measured on: data whose validation part judges, several divisions of them where users are few, a sample of the
 * users where they are many. All items stay.
 *
 * @param parts the same users and items in each
 * @param name what the validation part is: {@code valid}, the data's own, or as {@link HoldOut} is written
 */
record HeldOut(List<Dataset> parts, String name) {

    static final String OWN = "valid";

    /** Divisions at random of data of few users. */
    static final int REPEATS = 3;

    private static final double TENTH = 0.1;

    /** @param repeats how often something is held out at random */
    static HeldOut of(Dataset data, double share, int repeats, long seed) {
        if (data.valid().size() > 0) {
            return new HeldOut(List.of(sampled(data, share, seed)), OWN);
        }
        HoldOut tenth = new HoldOut(TENTH, order(data));
        int divisions = tenth.order() == HoldOut.Order.RANDOM ? repeats : 1;
        List<Dataset> parts = new ArrayList<>();
        for (int k = 0; k < divisions; k++) {
            parts.add(sampled(data.holdOut(tenth, seed + k), share, seed));
        }
        return new HeldOut(List.copyOf(parts), tenth.toString());
    }

    /** The last ones where there are times: what is asked of a model then is what comes next. */
    private static HoldOut.Order order(Dataset data) {
        Events events = data.events();
        return events != null && events.timestamps() != null ? HoldOut.Order.LAST : HoldOut.Order.RANDOM;
    }

    private static Dataset sampled(Dataset data, double share, long seed) {
        Interactions none = Interactions.empty(data.users().size(), data.items().size());
        BitSet users = new BitSet();
        SplittableRandom random = new SplittableRandom(seed);
        for (int user = 0; user < none.users(); user++) {
            users.set(user, random.nextDouble() < share);
        }
        return new Dataset(
                data.name(),
                data.users(),
                data.items(),
                of(data.train(), users),
                of(data.valid(), users),
                none,
                data.events(),
                data.report());
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
