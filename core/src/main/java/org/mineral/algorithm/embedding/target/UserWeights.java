package org.mineral.algorithm.embedding.target;

import org.mineral.data.Interactions;

/** The weight of each user in the objective. */
public final class UserWeights {

    private UserWeights() {}

    /** n_u^a, scaled to mean 1 over the users that have positives; 0 for the others. */
    public static double[] of(Interactions train, double a) {
        return of(train, a, train.users() - train.emptyRows(), total(train, a));
    }

    /**
     * The same for some of the users.
     *
     * @param active number of all users that have positives
     * @param total the sum of their n_u^a
     */
    public static double[] of(Interactions train, double a, long active, double total) {
        double[] weights = new double[train.users()];
        for (int u = 0; u < weights.length; u++) {
            weights[u] = train.count(u) == 0 ? 0 : Math.pow(train.count(u), a) * (active / total);
        }
        return weights;
    }

    /** The sum of n_u^a over the users that have positives. */
    public static double total(Interactions train, double a) {
        double total = 0;
        for (int u = 0; u < train.users(); u++) {
            if (train.count(u) > 0) {
                total += Math.pow(train.count(u), a);
            }
        }
        return total;
    }
}
