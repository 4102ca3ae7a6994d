package org.mineral.algorithm.embedding.target;

import org.mineral.data.Interactions;

/** The weight of each user in the objective. */
public final class UserWeights {

    private UserWeights() {}

    /** n_u^a, scaled to mean 1 over the users that have positives; 0 for the others. */
    public static double[] of(Interactions train, double a) {
        double[] weights = new double[train.users()];
        double total = 0;
        int active = 0;
        for (int u = 0; u < weights.length; u++) {
            if (train.count(u) > 0) {
                weights[u] = Math.pow(train.count(u), a);
                total += weights[u];
                active++;
            }
        }
        for (int u = 0; u < weights.length; u++) {
            weights[u] *= active / total;
        }
        return weights;
    }
}
