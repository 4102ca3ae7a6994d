package org.mineral.loss;

/** sim(u, i): how two embeddings become one number. */
public enum Similarity {
    /** Cosine of the angle, in [-1, 1]. */
    COSINE,
    /** Dot product, unbounded. */
    DOT
}
