package org.mineral.loss;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A number that a loss needs of a row's candidates: of their scores s_j and weights w_j, in any order. A candidate of weight 0 is as if it
 * were not there. A statistic of a row that lies in several parts is found from {@link Summary summaries} of the parts.
 *
 * <p>Loss and engine meet here: a loss declares its statistics ({@link RowLoss#statistics}) and answers with its derivative with respect to each;
 * where the derivatives of the scores come from is the statistic's own matter. One {@link Sum} by itself takes the engine's fast path, which
 * never keeps a row; anything else keeps the row's scores and makes their derivatives at its end.
 */
public sealed interface RowStatistic {

    /** {@code sum_j w_j phi(s_j)}; its natural logarithm for {@link Phi#EXP}. */
    static RowStatistic sum(Phi phi) {
        return new Sum(phi);
    }

    /**
     * {@code sum_j w_j phi(s_j - b)}, b another statistic of the same row that is held constant: no derivative goes through it. Its logarithm
     * for {@link Phi#EXP}.
     *
     * @param origin b; it comes before this one among the loss's statistics
     */
    static RowStatistic sumFrom(RowStatistic origin, Phi phi) {
        return new SumFrom(origin, phi);
    }

    /** {@code max_j s_j}, of any weights; minus infinity where there are no candidates. Candidates that tie share its derivative. */
    static RowStatistic maximum() {
        return Maximum.INSTANCE;
    }

    /** {@code sum_j w_j [s_j > threshold]}. Its derivative is 0. */
    static RowStatistic countAbove(double threshold) {
        return new CountAbove(threshold);
    }

    /**
     * The largest score b that candidates of the weight {@code count} reach, {@code sum_j w_j [s_j >= b] >= count}: with weights of 1
     * the count-th largest score, the quantile at {@code 1 - count/M}. The smallest score where all weights together are less, minus infinity
     * where there are no candidates. Candidates that tie share its derivative.
     *
     * @param count above 0
     */
    static RowStatistic quantile(double count) {
        return new Quantile(count);
    }

    /**
     * Index of the statistic that the k-th one holds constant; -1 if it needs none ({@link #sumFrom}).
     *
     * @throws IllegalArgumentException if it does not come before the k-th
     */
    static int origin(List<RowStatistic> statistics, int k) {
        if (!(statistics.get(k) instanceof SumFrom shifted)) {
            return -1;
        }
        int at = statistics.subList(0, k).indexOf(shifted.origin);
        if (at < 0) {
            throw new IllegalArgumentException(
                    shifted.origin + " does not come before " + shifted + " among the statistics; put it there");
        }
        return at;
    }

    /**
     * Of no candidates yet.
     *
     * @param origin b of {@link #sumFrom}; otherwise unused
     */
    Summary summary(double origin);

    /** See {@link #sum}. */
    record Sum(Phi phi) implements RowStatistic {

        @Override
        public Summary summary(double origin) {
            return phi == Phi.EXP ? new LogSumExp(0) : new PhiSum(phi, 0);
        }
    }

    /** See {@link #sumFrom}. */
    record SumFrom(RowStatistic origin, Phi phi) implements RowStatistic {

        @Override
        public Summary summary(double at) {
            return phi == Phi.EXP ? new LogSumExp(at) : new PhiSum(phi, at);
        }
    }

    /** See {@link #maximum}. */
    enum Maximum implements RowStatistic {
        INSTANCE;

        @Override
        public Summary summary(double origin) {
            return new Largest();
        }
    }

    /** See {@link #countAbove}. */
    record CountAbove(double threshold) implements RowStatistic {

        @Override
        public Summary summary(double origin) {
            return new Count(threshold);
        }
    }

    /** See {@link #quantile}. */
    record Quantile(double count) implements RowStatistic {

        public Quantile {
            if (!(count > 0)) {
                throw new IllegalArgumentException("count = " + count + " of a quantile; it is above 0");
            }
        }

        @Override
        public Summary summary(double origin) {
            return new Levels(count);
        }
    }

    /**
     * The statistic of the candidates seen so far, in double precision. Parts of a row may be summarised apart and merged: the result is
     * that of the whole row, to rounding. Not thread-safe.
     */
    abstract sealed class Summary {

        private Summary() {}

        /** One candidate more. Nothing changes for a weight of 0. */
        public final void add(double score, double weight) {
            if (weight != 0) {
                take(score, weight);
            }
        }

        /**
         * All candidates of another part of the same row more.
         *
         * @param other of the same statistic; stays as it is
         */
        public abstract void merge(Summary other);

        /** The statistic T. */
        public abstract double value();

        /** dT/ds_j of a candidate that was added here or in a part, once all parts are merged. */
        public abstract double derivative(double score, double weight);

        abstract void take(double score, double weight);
    }

    /** {@code sum_j w_j phi(s_j - b)}. */
    final class PhiSum extends Summary {

        private final Phi phi;
        private final double origin;
        private double sum;

        PhiSum(Phi phi, double origin) {
            this.phi = phi;
            this.origin = origin;
        }

        @Override
        void take(double score, double weight) {
            sum += weight * phi.value(score - origin);
        }

        @Override
        public void merge(Summary other) {
            sum += ((PhiSum) other).sum;
        }

        @Override
        public double value() {
            return sum;
        }

        @Override
        public double derivative(double score, double weight) {
            return weight * phi.derivative(score - origin);
        }
    }

    /** {@code log sum_j w_j e^{s_j - b}}, with the largest exponent kept apart so that scores of a thousand stay finite. */
    final class LogSumExp extends Summary {

        private final double origin;
        private double largest = Double.NEGATIVE_INFINITY;
        private double sum;

        LogSumExp(double origin) {
            this.origin = origin;
        }

        @Override
        void take(double score, double weight) {
            addExponential(Math.log(weight) + score - origin, 1);
        }

        /** {@code times e^exponent} more. */
        private void addExponential(double exponent, double times) {
            if (exponent > largest) {
                sum = sum * Math.exp(largest - exponent) + times;
                largest = exponent;
            } else if (times > 0) {
                sum += times * Math.exp(exponent - largest);
            }
        }

        @Override
        public void merge(Summary other) {
            LogSumExp part = (LogSumExp) other;
            addExponential(part.largest, part.sum);
        }

        @Override
        public double value() {
            return largest + Math.log(sum);
        }

        @Override
        public double derivative(double score, double weight) {
            return weight == 0 ? 0 : Math.exp(Math.log(weight) + score - origin - value());
        }
    }

    /** {@code max_j s_j}. */
    final class Largest extends Summary {

        private double largest = Double.NEGATIVE_INFINITY;
        private long ties;

        @Override
        void take(double score, double weight) {
            take(score, 1L);
        }

        private void take(double score, long times) {
            if (score > largest) {
                largest = score;
                ties = times;
            } else if (score == largest) {
                ties += times;
            }
        }

        @Override
        public void merge(Summary other) {
            take(((Largest) other).largest, ((Largest) other).ties);
        }

        @Override
        public double value() {
            return largest;
        }

        @Override
        public double derivative(double score, double weight) {
            return weight != 0 && score == largest ? 1.0 / ties : 0;
        }
    }

    /** {@code sum_j w_j [s_j > threshold]}. */
    final class Count extends Summary {

        private final double threshold;
        private double count;

        Count(double threshold) {
            this.threshold = threshold;
        }

        @Override
        void take(double score, double weight) {
            count += score > threshold ? weight : 0;
        }

        @Override
        public void merge(Summary other) {
            count += ((Count) other).count;
        }

        @Override
        public double value() {
            return count;
        }

        @Override
        public double derivative(double score, double weight) {
            return 0;
        }
    }

    /** The largest score that candidates of a given weight reach. Holds the scores from there on, each with its weight, and forgets those below. */
    final class Levels extends Summary {

        private record Level(double weight, long candidates) {

            Level with(Level other) {
                return new Level(weight + other.weight, candidates + other.candidates);
            }
        }

        private final double count;
        private final TreeMap<Double, Level> levels = new TreeMap<>();
        private double total;
        private double lowest = Double.NEGATIVE_INFINITY;

        Levels(double count) {
            this.count = count;
        }

        @Override
        void take(double score, double weight) {
            if (total < count || score >= lowest) {
                take(score, new Level(weight, 1));
            }
        }

        private void take(double score, Level level) {
            levels.merge(score, level, Level::with);
            total += level.weight;
            double least = levels.firstEntry().getValue().weight;
            while (total - least >= count) {
                levels.pollFirstEntry();
                total -= least;
                least = levels.firstEntry().getValue().weight;
            }
            lowest = levels.firstKey();
        }

        @Override
        public void merge(Summary other) {
            for (Map.Entry<Double, Level> entry :
                    ((Levels) other).levels.descendingMap().entrySet()) {
                take(entry.getKey(), entry.getValue());
            }
        }

        @Override
        public double value() {
            return lowest;
        }

        @Override
        public double derivative(double score, double weight) {
            return weight != 0 && score == lowest ? 1.0 / levels.firstEntry().getValue().candidates : 0;
        }
    }
}
