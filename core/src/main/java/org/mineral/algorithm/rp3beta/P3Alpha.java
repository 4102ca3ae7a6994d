package org.mineral.algorithm.rp3beta;

import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightAlgorithm;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.algorithm.Plan;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.similarity.ItemWeights;

/** P3alpha (Cooper, Lee, Radinsky, Siantov 2014, doi 10.1145/2567948.2579244): {@link Rp3Beta} with beta = 0. */
public final class P3Alpha extends ItemWeightAlgorithm<P3Alpha.Settings> {

    /** Settings of {@link P3Alpha}. */
    public record Settings(
            @Setting(
                    value = "0.7",
                    min = 0,
                    max = 10,
                    tune = "0.3:1.5",
                    doc = "power of the probabilities of a step; below 1, steps are more alike")
            double alpha,

            @Setting(
                    value = "500",
                    min = 0,
                    max = 1e6,
                    tune = "100:3000:log:whole",
                    doc = "largest weights that are kept for each item that is scored; 0: all")
            int neighbours) {

        public Settings {
            Config.check(Settings.class, alpha, neighbours);
        }
    }

    public P3Alpha() {
        super(Settings.class);
    }

    @Override
    public String name() {
        return "p3alpha";
    }

    @Override
    public String description() {
        return "a random walk of three steps over the interactions; no epochs, no vectors";
    }

    @Override
    public String source() {
        return "Cooper et al. 2014, doi 10.1145/2567948.2579244";
    }

    @Override
    public String formula(Settings settings) {
        return "W_ij = sum_v p(v|i)^alpha p(j|v)^alpha";
    }

    @Override
    public Plan plan(Dataset data, Settings settings, FitContext context) {
        long bytes = ItemWeightRows.bytesOfCommonUsers(data.train(), settings.neighbours(), context.threads());
        return Plan.of(
                data,
                "random walk of three steps",
                ItemWeightRows.gigaflopsOfCommonUsers(data.train()),
                bytes,
                "Set fewer neighbours");
    }

    @Override
    protected ItemWeights weights(Dataset data, Settings settings, Workers workers, FitContext context) {
        Interactions train = data.train();
        return Rp3Beta.weights(
                train,
                new Rp3BetaSettings(settings.alpha(), 0, settings.neighbours(), Rp3BetaSettings.Keep.TARGET),
                workers);
    }
}
