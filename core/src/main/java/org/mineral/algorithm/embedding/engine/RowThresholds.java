package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.linalg.Kernels;

/**
 * Each row's threshold, exactly, while its strips are in cache: the largest score b that candidates of the weight {@code count} reach. A row keeps its largest scores in a
 * heap, the least of them on top, as long as those above weigh less than the count; of a long row only few scores are above the top when their strip comes by.
 */
final class RowThresholds {

    private static final int SMALLEST = 64;

    private final double count;
    private final BlockScores cells;
    private final Kernels kernels;
    private Heap[] rows = new Heap[0];

    RowThresholds(double count, BlockScores cells, Kernels kernels) {
        this.count = count;
        this.cells = cells;
        this.kernels = kernels;
    }

    void resize(int size) {
        int old = rows.length;
        if (old < size) {
            rows = Arrays.copyOf(rows, size);
            Arrays.setAll(rows, u -> u < old ? rows[u] : new Heap());
        }
    }

    void begin(int u) {
        rows[u].size = 0;
        rows[u].total = 0;
    }

    /** One strip of row u, before its scores change. */
    void look(int u, int at, int width, ThreadScratch own) {
        Heap heap = rows[u];
        int stride = cells.stride();
        float[] scores = cells.cells;
        float floor = heap.floor();
        int found = kernels.placesAbove(scores, at, width, stride, floor, own.places);
        for (int k = 0; k < found; k++) {
            int place = own.places[k];
            float score = scores[place];
            if (score <= floor) {
                continue;
            }
            float weight = own.weights == null ? 1 : own.weights[own.offset + within(place - at, stride)];
            if (weight != 0) {
                heap.add(score, weight);
                floor = heap.floor();
            }
        }
    }

    /** The position in a strip of what is so far from its beginning. */
    private static int within(int distance, int stride) {
        return distance / stride * Kernels.PANEL + distance % stride;
    }

    /** The threshold of a row all of whose strips have been looked at; the least score where all weigh less than the count, minus infinity where there are none. */
    double value(int u) {
        return rows[u].size == 0 ? Double.NEGATIVE_INFINITY : rows[u].scores[0];
    }

    private final class Heap {

        private float[] scores = new float[SMALLEST];
        private float[] weights = new float[SMALLEST];
        private int size;
        private double total;

        /** Scores up to this cannot change the threshold. */
        float floor() {
            return total >= count ? scores[0] : SumKernel.NONE;
        }

        void add(float score, float weight) {
            total += weight;
            if (size == 0 || total - weights[0] < count) {
                rise(score, weight);
                return;
            }
            total -= weights[0];
            sink(score, weight);
            while (size > 1 && total - weights[0] >= count) {
                total -= weights[0];
                size--;
                sink(scores[size], weights[size]);
            }
        }

        /** One more, from the bottom. */
        private void rise(float score, float weight) {
            if (size == scores.length) {
                scores = Arrays.copyOf(scores, 2 * size);
                weights = Arrays.copyOf(weights, 2 * size);
            }
            int at = size++;
            for (int parent = (at - 1) >>> 1; at > 0 && scores[parent] > score; parent = (at - 1) >>> 1) {
                scores[at] = scores[parent];
                weights[at] = weights[parent];
                at = parent;
            }
            scores[at] = score;
            weights[at] = weight;
        }

        /** In place of the top. */
        private void sink(float score, float weight) {
            float[] s = scores;
            float[] w = weights;
            int at = 0;
            for (int child = 1; child < size; child = 2 * at + 1) {
                // Which of two children is less no processor can guess.
                child += child + 1 < size && s[child + 1] < s[child] ? 1 : 0;
                if (s[child] >= score) {
                    break;
                }
                s[at] = s[child];
                w[at] = w[child];
                at = child;
            }
            s[at] = score;
            w[at] = weight;
        }
    }
}
