package org.mineral.app.serve.retrieval;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Builds the graph over items, with jvector. */
final class GraphBuild {

    private static final int DEGREE = 16;
    private static final int BEAM = 100;
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;

    /** Without the second pass over all edges, which doubles the time; a wider beam compensates. */
    private static final boolean REFINE = false;

    /** The settings of a graph: if they change, it is rebuilt. */
    static final String SETTINGS = String.format(
            Locale.ROOT,
            "jvector 4, degree %d, beam %d, overflow %s, alpha %s, refined %s",
            DEGREE,
            BEAM,
            OVERFLOW,
            ALPHA,
            REFINE);

    private GraphBuild() {}

    /** @param threads the edges depend on the order in which threads insert items, so graphs are not reproducible */
    static ItemGraph of(MipsTransform scores, int items, int dimension, int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try (GraphIndexBuilder builder =
                new GraphIndexBuilder(scores, dimension + 1, DEGREE, BEAM, OVERFLOW, ALPHA, true, REFINE, pool, pool)) {
            pool.submit(() -> IntStream.range(0, items)
                            .parallel()
                            .forEach(item -> builder.addGraphNode(item, scores.searchProviderFor(item))))
                    .join();
            builder.cleanup();
            return ItemGraph.of(builder.getGraph());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            pool.shutdown();
        }
    }
}
