package org.mineral.app.serve.retrieval;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.util.Bits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.TopK;

/**
 * A hierarchical navigable small world graph over the items (Malkov and Yashunin 2018), for catalogues so large that reading
 * every vector takes too long. Approximate: its recall against the exact scan is measured on users of the model when it is
 * made, and the beam of a search is the narrowest that reaches {@value #WANTED}.
 *
 * <p>What the graph finds is scored again by the model's own dot product, so that scores and ties are those of the exact scan.
 * The scan itself answers what the graph is no good for: long lists, filters that let few items through.
 */
public final class HnswRetrieval implements Retrieval {

    /** Warns where its own SIMD code cannot run; ours scores. Held, or its level would be forgotten. */
    private static final Logger LIBRARY = Logger.getLogger("io.github.jbellis.jvector");

    private static final int DEGREE = 16;
    private static final int BUILD_BEAM = 100;
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;

    /** A second pass over all edges doubles the time; a wider beam makes up for it. */
    private static final boolean REFINE = false;

    private static final double WANTED = 0.97;
    private static final int JUDGES = 200;
    private static final int JUDGED = 20;
    private static final int[] BEAMS = {40, 80, 160, 320, 640, 1280};

    /** Longer lists are read off the exact scan. */
    private static final int LONGEST = 2000;

    /** Where fewer items than this share are allowed, the graph's paths run through what is not. */
    private static final double LEAST_ALLOWED = 0.1;

    /** More excluded items than this are looked up in a set of bits rather than by bisection. */
    private static final int MANY = 1000;

    private final ExactRetrieval exact;
    private final SphereScores scores;
    private final ImmutableGraphIndex graph;
    private final int items;
    private final ConcurrentLinkedQueue<GraphSearcher> idle = new ConcurrentLinkedQueue<>();
    private final int beam;
    private final double recall;

    private HnswRetrieval(FactorModel model, ImmutableGraphIndex graph, SphereScores scores, Workers workers) {
        this.exact = new ExactRetrieval(model);
        this.graph = graph;
        this.scores = scores;
        this.items = model.items().size();
        float[][] judges = judges(model);
        int[][] truth = new int[judges.length][];
        workers.run(
                judges.length,
                (j, worker) ->
                        truth[j] = exact.best(judges[j], JUDGED, new int[0]).items());
        int chosen = 0;
        double reached = 0;
        for (int k = 0; k < BEAMS.length && reached < WANTED; k++) {
            chosen = BEAMS[k];
            reached = recall(judges, truth, chosen);
        }
        this.beam = chosen;
        this.recall = reached;
    }

    /** @param threads that build the graph; which order they take the items in decides its edges, so no two are quite equal */
    public static HnswRetrieval of(FactorModel model, int threads) {
        LIBRARY.setLevel(Level.SEVERE);
        SphereScores scores = new SphereScores(model.itemFactors());
        ForkJoinPool pool = new ForkJoinPool(threads);
        try (GraphIndexBuilder builder = new GraphIndexBuilder(
                        scores, model.dimension() + 1, DEGREE, BUILD_BEAM, OVERFLOW, ALPHA, true, REFINE, pool, pool);
                Workers workers = new Workers(threads)) {
            pool.submit(() -> IntStream.range(0, model.items().size())
                            .parallel()
                            .forEach(item -> builder.addGraphNode(item, scores.searchProviderFor(item))))
                    .join();
            builder.cleanup();
            return new HnswRetrieval(model, builder.getGraph(), scores, workers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            pool.shutdown();
        }
    }

    @Override
    public String name() {
        return "hnsw";
    }

    @Override
    public double recall() {
        return recall;
    }

    /** Items kept under way during a search. */
    int beam() {
        return beam;
    }

    @Override
    public Model.Ranking best(float[] vector, int k, int[] excluded) {
        int allowed = items - excluded.length;
        int wanted = Math.min(k, allowed);
        if (wanted > LONGEST || allowed < LEAST_ALLOWED * items) {
            return exact.best(vector, k, excluded);
        }
        Model.Ranking found = search(vector, wanted, excluded, Math.max(beam, 2 * wanted));
        return found.items().length == wanted ? found : exact.best(vector, k, excluded);
    }

    private Model.Ranking search(float[] vector, int k, int[] excluded, int width) {
        if (k == 0) {
            return new Model.Ranking(new int[0], new float[0]);
        }
        GraphSearcher searcher = idle.poll();
        if (searcher == null) {
            searcher = new GraphSearcher(graph);
        }
        float[] query = Arrays.copyOf(vector, Matrix.pad(vector.length));
        SearchResult result = searcher.search(scores.searchProviderFor(query), width, allowing(excluded));
        idle.offer(searcher);
        TopK best = new TopK(k);
        for (SearchResult.NodeScore node : result.getNodes()) {
            best.offer(node.node, scores.product(query, node.node));
        }
        return best.ranking();
    }

    private Bits allowing(int[] excluded) {
        if (excluded.length == 0) {
            return Bits.ALL;
        } else if (excluded.length <= MANY) {
            return item -> Arrays.binarySearch(excluded, item) < 0;
        }
        BitSet out = new BitSet(items);
        for (int item : excluded) {
            out.set(item);
        }
        return item -> !out.get(item);
    }

    private double recall(float[][] judges, int[][] truth, int width) {
        double hits = 0;
        double wanted = 0;
        for (int j = 0; j < judges.length; j++) {
            int[] found = search(judges[j], truth[j].length, new int[0], width).items();
            Arrays.sort(found);
            for (int item : truth[j]) {
                hits += Arrays.binarySearch(found, item) >= 0 ? 1 : 0;
            }
            wanted += truth[j].length;
        }
        return wanted == 0 ? 1 : hits / wanted;
    }

    /** Vectors of users spread evenly over all of them. */
    private static float[][] judges(FactorModel model) {
        int users = model.users().size();
        int n = Math.min(JUDGES, users);
        float[][] judges = new float[n][];
        for (int j = 0; j < n; j++) {
            judges[j] = model.userFactors().row((int) ((long) j * users / n));
        }
        return judges;
    }
}
