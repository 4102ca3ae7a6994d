package org.mineral.algorithm.embedding.target;

import java.io.Serializable;
import java.util.Arrays;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * A temperature computed from the data ({@code temperature_rule=closed-form}):
 * {@code 1/t = [log(|U| |I|) - log nnz + log 1/2] / (mean cosine of the training pairs - mean cosine of all pairs)}, the global
 * temperature of Adap-tau (Chen et al. 2023, arXiv 2302.04775), here of the spectral start's cosines.
 */
public final class TemperatureRule {

    private static final double LEAST = 0.02;
    private static final double MOST = 1;

    private TemperatureRule() {}

    /** @throws InputException if there is no spectral start */
    public static void check(TrainOptions options) {
        if (readsStart(options) && options.run().start() != TrainOptions.Start.SPECTRAL) {
            throw new InputException(
                    "temperature_rule=closed-form reads the cosines of the spectral start; a random one"
                            + " has none. Leave start at spectral, or give a temperature.");
        }
    }

    /** Whether the rule is set, so that a start is needed even if a checkpoint replaces its values. */
    public static boolean readsStart(TrainOptions options) {
        return options.objective().temperatureRule() == TrainOptions.TemperatureRule.CLOSED_FORM;
    }

    /** The options with this temperature, if the rule is set and the objective has a temperature. */
    public static TrainOptions filledIn(TrainOptions options, Objective objective, Interactions train, Matrix[] start) {
        return applies(options, objective)
                ? options.withTemperature(temperature(train, start[0], start[1], KernelProvider.scalar()))
                : options;
    }

    /** Whether the rule is set, and the objective has a temperature. */
    public static boolean applies(TrainOptions options, Objective objective) {
        return readsStart(options) && objective.cosine() && objective.tempered();
    }

    /**
     * t, clamped to [0.02, 1]. Only the directions of rows are used.
     *
     * @param kernels scalar ones give the same bits however often they ran before
     */
    static double temperature(Interactions train, Matrix users, Matrix items, Kernels kernels) {
        return temperature(Cosines.of(train, users, items, kernels), train.users(), train.size(), items, kernels);
    }

    /**
     * The same where the users' part is summed already.
     *
     * @param cosines over all users
     * @param users their number
     * @param interactions their number
     */
    public static double temperature(Cosines cosines, long users, long interactions, Matrix items, Kernels kernels) {
        double[] itemSum = sum(items, inverseNorms(items, kernels));
        double all = 0;
        for (int k = 0; k < itemSum.length; k++) {
            all += cosines.users[k] * itemSum[k];
        }
        double cells = (double) users * items.rows();
        double t = (cosines.pairs / interactions - all / cells) / Math.log(cells / interactions / 2);
        return t > 0 ? Math.min(MOST, Math.max(LEAST, t)) : MOST;
    }

    /**
     * What the rule needs of users' directions, added up.
     *
     * @param pairs sum of the cosines of the training pairs
     * @param users sum of the users' unit vectors
     */
    public record Cosines(double pairs, double[] users) implements Serializable {

        /** Of these users. */
        public static Cosines of(Interactions train, Matrix users, Matrix items, Kernels kernels) {
            double[] perUser = inverseNorms(users, kernels);
            double[] perItem = inverseNorms(items, kernels);
            float[] u = users.values();
            float[] q = items.values();
            double pairs = 0;
            for (int user = 0; user < perUser.length; user++) {
                for (int k = train.begin(user); k < train.end(user); k++) {
                    int item = train.columns()[k];
                    float dot = kernels.dot(u, users.offset(user), q, items.offset(item), users.stride());
                    pairs += dot * perUser[user] * perItem[item];
                }
            }
            return new Cosines(pairs, sum(users, perUser));
        }

        /** Of both groups of users. */
        public Cosines plus(Cosines other) {
            double[] sum = users.clone();
            Arrays.setAll(sum, k -> sum[k] + other.users[k]);
            return new Cosines(pairs + other.pairs, sum);
        }
    }

    /** 1/|e|; 0 for a row of zeros. */
    private static double[] inverseNorms(Matrix a, Kernels kernels) {
        double[] inverse = new double[a.rows()];
        for (int r = 0; r < inverse.length; r++) {
            double square = kernels.dot(a.values(), a.offset(r), a.values(), a.offset(r), a.stride());
            inverse[r] = square == 0 ? 0 : 1 / Math.sqrt(square);
        }
        return inverse;
    }

    private static double[] sum(Matrix a, double[] weights) {
        double[] sum = new double[a.columns()];
        for (int r = 0; r < weights.length; r++) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += weights[r] * a.get(r, k);
            }
        }
        return sum;
    }
}
