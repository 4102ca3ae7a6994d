package org.mineral.app.serve.retrieval;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mineral.linalg.Matrix;
import org.mineral.model.VectorModel;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.TopK;
import org.mineral.recommend.Retrieval;

/** A search among a model's items, with further ones, and ones whose vectors are others than the search knows: these are scored one by one. */
public final class AppendedRetrieval implements Retrieval {

    private final Retrieval base;
    private final VectorModel model;
    private final int first;

    /** Of the first items those whose vectors have changed, ascending. */
    private final int[] changed;

    /**
     * @param base among the first items
     * @param searched the model whose items base knows
     * @param model of all items
     */
    public AppendedRetrieval(Retrieval base, VectorModel searched, VectorModel model) {
        this.base = base;
        this.model = model;
        this.first = searched.items().size();
        Matrix before = searched.itemVectors();
        Matrix after = model.itemVectors();
        this.changed = IntStream.range(0, first)
                .filter(item -> !Arrays.equals(before.row(item), after.row(item)))
                .toArray();
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
        IntStream known = Arrays.stream(excluded, 0, split < 0 ? -split - 1 : split);
        Ranking old = base.best(
                vector,
                k,
                changed.length == 0
                        ? known.toArray()
                        : IntStream.concat(known, Arrays.stream(changed))
                                .sorted()
                                .distinct()
                                .toArray());
        TopK best = new TopK(Math.min(k, model.items().size()));
        for (int r = 0; r < old.items().length; r++) {
            best.offer(old.items()[r], old.scores()[r]);
        }
        for (int item : changed) {
            offer(best, vector, item, excluded);
        }
        for (int item = first; item < model.items().size(); item++) {
            offer(best, vector, item, excluded);
        }
        return best.ranking();
    }

    private void offer(TopK best, float[] vector, int item, int[] excluded) {
        if (Arrays.binarySearch(excluded, item) < 0 && model.population().hasItem(item)) {
            Matrix vectors = model.itemVectors();
            float score = model.kernels().dot(vector, 0, vectors.values(), vectors.offset(item), vectors.columns());
            best.offer(item, score);
        }
    }
}
