package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.linalg.Kernels;

/**
 * Each row's threshold, exactly, while its strips are in cache: the largest score b that candidates of the weight {@code count} reach. Of a long row only few scores are above
 * what is known of b when their strip comes by. Where all candidates weigh 1, these gather until they are several times as many as are wanted, and then the largest are selected;
 * where weights differ, a heap keeps the largest.
 */
final class RowThresholds {

    private final double count;
    private final BlockScores cells;
    private final Kernels kernels;
    private LargestScores[] equal = new LargestScores[0];
    private LargestWeights[] weighted = new LargestWeights[0];

    RowThresholds(double count, BlockScores cells, Kernels kernels) {
        this.count = count;
        this.cells = cells;
        this.kernels = kernels;
    }

    void resize(int size) {
        int old = equal.length;
        if (old < size) {
            equal = Arrays.copyOf(equal, size);
            weighted = Arrays.copyOf(weighted, size);
            Arrays.setAll(equal, u -> u < old ? equal[u] : new LargestScores(count, kernels));
            Arrays.setAll(weighted, u -> u < old ? weighted[u] : new LargestWeights(count));
        }
    }

    void begin(int u) {
        equal[u].clear();
        weighted[u].clear();
    }

    /** One strip of row u, before its scores change. */
    void look(int u, int at, int width, ThreadScratch own) {
        if (own.weights == null) {
            LargestScores largest = equal[u];
            int found = kernels.placesAbove(cells.cells, at, width, cells.stride(), largest.floor(), own.places);
            largest.add(cells.cells, own.places, found);
        } else {
            lookAtWeights(weighted[u], at, width, own.weights, own);
        }
    }

    private void lookAtWeights(LargestWeights largest, int at, int width, float[] weights, ThreadScratch own) {
        float[] scores = cells.cells;
        float floor = largest.floor();
        int found = kernels.placesAbove(scores, at, width, cells.stride(), floor, own.places);
        for (int k = 0; k < found; k++) {
            int place = own.places[k];
            float score = scores[place];
            if (score <= floor) {
                continue;
            }
            float weight = weights[own.offset + cells.within(place - at)];
            if (weight != 0) {
                largest.add(score, weight);
                floor = largest.floor();
            }
        }
    }

    /** The threshold of a row all of whose strips have been looked at; the least score where all weigh less than the count, minus infinity where there are none. */
    double value(int u) {
        return Math.max(equal[u].least(), weighted[u].least());
    }
}
