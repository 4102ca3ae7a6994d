package org.mineral.recommend;

import org.mineral.data.Attributes;
import org.mineral.data.Interactions;
import org.mineral.model.attributes.AttributeVectors;

/** Similarity of items by their attributes: the cosine of rows weighted by {@code ln(1 + N / N_a)}, so that rare attributes say more. */
final class AttributeSimilarity {

    private AttributeSimilarity() {}

    /** By item: the cosine to one of them; 0 for items without attributes. */
    static double[] of(Attributes attributes, int item) {
        float[] weights = AttributeVectors.weights(attributes.x());
        Interactions entries = attributes.x().entries();
        float[] values = attributes.x().values();
        double[] asked = new double[attributes.columns()];
        for (int k = entries.begin(item); k < entries.end(item); k++) {
            int a = entries.columns()[k];
            asked[a] = values[k] * weights[a];
        }
        double[] cosines = new double[attributes.rows()];
        for (int row = 0; row < cosines.length; row++) {
            double product = 0;
            double square = 0;
            for (int k = entries.begin(row); k < entries.end(row); k++) {
                int a = entries.columns()[k];
                double value = values[k] * weights[a];
                product += value * asked[a];
                square += value * value;
            }
            cosines[row] = square == 0 ? 0 : product / Math.sqrt(square);
        }
        double norm = cosines[item];
        for (int row = 0; row < cosines.length && norm > 0; row++) {
            cosines[row] /= norm;
        }
        return cosines;
    }
}
