package org.mineral.app.bench;

/** The loops that {@link Roofline} times. */
public interface RooflineLoops {

    /** Floating-point operations of one round of {@link #multiplyAdds}. */
    long operationsPerRound();

    /** Runs rounds of multiply-adds between registers; returns a value against dead-code elimination. */
    float multiplyAdds(int rounds, float factor);

    /** {@code a[k] *= factor} for k in [from, to), a multiple of one vector. */
    void update(float[] a, float factor, int from, int to);
}
