package org.mineral.algorithm.rp3beta;

import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightAlgorithm;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.algorithm.ItemWeightRows.PairWeight;
import org.mineral.algorithm.Plan;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.similarity.ItemWeights;

/**
 * RP3beta (Paudel, Christoffel, Newell, Bernstein 2016, doi 10.1145/2955101): a random walk of three steps over the interactions, from a
 * user to one of their items i, to a user v who took it, to one of v's items j, divided by a power of j's popularity:
 *
 * <pre>{@code W_ij = n_j^-beta * sum over users v of p(v|i)^alpha p(j|v)^alpha,   W_ii = 0
 * p(v|i) = 1/n_i where v took i,   p(j|v) = 1/n_v where v took j
 * score(u, j) = sum over the items i of u of W_ij}</pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><td>n_i, n_j</td><td>number of users who took an item in training</td></tr>
 * <tr><td>n_v</td><td>number of items that a user took</td></tr>
 * <tr><td>alpha, beta</td><td>{@link Rp3BetaSettings}; beta = 0 is P3alpha (Cooper et al. 2014)</td></tr>
 * <tr><td>W</td><td>{@link ItemSimilarityModel#weights}, the {@link Rp3BetaSettings#neighbours} largest of each column, or
 *     of each row ({@link Rp3BetaSettings#keptBy})</td></tr>
 * </table>
 *
 * <p>The first step, over the user's own items, has the same probability for each of them and is left out. Sums run over users by
 * ascending index, so that they are the same for any number of threads.
 */
public final class Rp3Beta extends ItemWeightAlgorithm<Rp3BetaSettings> {

    public Rp3Beta() {
        super(Rp3BetaSettings.class);
    }

    @Override
    public String name() {
        return "rp3beta";
    }

    @Override
    public String description() {
        return "a random walk of three steps over the interactions, held back from popular items; no epochs, no vectors";
    }

    @Override
    public String source() {
        return "Paudel et al. 2016, doi 10.1145/2955101";
    }

    @Override
    public String formula(Rp3BetaSettings settings) {
        return "W_ij = n_j^-beta * sum_v p(v|i)^alpha p(j|v)^alpha";
    }

    @Override
    public Plan plan(Dataset data, Rp3BetaSettings settings, FitContext context) {
        long bytes = ItemWeightRows.bytesOfCommonUsers(data.train(), settings.neighbours(), context.threads());
        return Plan.of(
                data,
                "random walk of three steps",
                ItemWeightRows.gigaflopsOfCommonUsers(data.train()),
                bytes,
                "Set fewer neighbours");
    }

    @Override
    protected ItemWeights weights(Dataset data, Rp3BetaSettings settings, Workers workers, FitContext context) {
        Interactions train = data.train();
        return weights(train, settings, workers);
    }

    static ItemWeights weights(Interactions train, Rp3BetaSettings settings, Workers workers) {
        Interactions takers = train.transpose();
        double[] fromItem = powers(takers, -settings.alpha());
        double[] fromUser = powers(train, -settings.alpha());
        double[] popularity = powers(takers, -settings.beta());
        PairWeight walk = (i, j, common) -> fromItem[i] * popularity[j] * common;
        int kept = settings.neighbours();
        return settings.keptBy() == Rp3BetaSettings.Keep.HISTORY
                ? ItemWeightRows.ofCommonUsers(train, fromUser, kept, workers, walk)
                : ItemWeightRows.ofCommonUsers(train, fromUser, kept, workers, (j, i, common) -> walk.of(i, j, common))
                        .transpose();
    }

    /** n^exponent of each row's count; 0 for an empty row, which no step reaches. */
    private static double[] powers(Interactions rows, double exponent) {
        double[] powers = new double[rows.users()];
        for (int r = 0; r < powers.length; r++) {
            powers[r] = rows.count(r) == 0 ? 0 : Math.pow(rows.count(r), exponent);
        }
        return powers;
    }
}
