package org.mineral.app.serve.retrieval;

import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.NodesIterator;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.util.Bits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.linalg.State;

/**
 * A finished graph in plain arrays that jvector can search: four bytes for each edge, and every edge of a file is checked. (Of jvector's two
 * formats, one loads into the much larger structure for building, and the other reads every step from a file; neither has a way to check the
 * edges.)
 */
final class ItemGraph implements ImmutableGraphIndex, ImmutableGraphIndex.View {

    private static final int MOST_LAYERS = 32;

    private final int items;
    private final int dimension;
    private final int entry;
    private final List<GraphLayer> layers;

    private ItemGraph(int items, int dimension, int entry, List<GraphLayer> layers) {
        this.items = items;
        this.dimension = dimension;
        this.entry = entry;
        this.layers = List.copyOf(layers);
    }

    /** Converts a graph that jvector built. */
    static ItemGraph of(ImmutableGraphIndex built) {
        List<GraphLayer> layers = new ArrayList<>();
        View view = built.getView();
        for (int level = 0; level <= built.getMaxLevel(); level++) {
            layers.add(GraphLayer.of(built, view, level));
        }
        return new ItemGraph(built.size(), built.getDimension(), view.entryNode().node, layers);
    }

    /**
     * Writes or reads a graph.
     *
     * @param known the graph to write; null to read one
     * @param items number of items that a valid graph has
     * @throws InputException if it is not a valid graph of this many items
     */
    static ItemGraph state(State state, @Nullable ItemGraph known, int items, int dimension) {
        int count = GraphLayer.number(state, "layers", known == null ? 0 : known.layers.size(), 1, MOST_LAYERS);
        int entry = GraphLayer.number(state, "entry", known == null ? 0 : known.entry, 0, items - 1);
        List<GraphLayer> layers = new ArrayList<>();
        for (int level = 0; level < count; level++) {
            GraphLayer layer = known == null ? null : known.layers.get(level);
            layers.add(GraphLayer.state(state.under("layer" + level), layer, items));
        }
        if (layers.get(0).size() != items || !layers.get(count - 1).contains(entry)) {
            throw new InputException("its lowest layer has " + layers.get(0).size() + " items instead of " + items
                    + ", or its highest lacks the entry item.");
        }
        return new ItemGraph(items, dimension, entry, layers);
    }

    @Override
    public void processNeighbors(
            int level, int node, ScoreFunction score, IntMarker unvisited, NeighborProcessor processor) {
        GraphLayer layer = layers.get(level);
        int row = layer.row(node);
        for (int k = layer.begin(row); k < layer.begin(row + 1); k++) {
            int other = layer.neighbour(k);
            if (unvisited.mark(other)) {
                processor.process(other, score.similarityTo(other));
            }
        }
    }

    @Override
    public NodesIterator getNeighborsIterator(int level, int node) {
        return layers.get(level).neighbours(node);
    }

    @Override
    public NodeAtLevel entryNode() {
        return new NodeAtLevel(getMaxLevel(), entry);
    }

    @Override
    public boolean contains(int level, int node) {
        return layers.get(level).contains(node);
    }

    @Override
    public Bits liveNodes() {
        return Bits.ALL;
    }

    /** Shared by all searches, because it has no state. */
    @Override
    public View getView() {
        return this;
    }

    @Override
    public NodesIterator getNodes(int level) {
        return layers.get(level).iterator();
    }

    @Override
    public int size() {
        return items;
    }

    @Override
    public int getIdUpperBound() {
        return items;
    }

    @Override
    public int size(int level) {
        return layers.get(level).size();
    }

    @Override
    public int getDimension() {
        return dimension;
    }

    @Override
    public boolean isHierarchical() {
        return layers.size() > 1;
    }

    @Override
    public int getMaxLevel() {
        return layers.size() - 1;
    }

    @Override
    public int getDegree(int level) {
        return layers.get(level).largestDegree();
    }

    @Override
    public List<Integer> maxDegrees() {
        return layers.stream().map(GraphLayer::largestDegree).toList();
    }

    @Override
    public int maxDegree() {
        return maxDegrees().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    @Override
    public double getAverageDegree(int level) {
        GraphLayer layer = layers.get(level);
        return (double) layer.begin(layer.size()) / layer.size();
    }

    @Override
    public long ramBytesUsed() {
        return layers.stream().mapToLong(GraphLayer::bytes).sum();
    }

    /** Nothing to close. */
    @Override
    public void close() {}
}
