package org.mineral.app.bench;

/** Loops that do nothing useful as fast as the machine can; what {@link Roofline} times. */
public interface RooflineLoops {

    /** Floating-point operations of one round of {@link #multiplyAdds}. */
    long operationsPerRound();

    /** So many rounds of multiply-adds between registers; returns what keeps them from being left out. */
    float multiplyAdds(int rounds, float factor);

    /** {@code a[k] *= factor} for k in [from, to), a multiple of one vector. */
    void update(float[] a, float factor, int from, int to);
}
