package org.mineral.eval.information;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.Population;
import org.mineral.model.VectorModel;

/**
 * Measures how much of the mutual information between users and items a model's scores capture, in nats. Every expectation is exact, over all
 * pairs and
 * the whole catalogue; nothing is sampled. Immutable.
 *
 * <p>N pairs define p(u,i) = 1/N, p(u) = n_u/N and p(i) = c_i/N: the marginals of p(u,i). With other marginals, such as a uniform p(i), the
 * bounds would not bound the mutual information. For a critic T with
 * {@code Z_u = sum_i p(i) e^T(u,i)} these are lower bounds of {@code I = E_p(u,i)[ log p(u,i) / (p(u) p(i)) ]}:
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>Barber-Agakov</td><td>E_p(u,i)[T] - E_p(u)[log Z_u]</td></tr>
 * <tr><td>Donsker-Varadhan</td><td>E_p(u,i)[T] - log E_p(u)[Z_u]</td></tr>
 * <tr><td>NWJ</td><td>E_p(u,i)[T'] + 1 - E_p(u)p(i)[e^T'], T' = T - E_p(u)[log Z_u]</td></tr>
 * <tr><td>InfoNCE</td><td>log M + E_p(u,i)[ log( e^T / (e^T + (M-1) Z_u) ) ]</td></tr>
 * </table>
 *
 * <p>NWJ &lt;= Donsker-Varadhan &lt;= Barber-Agakov &lt;= I, and InfoNCE &lt;= I, log M; the proofs are in {@code
 * docs/explanation/study.md}. A constant added to T changes none but NWJ. There the constant is the users' mean log Z_u, which makes T'
 * a log density ratio for the typical user; with log E[Z_u] instead NWJ would be Donsker-Varadhan. InfoNCE draws M - 1 negatives from p(i);
 * their expectation is taken inside the logarithm, which needs no draws and by Jensen's inequality is slightly lower.
 *
 * <p>With exclusions, p(i) becomes q(i|u), p(i) restricted to what is not excluded for u, and I becomes the divergence of
 * p(u,i) from p(u) q(i|u): the information about the pairs beyond popularity among the remaining items.
 *
 * <p>Sources: Belghazi et al. 2018, arXiv 1801.04062; Poole et al. 2019, arXiv 1905.06922.
 */
public final class Information {

    private static final String TEMPERATURE = "temperature";

    private final VectorModel model;
    private final double scale;
    private final int candidates;

    /**
     * @param pairs N
     * @param leftOut pairs that were not counted because they are excluded
     * @param unlearnt pairs that were not counted because the model has learnt nothing about their user or item
     * @param users users with pairs
     * @param candidates M of InfoNCE
     * @param information I of the empirical distribution of these pairs, an upper limit of all bounds. It includes the noise of the sample:
     *     it says how far a model could memorise the pairs, not how well it could predict
     * @param own the bounds at the model's own scale, one for each critic
     * @param best the bounds near the scale that maximises Barber-Agakov, one for each critic
     */
    public record Result(
            int pairs,
            int leftOut,
            int unlearnt,
            int users,
            int candidates,
            double information,
            List<InformationBounds> own,
            List<InformationBounds> best) {}

    private Information(VectorModel model, double scale, int candidates) {
        this.model = model;
        this.scale = scale;
        this.candidates = candidates;
    }

    /** With the scale 1/t of the model's temperature (1 if it has none) and M the size of the catalogue. */
    public static Information of(VectorModel model) {
        String temperature = model.info().config().getOrDefault(TEMPERATURE, "1");
        try {
            return new Information(model, 1, Math.max(2, model.items().size()))
                    .withScale(1 / Double.parseDouble(temperature));
        } catch (NumberFormatException e) {
            throw new InputException("the model's temperature '" + temperature + "' is not a number.", e);
        }
    }

    /** The model that is measured. */
    public VectorModel model() {
        return model;
    }

    /** b, above 0: the factor of the score within T. */
    public Information withScale(double scale) {
        if (!(scale > 0 && scale < 1e9)) {
            throw new InputException("scale = " + scale + " is out of range; allowed: above 0, below 1e9.");
        }
        return new Information(model, scale, candidates);
    }

    /** M of InfoNCE, the positive included. */
    public Information withCandidates(int candidates) {
        if (candidates < 2) {
            throw new InputException("candidates = " + candidates + " is out of range; allowed: 2 or more.");
        }
        return new Information(model, scale, candidates);
    }

    /**
     * Measures the model on pairs.
     *
     * @param pairs users x items, indexed as in the model
     * @param exclude users x items that are removed from the reference distribution and from the pairs
     * @throws InputException if no pair is left
     */
    public Result measure(Interactions pairs, Interactions exclude, Workers workers) {
        Interactions left = pairs.minus(exclude);
        Interactions counted = learnt(left);
        if (counted.size() == 0) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "there are no pairs to measure information on: of %,d pairs, %,d are excluded, and"
                            + " of the others nothing was learnt about the user or the item.",
                    pairs.size(),
                    pairs.size() - left.size()));
        }
        PairDistribution joint = new PairDistribution(counted, exclude);
        double[] best = new ScaleSearch(model, joint, workers).best(scale);
        double[] scales =
                DoubleStream.concat(DoubleStream.of(scale), Arrays.stream(best)).toArray();
        List<List<InformationBounds>> bounds =
                new InformationPass(model, joint, scales).run(joint.users, candidates, workers);
        return new Result(
                counted.size(),
                pairs.size() - left.size(),
                left.size() - counted.size(),
                joint.users.length,
                candidates,
                joint.information(),
                bounds.get(0),
                IntStream.range(0, best.length)
                        .mapToObj(c -> bounds.get(c + 1).get(c))
                        .toList());
    }

    /** Pairs whose user and item the model has learnt; other scores are meaningless. */
    private Interactions learnt(Interactions pairs) {
        Population population = model.population();
        boolean[] kept = new boolean[pairs.size()];
        boolean all = true;
        for (int u = 0; u < pairs.users(); u++) {
            for (int k = pairs.begin(u); k < pairs.end(u); k++) {
                kept[k] = population.hasUser(u) && population.hasItem(pairs.columns()[k]);
                all &= kept[k];
            }
        }
        return all ? pairs : pairs.select(k -> kept[k]);
    }
}
