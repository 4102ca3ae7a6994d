package org.mineral.app.serve.retrieval;

import java.util.Arrays;
import org.mineral.linalg.Matrix;
import org.mineral.model.VectorModel;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.TopK;
import org.mineral.recommend.Retrieval;

/** A search among a model's items, with further ones, which are scored one by one. */
public final class AppendedRetrieval implements Retrieval {

    private final Retrieval base;
    private final VectorModel model;
    private final int first;

    /**
     * @param base among the first items
     * @param model of all items
     * @param first the index of the first further one
     */
    public AppendedRetrieval(Retrieval base, VectorModel model, int first) {
        this.base = base;
        this.model = model;
        this.first = first;
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public double recall() {
        return base.recall();
    }

    @Override
    public Ranking best(float[] vector, int k, int[] excluded) {
        int split = Arrays.binarySearch(excluded, first);
        Ranking old = base.best(vector, k, Arrays.copyOf(excluded, split < 0 ? -split - 1 : split));
        TopK best = new TopK(Math.min(k, model.items().size()));
        for (int r = 0; r < old.items().length; r++) {
            best.offer(old.items()[r], old.scores()[r]);
        }
        Matrix vectors = model.itemVectors();
        for (int item = first; item < model.items().size(); item++) {
            if (Arrays.binarySearch(excluded, item) < 0 && model.population().hasItem(item)) {
                float score = model.kernels().dot(vector, 0, vectors.values(), vectors.offset(item), vectors.columns());
                best.offer(item, score);
            }
        }
        return best.ranking();
    }
}
