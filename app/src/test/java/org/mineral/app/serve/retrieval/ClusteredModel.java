package org.mineral.app.serve.retrieval;

import java.util.Random;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;

/** A made-up model for retrieval. */
final class ClusteredModel {

    static final int ITEMS = 3000;
    static final int USERS = 100;

    private ClusteredModel() {}

    /** Items of lengths from .5 to 1.5, in clusters: what is nearest is not what has the largest product. */
    static FactorModel of(int seed) {
        Random random = new Random(seed);
        int d = 20;
        Matrix centres = gaussian(random, 30, d);
        Matrix items = gaussian(random, ITEMS, d);
        for (int i = 0; i < ITEMS; i++) {
            float length = 0.5f + random.nextFloat();
            for (int k = 0; k < d; k++) {
                items.set(i, k, length * (centres.get(i % 30, k) + 0.7f * items.get(i, k)));
            }
        }
        return new FactorModel(
                gaussian(random, USERS, d),
                items,
                IdMap.numbered(USERS),
                IdMap.numbered(ITEMS),
                Interactions.empty(USERS, ITEMS),
                ModelInfo.of("mf"));
    }

    private static Matrix gaussian(Random random, int rows, int d) {
        Matrix matrix = new Matrix(rows, d);
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < d; k++) {
                matrix.set(r, k, (float) random.nextGaussian());
            }
        }
        return matrix;
    }
}
