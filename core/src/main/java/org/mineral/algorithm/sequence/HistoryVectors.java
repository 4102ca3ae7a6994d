package org.mineral.algorithm.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.VectorContributions;
import org.mineral.config.InputException;
import org.mineral.linalg.Matrix;
import org.mineral.model.Explainable.Contributions;
import org.mineral.model.Lookup;
import org.mineral.model.attributes.AttributeVectors;

/**
 * Vectors of histories as they are scored: a {@link HistorySum} of the last items, at unit length for cosines, with 1 in the column of the item bias
 * if there is one. Its dot product with an item's vector is the score.
 */
final class HistoryVectors {

    private final Matrix itemVectors;
    private final HistorySum sum;
    private final int positions;
    private final boolean cosine;

    /** The column of the item bias, -1 if there is none. */
    private final int bias;

    /**
     * @param itemVectors Q as it is scored, I x d
     * @throws InputException if shapes disagree, or a number of the sum's tables is not finite
     */
    HistoryVectors(Matrix itemVectors, HistorySum sum, SequenceSettings settings) {
        this.itemVectors = itemVectors;
        this.sum = sum;
        this.positions = settings.rows().positions();
        this.cosine = settings.objective().cosine();
        this.bias = settings.options().encoder().itemBias() ? itemVectors.columns() - 1 : -1;
        checkShapes(itemVectors, sum.items(), sum.weights(), HistorySum.buckets(positions));
        checkFinite(sum.items());
        checkFinite(sum.weights());
    }

    private static void checkShapes(Matrix q, Matrix p, Matrix w, int buckets) {
        int d = q.columns();
        if (p.rows() != q.rows() || p.columns() != d || w.columns() != d || w.rows() != buckets) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "item vectors of %,d x %d, context vectors of %,d x %d and positions of %d x %d; allowed: items x d twice, and %d x d.",
                    q.rows(),
                    d,
                    p.rows(),
                    p.columns(),
                    w.rows(),
                    w.columns(),
                    buckets));
        }
    }

    private static void checkFinite(Matrix table) {
        for (float value : table.values()) {
            if (!Float.isFinite(value)) {
                throw new InputException(
                        "a context vector or a weight of positions is " + value + "; allowed: finite numbers.");
            }
        }
    }

    /**
     * The vector of a history, d.
     *
     * @param items indices of its items, oldest first
     * @param weights a weight for each; null means 1
     */
    float[] of(int[] items, double @Nullable [] weights) {
        float[] vector = new float[itemVectors.stride()];
        write(items, weights, vector, 0);
        return Arrays.copyOf(vector, itemVectors.columns());
    }

    /** Writes the vector of a history over zeros, one row of a matrix with padding; returns what the sum was multiplied by. */
    float write(int[] items, double @Nullable [] weights, float[] to, int at) {
        int last = Math.min(items.length, positions);
        for (int k = 0; k < last; k++) {
            addItem(items, weights, items.length - 1 - k, to, at);
        }
        return scale(to, at);
    }

    /** The vector of a history of one item, by its context vector. */
    float[] ofOne(float[] context) {
        float[] vector = new float[itemVectors.stride()];
        for (int c = 0; c < context.length; c++) {
            vector[c] = sum.weights().get(0, c) * context[c];
        }
        scale(vector, 0);
        return Arrays.copyOf(vector, itemVectors.columns());
    }

    /** Scales a sum to unit length for cosines, and sets its coordinate of the bias; returns what it was multiplied by. */
    private float scale(float[] to, int at) {
        float scale = 1;
        if (cosine) {
            double squares = 0;
            for (int c = 0; c < itemVectors.stride(); c++) {
                squares += c == bias ? 0 : (double) to[at + c] * to[at + c];
            }
            scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
            for (int c = 0; c < itemVectors.stride(); c++) {
                to[at + c] *= scale;
            }
        }
        if (bias >= 0) {
            to[at + bias] = 1;
        }
        return scale;
    }

    private void addItem(int[] items, double @Nullable [] weights, int place, float[] to, int at) {
        float weight = weights == null ? 1 : (float) weights[place];
        sum.add(items[place], items.length - 1 - place, weight, to, at);
    }

    /** A score as a sum over the attributes of the item, the items of the history by what else the item's vector is, and the bias. */
    Contributions explain(int[] items, double @Nullable [] weights, int item, Optional<AttributeVectors> attributes) {
        Lookup.checkItem(item, itemVectors.rows());
        float[] history = new float[itemVectors.stride()];
        float scale = write(items, weights, history, 0);
        int learnt = bias < 0 ? itemVectors.columns() : bias;
        float[] other = itemVectors.row(item);
        List<Contributions.OfAttribute> ofAttributes = new ArrayList<>();
        attributes.ifPresent(
                side -> VectorContributions.takeOut(side, item, other, history, learnt, false, ofAttributes));
        double[] values = new double[items.length];
        for (int place = Math.max(0, items.length - positions); place < items.length; place++) {
            float[] part = new float[itemVectors.stride()];
            addItem(items, weights, place, part, 0);
            for (int c = 0; c < learnt; c++) {
                values[place] += (double) scale * part[c] * other[c];
            }
        }
        return new Contributions(items, values, ofAttributes, bias < 0 ? 0 : itemVectors.get(item, bias));
    }
}
