package org.mineral.eval;

/** Share of a user's test items found among the first K. */
public enum Recall implements Metric {

    /** hits / |test items|, the form of the NGCF and LightGCN lineage: above K test items, 1 is out of reach. */
    STANDARD,

    /** hits / min(K, |test items|): 1 is always within reach. It has a different name in results. */
    CALIBRATED;

    /** {@code Recall}, or {@code CalibratedRecall}: two definitions must not share a name. */
    @Override
    public String label() {
        return this == STANDARD ? "Recall" : "CalibratedRecall";
    }

    @Override
    public double value(boolean[] hits, int k, int relevant) {
        return (double) Metric.count(hits, k) / (this == STANDARD ? relevant : Math.min(k, relevant));
    }
}
