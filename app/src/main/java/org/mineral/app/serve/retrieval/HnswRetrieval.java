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
 * A hierarchical navigable small world graph over the items (Malkov and Yashunin 2018), for catalogues that are too large to score every
 * item. Approximate: its recall against the exact scan is measured on users of the model when it is built, and a search uses the smallest
 * width that reaches the wanted recall; see {@link SearchWidth}.
 *
 * <p>The results are scored again by the model's dot product, so that scores and ties equal those of the exact scan. Queries for which the
 * graph is unsuitable (long lists, filters that few items pass) use the scan.
 */
public final class HnswRetrieval implements Retrieval {

    /** Silenced: it reports jvector's kernels, which are not used. In a field, because a logger that is garbage-collected loses its level. */
    private static final Logger LIBRARY = Logger.getLogger("io.github.jbellis.jvector");

    static {
        // Here, because it logs when one of its classes is loaded.
        LIBRARY.setLevel(Level.SEVERE);
    }

    /** Longer lists use the exact scan. */
    private static final int LONGEST = 2000;

    /** If a smaller share of items than this is allowed, most paths of the graph lead through excluded items. */
    private static final double LEAST_ALLOWED = 0.1;

    /** More excluded items than this are looked up in a bit set instead of by binary search. */
    private static final int MANY = 1000;

    private final ExactRetrieval exact;
    private final MipsTransform scores;
    private final ItemGraph graph;
    private final SearchWidth searchWidth;
    private final int items;

    /** Items that are in no list. */
    private final BitSet absent = new BitSet();

    private final ConcurrentLinkedQueue<GraphSearcher> idle = new ConcurrentLinkedQueue<>();

    private HnswRetrieval(VectorModel model, MipsTransform scores, ItemGraph graph, SearchWidth searchWidth) {
        this.exact = new ExactRetrieval(model);
        this.scores = scores;
        this.graph = graph;
        this.searchWidth = searchWidth;
        this.items = model.items().size();
        for (int item : model.population().itemsWithout()) {
            absent.set(item);
        }
    }

    /** With the cached graph of this model; {@link GraphFile}. */
    static HnswRetrieval of(VectorModel model, GraphFile.Kept kept) {
        return new HnswRetrieval(model, new MipsTransform(model.itemVectors()), kept.graph(), kept.searchWidth());
    }

    /** Builds the graph and measures its recall. */
    public static HnswRetrieval of(VectorModel model, int threads) {
        MipsTransform scores = new MipsTransform(model.itemVectors());
        ItemGraph graph = GraphBuild.of(scores, model.items().size(), model.dimension(), threads);
        HnswRetrieval unjudged = new HnswRetrieval(model, scores, graph, new SearchWidth(0, 0));
        try (Workers workers = new Workers(threads)) {
            SearchWidth searchWidth = SearchWidth.narrowest(
                    model,
                    (vector, k, width) ->
                            unjudged.search(vector, k, new int[0], width).items(),
                    workers);
            return new HnswRetrieval(model, scores, graph, searchWidth);
        }
    }

    GraphFile.Kept kept() {
        return new GraphFile.Kept(graph, searchWidth);
    }

    @Override
    public String name() {
        return "hnsw";
    }

    @Override
    public double recall() {
        return searchWidth.recall();
    }

    /** The search width: number of candidates kept during a search. */
    int searchWidth() {
        return searchWidth.width();
    }

    @Override
    public Ranking best(float[] vector, int k, int[] excluded) {
        int allowed = items - excluded.length;
        int wanted = Math.min(k, allowed);
        if (wanted > LONGEST || allowed < LEAST_ALLOWED * items) {
            return exact.best(vector, k, excluded);
        }
        Ranking found = search(vector, wanted, excluded, Math.max(searchWidth.width(), 2 * wanted));
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
