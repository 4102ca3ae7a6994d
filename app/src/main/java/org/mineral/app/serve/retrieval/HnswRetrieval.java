package org.mineral.app.serve.retrieval;

import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.util.Bits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.VectorModel;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.TopK;
import org.mineral.recommend.ExactRetrieval;
import org.mineral.recommend.Retrieval;

/**
 * A hierarchical navigable small world graph over the items (Malkov and Yashunin 2018), for catalogues so large that reading
 * every vector takes too long. Approximate: its recall against the exact scan is measured on users of the model when it is
 * made, and the beam of a search is the narrowest that reaches what is wanted; see {@link SearchWidth}.
 *
 * <p>What the graph finds is scored again by the model's own dot product, so that scores and ties are those of the exact scan.
 * The scan itself answers what the graph is no good for: long lists, filters that let few items through.
 */
public final class HnswRetrieval implements Retrieval {

    /** Tells which of its own kernels it found, while ours score. Held, or its level would be forgotten. */
    private static final Logger LIBRARY = Logger.getLogger("io.github.jbellis.jvector");

    static {
        // Here, for it speaks as soon as one of its classes is touched.
        LIBRARY.setLevel(Level.SEVERE);
    }

    /** Longer lists are read off the exact scan. */
    private static final int LONGEST = 2000;

    /** Where fewer items than this share are allowed, the graph's paths run through what is not. */
    private static final double LEAST_ALLOWED = 0.1;

    /** More excluded items than this are looked up in a set of bits rather than by bisection. */
    private static final int MANY = 1000;

    private final ExactRetrieval exact;
    private final MipsTransform scores;
    private final ItemGraph graph;
    private final SearchWidth beam;
    private final int items;

    /** Items that stand in no list. */
    private final BitSet absent = new BitSet();

    private final ConcurrentLinkedQueue<GraphSearcher> idle = new ConcurrentLinkedQueue<>();

    private HnswRetrieval(VectorModel model, MipsTransform scores, ItemGraph graph, SearchWidth beam) {
        this.exact = new ExactRetrieval(model);
        this.scores = scores;
        this.graph = graph;
        this.beam = beam;
        this.items = model.items().size();
        for (int item : model.population().itemsWithout()) {
            absent.set(item);
        }
    }

    /** With a graph that was kept of this model; {@link GraphFile}. */
    static HnswRetrieval of(VectorModel model, GraphFile.Kept kept) {
        return new HnswRetrieval(model, new MipsTransform(model.itemVectors()), kept.graph(), kept.beam());
    }

    /** Builds the graph and judges it. */
    public static HnswRetrieval of(VectorModel model, int threads) {
        MipsTransform scores = new MipsTransform(model.itemVectors());
        ItemGraph graph = GraphBuild.of(scores, model.items().size(), model.dimension(), threads);
        HnswRetrieval unjudged = new HnswRetrieval(model, scores, graph, new SearchWidth(0, 0));
        try (Workers workers = new Workers(threads)) {
            SearchWidth beam = SearchWidth.narrowest(
                    model,
                    (vector, k, width) ->
                            unjudged.search(vector, k, new int[0], width).items(),
                    workers);
            return new HnswRetrieval(model, scores, graph, beam);
        }
    }

    GraphFile.Kept kept() {
        return new GraphFile.Kept(graph, beam);
    }

    @Override
    public String name() {
        return "hnsw";
    }

    @Override
    public double recall() {
        return beam.recall();
    }

    /** Items kept under way during a search. */
    int beam() {
        return beam.width();
    }

    @Override
    public Ranking best(float[] vector, int k, int[] excluded) {
        int allowed = items - excluded.length;
        int wanted = Math.min(k, allowed);
        if (wanted > LONGEST || allowed < LEAST_ALLOWED * items) {
            return exact.best(vector, k, excluded);
        }
        Ranking found = search(vector, wanted, excluded, Math.max(beam.width(), 2 * wanted));
        return found.items().length == wanted ? found : exact.best(vector, k, excluded);
    }

    private Ranking search(float[] vector, int k, int[] excluded, int width) {
        if (k == 0) {
            return new Ranking(new int[0], new float[0]);
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
            return absent.isEmpty() ? Bits.ALL : item -> !absent.get(item);
        } else if (excluded.length <= MANY) {
            return item -> !absent.get(item) && Arrays.binarySearch(excluded, item) < 0;
        }
        BitSet out = (BitSet) absent.clone();
        for (int item : excluded) {
            out.set(item);
        }
        return item -> !out.get(item);
    }
}
