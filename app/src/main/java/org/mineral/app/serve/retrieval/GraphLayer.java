package org.mineral.app.serve.retrieval;

import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.NodesIterator;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.linalg.State;

/** The edges of one layer of a graph: ascending nodes, and the offset of each node's neighbours. */
final class GraphLayer {

    /** Upper bound for valid files. */
    private static final int MOST_NEIGHBOURS = 128;

    private final int[] nodes;
    private final int[] begins;
    private final int[] neighbours;

    private GraphLayer(int[] nodes, int[] begins, int[] neighbours) {
        this.nodes = nodes;
        this.begins = begins;
        this.neighbours = neighbours;
    }

    static GraphLayer of(ImmutableGraphIndex built, ImmutableGraphIndex.View view, int level) {
        int[] nodes = toArray(built.getNodes(level));
        Arrays.sort(nodes);
        int[] begins = new int[nodes.length + 1];
        for (int row = 0; row < nodes.length; row++) {
            begins[row + 1] =
                    begins[row] + view.getNeighborsIterator(level, nodes[row]).size();
        }
        int[] neighbours = new int[begins[nodes.length]];
        for (int row = 0; row < nodes.length; row++) {
            int[] of = toArray(view.getNeighborsIterator(level, nodes[row]));
            System.arraycopy(of, 0, neighbours, begins[row], of.length);
        }
        return new GraphLayer(nodes, begins, neighbours);
    }

    private static int[] toArray(NodesIterator nodes) {
        int[] array = new int[nodes.size()];
        for (int k = 0; k < array.length; k++) {
            array[k] = nodes.nextInt();
        }
        return array;
    }

    /** Writes a layer, or reads one if {@code known} is null; allocates no more than this number of items can need. */
    static GraphLayer state(State state, @Nullable GraphLayer known, int items) {
        int size = number(state, "nodes", known == null ? 0 : known.nodes.length, 1, items);
        int most = (int) Math.min(Integer.MAX_VALUE - 8, (long) size * MOST_NEIGHBOURS);
        int edges = number(state, "edges", known == null ? 0 : known.neighbours.length, 0, most);
        GraphLayer layer = known == null ? new GraphLayer(new int[size], new int[size + 1], new int[edges]) : known;
        state.ints("nodes", layer.nodes);
        state.ints("begins", layer.begins);
        state.ints("neighbours", layer.neighbours);
        layer.check(items);
        return layer;
    }

    static int number(State state, String name, int value, int least, int most) {
        long number = state.number(name, value);
        if (number < least || number > most) {
            throw new InputException(
                    String.format(Locale.ROOT, "%s is %,d; allowed: %,d to %,d.", name, number, least, most));
        }
        return (int) number;
    }

    private void check(int items) {
        boolean good = begins[0] == 0 && begins[nodes.length] == neighbours.length;
        for (int row = 0; row < nodes.length && good; row++) {
            good = nodes[row] > (row == 0 ? -1 : nodes[row - 1])
                    && nodes[row] < items
                    && begins[row] <= begins[row + 1]
                    && begins[row + 1] <= neighbours.length;
        }
        for (int k = 0; k < neighbours.length && good; k++) {
            good = contains(neighbours[k]);
        }
        if (!good) {
            throw new InputException("its edges point outside the graph.");
        }
    }

    int size() {
        return nodes.length;
    }

    boolean contains(int node) {
        return row(node) >= 0;
    }

    /** The position of a node in this layer; in the lowest layer, which has all nodes, the node itself. */
    int row(int node) {
        return node >= 0 && node < nodes.length && nodes[node] == node ? node : Arrays.binarySearch(nodes, node);
    }

    int begin(int row) {
        return begins[row];
    }

    int neighbour(int k) {
        return neighbours[k];
    }

    NodesIterator neighbours(int node) {
        int row = row(node);
        return new NodesIterator.ArrayNodesIterator(Arrays.copyOfRange(neighbours, begins[row], begins[row + 1]));
    }

    NodesIterator iterator() {
        return new NodesIterator.ArrayNodesIterator(nodes);
    }

    int largestDegree() {
        int largest = 0;
        for (int row = 0; row < nodes.length; row++) {
            largest = Math.max(largest, begins[row + 1] - begins[row]);
        }
        return largest;
    }

    long bytes() {
        return (long) Integer.BYTES * (nodes.length + begins.length + neighbours.length);
    }
}
