package org.mineral.loss.row;

/** sim(u, i), the similarity of two embeddings. */
public enum Similarity {
    /** Cosine of the angle, in [-1, 1]. */
    COSINE,
    /** Dot product, unbounded. */
    DOT
}
