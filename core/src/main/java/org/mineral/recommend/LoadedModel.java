package org.mineral.recommend;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.model.Explainable;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.HistoryScorer;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.model.rank.TopK;

/**
 * A model with everything that requests need. Requests in flight keep their model when another replaces it. Immutable except for lazily
 * computed values and a cache of history vectors.
 */
public class LoadedModel {

    /** Most cached vectors of users with feedback after training. */
    private static final int MOST_VECTORS = 10_000;

    private final Model model;
    private final Catalogue catalogue;
    private final @Nullable Retrieval retrieval;
    private final int generation;
    private final int[] counts;
    private volatile int @Nullable [] byPopularity;
    private final @Nullable VectorModel vectors;
    private volatile @Nullable HistoryScorer histories;
    private final Map<String, Moved> moved = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Moved> eldest) {
            return size() > MOST_VECTORS;
        }
    };

    private record Moved(long version, float[] vector) {}

    /**
     * @param retrieval null for a model without vectors
     * @param generation 1 for the first model, incremented for each replacement
     */
    public LoadedModel(Model model, Catalogue catalogue, @Nullable Retrieval retrieval, int generation) {
        this.model = model;
        this.catalogue = catalogue;
        this.retrieval = retrieval;
        this.generation = generation;
        this.counts = model.trained().itemCounts();
        this.vectors = model.as(VectorModel.class).orElse(null);
    }

    /** A model with exact retrieval. */
    public static LoadedModel of(Model model, Catalogue catalogue) {
        return new LoadedModel(
                model,
                catalogue,
                model.as(VectorModel.class).map(ExactRetrieval::new).orElse(null),
                1);
    }

    public final Model model() {
        return model;
    }

    /** The model with its vectors, or null if it has none. */
    public final @Nullable VectorModel vectors() {
        return vectors;
    }

    /** The model's history scorer, or null. */
    public final @Nullable HistoryScorer histories() {
        HistoryScorer known = histories;
        if (known == null) {
            HistoryEncoder encoder = model.as(HistoryEncoder.class).orElse(null);
            known = encoder != null ? encoder : model.as(HistoryScorer.class).orElse(null);
            histories = known;
        }
        return known;
    }

    /** The model's explanations, or null. */
    public final @Nullable Explainable explainable() {
        return model.as(Explainable.class).orElse(null);
    }

    /** The vector of a history, or null if the model does not compute such vectors. */
    float @Nullable [] vector(History history) {
        return histories() instanceof HistoryEncoder encoder ? encoder.vector(history) : null;
    }

    /** The vector of a version of a user's history, cached. */
    float @Nullable [] vector(String user, long version, History history) {
        synchronized (moved) {
            Moved known = moved.get(user);
            if (known != null && known.version() == version) {
                return known.vector();
            }
        }
        float[] vector = vector(history);
        if (vector != null) {
            synchronized (moved) {
                moved.put(user, new Moved(version, vector));
            }
        }
        return vector;
    }

    public final Catalogue catalogue() {
        return catalogue;
    }

    public final @Nullable Retrieval retrieval() {
        return retrieval;
    }

    /** 1 for the first model, incremented for each replacement. */
    public final int generation() {
        return generation;
    }

    /** Training users of each item. */
    public final int[] counts() {
        return counts;
    }

    /** All items, most training users first. */
    public final int[] byPopularity() {
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
}
