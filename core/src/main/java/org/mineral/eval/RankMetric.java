package org.mineral.eval;

import java.util.Arrays;

/** The common metrics of a ranked list; r counts ranks from 1, rel_r is 1 if the item at r is a test item, else 0. */
public enum RankMetric implements Metric {

    /** sum_r rel_r / log2(r + 1), over its value for a perfect list: min(K, |test items|) hits at the top. */
    NDCG("NDCG") {
        @Override
        public double value(boolean[] hits, int k, int relevant) {
            double gain = 0;
            for (int r = 1; r <= Math.min(k, hits.length); r++) {
                gain += hits[r - 1] ? discount(r) : 0;
            }
            double ideal = 0;
            for (int r = 1; r <= Math.min(k, relevant); r++) {
                ideal += discount(r);
            }
            return gain / ideal;
        }
    },

    /** hits / K, also where the list is shorter than K. */
    PRECISION("Precision") {
        @Override
        public double value(boolean[] hits, int k, int relevant) {
            return (double) Metric.count(hits, k) / k;
        }
    },

    /** 1 if there is a hit at all. */
    HIT_RATE("HitRate") {
        @Override
        public double value(boolean[] hits, int k, int relevant) {
            return Metric.count(hits, k) > 0 ? 1 : 0;
        }
    },

    /** 1 / rank of the first hit; 0 if none is within K. */
    MRR("MRR") {
        @Override
        public double value(boolean[] hits, int k, int relevant) {
            for (int r = 1; r <= Math.min(k, hits.length); r++) {
                if (hits[r - 1]) {
                    return 1.0 / r;
                }
            }
            return 0;
        }
    },

    /** (1 / min(K, |test items|)) sum_r precision@r rel_r. */
    MAP("MAP") {
        @Override
        public double value(boolean[] hits, int k, int relevant) {
            double sum = 0;
            int found = 0;
            for (int r = 1; r <= Math.min(k, hits.length); r++) {
                if (hits[r - 1]) {
                    found++;
                    sum += (double) found / r;
                }
            }
            return sum / Math.min(k, relevant);
        }
    };

    private final String label;

    RankMetric(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    private static double discount(int rank) {
        return rank < Discounts.BY_RANK.length ? Discounts.BY_RANK[rank] : Discounts.of(rank);
    }

    /** Logarithms from a table: computing them would dominate the cost of evaluating a list. */
    private static final class Discounts {

        static final double[] BY_RANK = new double[1001];

        static {
            Arrays.setAll(BY_RANK, Discounts::of);
        }

        static double of(int rank) {
            return Math.log(2) / Math.log(rank + 1.0);
        }
    }
}
