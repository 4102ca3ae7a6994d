package org.mineral.loss.row;

import java.util.Arrays;

/**
 * The largest score b that candidates of a given weight reach. Keeps the scores from b on, and drops those below whenever its arrays are full:
 * by a selection in three parts (above, equal to and below a pivot), so that n candidates take O(n) steps on average.
 */
final class QuantileSummary extends RowSummary {

    private static final int SMALLEST = 64;

    private final double count;
    private final boolean constant;
    private double[] scores = new double[SMALLEST];
    private double[] weights = new double[SMALLEST];
    private int size;

    /** b of the first {@link #settled} candidates; lower scores are not needed. */
    private double level = Double.NEGATIVE_INFINITY;

    private int settled;
    private int ties;

    /** Whether the weights of the settled candidates reach the count. */
    private boolean reached;

    /**
     * @param count the weight to be reached, above 0
     * @param constant whether its derivative is 0
     */
    QuantileSummary(double count, boolean constant) {
        this.count = count;
        this.constant = constant;
    }

    @Override
    void take(double score, double weight) {
        if (reached && score < level) {
            return;
        }
        if (size == scores.length) {
            settle();
            if (size > scores.length / 2) {
                scores = Arrays.copyOf(scores, 2 * scores.length);
                weights = Arrays.copyOf(weights, 2 * weights.length);
            }
        }
        scores[size] = score;
        weights[size] = weight;
        size++;
    }

    @Override
    public void merge(RowSummary other) {
        QuantileSummary part = (QuantileSummary) other;
        for (int k = 0; k < part.size; k++) {
            take(part.scores[k], part.weights[k]);
        }
    }

    @Override
    public double value() {
        settle();
        return level;
    }

    @Override
    public double derivative(double score, double weight) {
        settle();
        return !constant && weight != 0 && score == level ? 1.0 / ties : 0;
    }

    /** Finds b and drops what is below it. */
    private void settle() {
        if (settled == size) {
            return;
        }
        int from = 0;
        int all = size;
        int to = all;
        double above = 0;
        while (true) {
            double pivot = median(scores[from], scores[(from + to) >>> 1], scores[to - 1]);
            int larger = from;
            int smaller = to;
            double weightLarger = 0;
            double weightEqual = 0;
            for (int k = from; k < smaller; ) {
                if (scores[k] > pivot) {
                    weightLarger += weights[k];
                    swap(k++, larger++);
                } else if (scores[k] < pivot) {
                    swap(k, --smaller);
                } else {
                    weightEqual += weights[k++];
                }
            }
            if (larger > from && above + weightLarger >= count) {
                to = larger;
                continue;
            }
            above += weightLarger + weightEqual;
            if (above >= count || smaller == to) {
                level = pivot;
                ties = smaller - larger;
                size = smaller;
                settled = smaller;
                reached = above >= count || to < all;
                return;
            }
            from = smaller;
        }
    }

    private void swap(int a, int b) {
        double score = scores[a];
        scores[a] = scores[b];
        scores[b] = score;
        double weight = weights[a];
        weights[a] = weights[b];
        weights[b] = weight;
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
