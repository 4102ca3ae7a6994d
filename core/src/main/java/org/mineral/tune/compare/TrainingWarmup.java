package org.mineral.tune.compare;

import java.util.concurrent.atomic.AtomicBoolean;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;

/**
 * Trains on a few users before the first timed training. The JVM compiles the code of a training while it runs, so the first one in a process
 * would appear slower. Does not change results.
 */
final class TrainingWarmup implements FitListener {

    /** User-item pairs of an epoch: little work, but enough for all loops to be compiled. */
    private static final long MOST_PAIRS = 2_000_000;

    private static final int LEAST_USERS = 64;
    private static final int MOST_EPOCHS = 40;
    private static final double MOST_SECONDS = 2;

    /** Warm-up ends when an epoch takes at least this share of the time of the one before. */
    private static final double SETTLED = 0.9;

    private static final int SETTLED_EPOCHS = 3;

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private double ended;
    private double lasted = Double.POSITIVE_INFINITY;
    private int settled;

    /** Does nothing after the first time in a process, or for models without epochs. */
    static void once(ComparedModel model, Dataset data, int threads) {
        if (!model.iterative() || !DONE.compareAndSet(false, true)) {
            return;
        }
        try {
            model.epochs(MOST_EPOCHS)
                    .algorithm()
                    .fit(
                            sample(data, users(data)),
                            FitContext.defaults().withThreads(threads).withListener(new TrainingWarmup()));
        } catch (DivergedException | InputException e) {
            // The training itself reports the error.
        }
    }

    private static int users(Dataset data) {
        return (int) Math.max(LEAST_USERS, MOST_PAIRS / Math.max(1, data.items().size()));
    }

    /** The first users with interactions in a part, with all of their interactions and all items. */
    static Dataset sample(Dataset data, int users) {
        Interactions train = first(data.train(), users);
        Interactions valid = first(data.valid(), users);
        Interactions none = Interactions.empty(data.users().size(), data.items().size());
        Events events = data.events();
        Dataset sample = data.withParts(train, valid, none);
        return events == null ? sample : sample.withEvents(events.of(sample.all()));
    }

    private static Interactions first(Interactions interactions, int users) {
        int end = 0;
        for (int u = 0, left = users; u < interactions.users() && left > 0; u++) {
            left -= interactions.count(u) > 0 ? 1 : 0;
            end = interactions.end(u);
        }
        int all = end;
        return interactions.select(k -> k < all);
    }

    @Override
    public boolean epoch(Epoch epoch) {
        double took = epoch.seconds() - ended;
        settled = took > SETTLED * lasted ? settled + 1 : 0;
        ended = epoch.seconds();
        lasted = took;
        return settled < SETTLED_EPOCHS && epoch.seconds() < MOST_SECONDS;
    }
}
