package org.mineral.app.serve.service;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.retrieval.Retrieval;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.TopK;

/**
 * Everything that a request needs of one model. Requests in flight keep the one they began with when another takes its
 * place. Immutable but for what is computed when it is first asked for, and a cache of vectors, which is a function of model and
 * history.
 */
public final class Snapshot {

    /** Vectors kept of users whose history went on after training; others are computed again. */
    private static final int MOST_VECTORS = 10_000;

    private final Model model;
    private final Catalogue catalogue;
    private final @Nullable Retrieval retrieval;
    private final int generation;
    private final Instant loaded;
    private final int[] counts;
    private volatile int @Nullable [] byPopularity;
    private volatile @Nullable ItemMap map;
    private final Map<String, Moved> moved = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Moved> eldest) {
            return size() > MOST_VECTORS;
        }
    };

    private record Moved(long version, float[] vector) {}

    /** @param retrieval null for a model without vectors */
    Snapshot(Model model, Catalogue catalogue, @Nullable Retrieval retrieval, int generation, Instant loaded) {
        this.model = model;
        this.catalogue = catalogue;
        this.retrieval = retrieval;
        this.generation = generation;
        this.loaded = loaded;
        this.counts = model.trained().itemCounts();
    }

    public Model model() {
        return model;
    }

    /** The model with its vectors, or null if it has none. */
    @Nullable
    FactorModel factors() {
        return model instanceof FactorModel factors ? factors : null;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    public @Nullable Retrieval retrieval() {
        return retrieval;
    }

    /** 1 for the first model, one more for each that took its place. */
    public int generation() {
        return generation;
    }

    public Instant loaded() {
        return loaded;
    }

    /** Training users of each item. */
    int[] counts() {
        return counts;
    }

    /** All items, most training users first. */
    int[] byPopularity() {
        int[] known = byPopularity;
        if (known == null) {
            TopK order = new TopK(counts.length);
            for (int i = 0; i < counts.length; i++) {
                order.offer(i, counts[i]);
            }
            known = order.ranking().items();
            byPopularity = known;
        }
        return known;
    }

    public ItemMap map() {
        ItemMap known = map;
        if (known == null) {
            known = ItemMap.of(model, byPopularity());
            map = known;
        }
        return known;
    }

    /** The vector of a user at a version of their history, if it is known. */
    float @Nullable [] moved(String user, long version) {
        synchronized (moved) {
            Moved known = moved.get(user);
            return known != null && known.version() == version ? known.vector() : null;
        }
    }

    void keep(String user, long version, float[] vector) {
        synchronized (moved) {
            moved.put(user, new Moved(version, vector));
        }
    }
}
