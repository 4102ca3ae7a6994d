package org.mineral.loss.row;

/**
 * The statistic of the candidates seen so far, in double precision. Parts of a row may be summarised apart and merged: the result is
 * that of the whole row, to rounding. Not thread-safe.
 */
public abstract sealed class RowSummary
        permits RowSummary.PhiSum,
                RowSummary.LogSumExp,
                RowSummary.SoftMean,
                RowSummary.Largest,
                RowSummary.Count,
                QuantileSummary {

    RowSummary() {}

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
    public abstract void merge(RowSummary other);

    /** The statistic T. */
    public abstract double value();

    /** dT/ds_j of a candidate that was added here or in a part, once all parts are merged. */
    public abstract double derivative(double score, double weight);

    abstract void take(double score, double weight);

    /** {@code sum_j w_j phi(s_j - b)}. */
    static final class PhiSum extends RowSummary {

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
        public void merge(RowSummary other) {
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
    static final class LogSumExp extends RowSummary {

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
        public void merge(RowSummary other) {
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

    /** {@code sum_j a_j phi(s_j)}, a a softmax. */
    static final class SoftMean extends RowSummary {

        private final Phi phi;
        private double largest = Double.NEGATIVE_INFINITY;
        private double sum;
        private double weighted;

        SoftMean(Phi phi) {
            this.phi = phi;
        }

        @Override
        void take(double score, double weight) {
            add(score, weight, weight * phi.value(score));
        }

        /** Candidates whose sums are {@code e^exponent} times these. */
        private void add(double exponent, double otherSum, double otherWeighted) {
            if (exponent > largest) {
                double scale = Math.exp(largest - exponent);
                sum = sum * scale + otherSum;
                weighted = weighted * scale + otherWeighted;
                largest = exponent;
            } else if (otherSum > 0) {
                double scale = Math.exp(exponent - largest);
                sum += otherSum * scale;
                weighted += otherWeighted * scale;
            }
        }

        @Override
        public void merge(RowSummary other) {
            SoftMean part = (SoftMean) other;
            add(part.largest, part.sum, part.weighted);
        }

        @Override
        public double value() {
            return sum > 0 ? weighted / sum : 0;
        }

        @Override
        public double derivative(double score, double weight) {
            double share = sum > 0 ? weight * Math.exp(score - largest) / sum : 0;
            return share * (phi.value(score) - value() + phi.derivative(score));
        }
    }

    /** {@code max_j s_j}. */
    static final class Largest extends RowSummary {

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
        public void merge(RowSummary other) {
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
    static final class Count extends RowSummary {

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
        public void merge(RowSummary other) {
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
}
