package org.mineral.loss;

/**
 * How one candidate's score s_j enters a row: the function phi that the row sums over its candidates,
 * {@code sum_j w_j phi(s_j)}. Every loss of the study but the pairwise BPR sees its candidates through that one number.
 *
 * @param kind the function
 * @param margin m of {@link Kind#HINGE}; otherwise unused
 */
public record Term(Kind kind, double margin) {

    public enum Kind {
        /** phi(s) = e^s. Rows hold the logarithm of the sum. */
        EXP,
        /** phi(s) = max(0, s - m). */
        HINGE,
        /** phi(s) = s^2. */
        SQUARE,
        /** phi(s) = log(1 + e^s). */
        SOFTPLUS
    }

    public static final Term EXP = new Term(Kind.EXP, 0);
    public static final Term SQUARE = new Term(Kind.SQUARE, 0);
    public static final Term SOFTPLUS = new Term(Kind.SOFTPLUS, 0);

    public static Term hinge(double margin) {
        return new Term(Kind.HINGE, margin);
    }

    /** phi(s). */
    public double value(double s) {
        return switch (kind) {
            case EXP -> Math.exp(s);
            case HINGE -> Math.max(0, s - margin);
            case SQUARE -> s * s;
            case SOFTPLUS -> Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
        };
    }

    /** phi'(s). */
    public double derivative(double s) {
        return switch (kind) {
            case EXP -> Math.exp(s);
            case HINGE -> s > margin ? 1 : 0;
            case SQUARE -> 2 * s;
            case SOFTPLUS -> 1 / (1 + Math.exp(-s));
        };
    }
}
