package org.mineral.recommend;

import org.mineral.linalg.Matrix;
import org.mineral.model.rank.Ranking;

/**
 * Maximal marginal relevance: one after the other, the item with the largest {@code (1 - d) r_i - d max_j cos(i, j)}, r_i the score scaled to
 * [0, 1] over the pool, j over the items chosen before. Source: Carbonell and Goldstein, SIGIR 1998, with
 * lambda = 1 - d.
 */
final class Diversity {

    private static final int LEAST_POOL = 200;
    private static final int MOST_POOL = 2000;

    private Diversity() {}

    /** Size of the pool of best items for a list of this length. */
    static int pool(int length) {
        return Math.max(length, Math.min(MOST_POOL, Math.max(LEAST_POOL, 10 * length)));
    }

    /** The first k of the pool in this order, with their scores. */
    static Ranking rerank(Ranking pool, int k, double d, Matrix factors) {
        int n = pool.items().length;
        int length = Math.min(k, n);
        double[] norms = new double[n];
        double[] nearest = new double[n];
        for (int i = 0; i < n; i++) {
            norms[i] = Math.sqrt(dot(factors, pool.items()[i], pool.items()[i]));
            nearest[i] = Double.NEGATIVE_INFINITY;
        }
        double best = n == 0 ? 0 : pool.scores()[0];
        double range = n == 0 ? 1 : Math.max(best - pool.scores()[n - 1], 1e-12);
        boolean[] taken = new boolean[n];
        int[] items = new int[length];
        float[] scores = new float[length];
        for (int r = 0; r < length; r++) {
            int next = -1;
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                double relevance = 1 - (best - pool.scores()[i]) / range;
                double value = (1 - d) * relevance - (r == 0 ? 0 : d * nearest[i]);
                if (!taken[i] && value > largest) {
                    next = i;
                    largest = value;
                }
            }
            taken[next] = true;
            items[r] = pool.items()[next];
            scores[r] = pool.scores()[next];
            for (int i = 0; i < n; i++) {
                double product = norms[i] * norms[next];
                double cosine = product == 0 ? 0 : dot(factors, pool.items()[i], items[r]) / product;
                nearest[i] = Math.max(nearest[i], cosine);
            }
        }
        return new Ranking(items, scores);
    }

    private static double dot(Matrix factors, int a, int b) {
        double sum = 0;
        float[] values = factors.values();
        for (int k = 0, i = factors.offset(a), j = factors.offset(b); k < factors.columns(); k++) {
            sum += values[i + k] * values[j + k];
        }
        return sum;
    }
}
