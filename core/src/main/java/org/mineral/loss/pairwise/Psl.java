package org.mineral.loss.pairwise;

import java.util.List;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowStatistic;

/**
 * PSL, pairwise softmax loss: {@code l(u,i) = log sum_j w_j act((c_j - c_i) / 2)^p}, c the similarity and act(d) one of 1 + d (not below 0), 1 + tanh d and 1 + atan d.
 *
 * <p>With e^d for act it were a softmax at t = 2/p; the three grow more slowly, so that a candidate far above a positive has less of the gradient. 1 + tanh d is
 * {@code 2 sg(2 d)}: that one is {@code log sum_j w_j sg(c_j - c_i)^p + p log 2}, the value of {@link org.mineral.loss.listwise.Talos} with the positive itself for a threshold. A sum for
 * every positive makes it costly, and so does a power that has no kernel, for the other two. Source: Yang et al., NeurIPS 2024, where p is 1/tau, 10 to 40.
 *
 * @param activation act
 * @param power p
 */
@LossType(
        name = "psl",
        formula = "log sum_j act((c_j - c_i) / 2)^p",
        source = "Yang et al. 2024, arXiv 2411.00163",
        temperature = 1,
        tempered = false,
        candidates = "uniform:256",
        compared = false)
public record Psl(
        @Setting(value = "tanh", doc = "act: 1 + tanh d, 1 + atan d, or 1 + d but not below 0")
        Activation activation,

        @Setting(value = "14", min = 0.01, max = 60, tune = "5:40:log", doc = "p: power of the activation")
        double power)
        implements PairedLoss {

    /** act. */
    public enum Activation {
        /** 1 + tanh d. */
        TANH,
        /** 1 + atan d. */
        ATAN,
        /** max(0, 1 + d). */
        RELU
    }

    public Psl {
        Config.check(Psl.class, activation, power);
    }

    @Override
    public Phi pairPhi() {
        return activation == Activation.TANH ? Phi.sigmoidPower(power) : new Power(activation, power);
    }

    @Override
    public List<RowStatistic> statistics() {
        return List.of();
    }

    @Override
    public double evaluate(Row row) {
        double value = activation == Activation.TANH ? power * Math.log(2) : 0;
        for (int i = 0; i < row.n; i++) {
            value += row.shares[i] * PairSums.log(row.pairSums[i]);
            row.pairGradients[i] = row.shares[i] * PairSums.slopeOfLog(row.pairSums[i]);
            row.positiveGradients[i] = 0;
        }
        return value;
    }

    /** phi(x) = act(x/2)^p. */
    private record Power(Activation activation, double p) implements Phi {

        @Override
        public double value(double x) {
            return Math.pow(act(x / 2), p);
        }

        @Override
        public double derivative(double x) {
            double d = x / 2;
            double slope = activation == Activation.RELU ? 1 : 1 / (1 + d * d);
            return act(d) == 0 ? 0 : p * Math.pow(act(d), p - 1) * slope / 2;
        }

        private double act(double d) {
            return Math.max(0, 1 + (activation == Activation.RELU ? d : Math.atan(d)));
        }
    }
}
