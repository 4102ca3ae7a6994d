package org.mineral.algorithm.embedding.foldin;

import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Attributes;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;
import org.mineral.model.attributes.AttributeVectors;
import org.mineral.model.attributes.ExpectedPopularity;

/**
 * What a model has of items that nobody took in training. Those with attributes have the vectors of these and, with item biases, that of an item of the
 * popularity that they predict ({@link ExpectedPopularity}). The others have zeros, for their start would hide that nothing was learnt of them. Not
 * thread-safe.
 */
public final class UntakenItems {

    private final int[] counts;
    private final Attributes attributes;
    private final boolean biased;

    /** By item: ln n, n its users or what its attributes predict; computed when first asked for. */
    private double @Nullable [] logCounts;

    /**
     * @param counts by item: the number of its users in training
     * @param attributes that the run uses; none if it uses none
     */
    public UntakenItems(int[] counts, Attributes attributes, TrainOptions options) {
        this.counts = counts;
        this.attributes = attributes;
        this.biased = options.encoder().itemBias();
    }

    /**
     * Sets their rows.
     *
     * @param scored the items as they are scored, I x d; with biases the last column
     * @param others tables that have zeros where {@code scored} has
     */
    public void set(Matrix scored, Matrix... others) {
        if (biased && !attributes.isEmpty()) {
            BiasColumn.byCount(scored, logCounts(), counts);
        }
        for (int item = 0; item < counts.length; item++) {
            if (counts[item] == 0 && !attributes.has(item)) {
                scored.setRow(item, new float[scored.columns()]);
                for (Matrix other : others) {
                    other.setRow(item, new float[other.columns()]);
                }
            }
        }
    }

    private double[] logCounts() {
        double[] logs = logCounts;
        if (logs == null) {
            SparseMatrix x = attributes.x();
            logs = ExpectedPopularity.logCounts(counts, x, AttributeVectors.weights(x));
            logCounts = logs;
        }
        return logs;
    }
}
