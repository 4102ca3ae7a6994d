package org.mineral.linalg;

/** Loops that do nothing useful as fast as the machine can; what {@link Roofline} times. */
public interface RooflineLoops {

    /** Floating-point operations of one round of {@link #multiplyAdds}. */
    long operationsPerRound();

    /** So many rounds of multiply-adds between registers; returns what keeps them from being left out. */
    float multiplyAdds(int rounds, float factor);

    /**
     * Sums {@code a[from, to)}, its four quarters side by side, which keeps more of memory busy than one stream does;
     * {@code to - from} is a multiple of 8 vectors.
     */
    float read(float[] a, int from, int to);

    /** {@code a[k] *= factor} for k in [from, to), a multiple of one vector. */
    void update(float[] a, float factor, int from, int to);
}
