package org.mineral.app.serve.retrieval;

import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * Maps items to points of a sphere, so that the nearest neighbour of a query is the item with the largest dot product: with M the largest
 * length of an item's vector x, x becomes (x, sqrt(M^2 - |x|^2)) and a query q (q, 0). Source: Bachrach et al., RecSys 2014.
 *
 * <p>Uses the model's matrix and the kernels of {@code linalg}, so that the graph needs no copy of the vectors. Scores are
 * cosines c on that sphere as (1 + c) / 2.
 */
final class MipsTransform implements BuildScoreProvider {

    private final Matrix items;
    private final Kernels kernels = KernelProvider.best();
    private final float[] height;
    private final float scale;

    MipsTransform(Matrix items) {
        this.items = items;
        this.height = new float[items.rows()];
        double largest = 0;
        for (int i = 0; i < height.length; i++) {
            height[i] = kernels.dot(items.values(), items.offset(i), items.values(), items.offset(i), items.stride());
            largest = Math.max(largest, height[i]);
        }
        for (int i = 0; i < height.length; i++) {
            height[i] = (float) Math.sqrt(largest - height[i]);
        }
        this.scale = (float) (1 / Math.max(largest, Double.MIN_NORMAL));
    }

    /** The plain dot product of a padded vector with an item. */
    float product(float[] vector, int item) {
        return kernels.dot(items.values(), items.offset(item), vector, 0, items.stride());
    }

    SearchScoreProvider searchProviderFor(float[] query) {
        double squares = kernels.dot(query, 0, query, 0, query.length);
        float perUnit = (float) Math.sqrt(scale / Math.max(squares, Double.MIN_NORMAL));
        return provider(item -> score(perUnit * product(query, item)));
    }

    @Override
    public SearchScoreProvider searchProviderFor(int item) {
        return provider(other -> score(scale
                * (kernels.dot(items.values(), items.offset(item), items.values(), items.offset(other), items.stride())
                        + height[item] * height[other])));
    }

    @Override
    public SearchScoreProvider diversityProviderFor(int item) {
        return searchProviderFor(item);
    }

    @Override
    public boolean isExact() {
        return true;
    }

    private static float score(float cosine) {
        return (1 + Math.max(-1, Math.min(1, cosine))) / 2;
    }

    private static SearchScoreProvider provider(ScoreFunction.ExactScoreFunction function) {
        return new DefaultSearchScoreProvider(function);
    }

    /** The graph never asks for vectors. */
    @Override
    public VectorFloat<?> approximateCentroid() {
        throw new UnsupportedOperationException("the graph has items only");
    }

    @Override
    public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
        throw new UnsupportedOperationException("the graph has items only");
    }
}
