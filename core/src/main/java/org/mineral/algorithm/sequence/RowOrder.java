package org.mineral.algorithm.sequence;

import org.mineral.random.Random64;

/** Which places of sequences are the rows of an epoch, and in which order. */
interface RowOrder {

    /** Number of rows of an epoch. */
    int perEpoch();

    /** Positions of {@link org.mineral.data.Sequences#items}; not to be changed until the next call. */
    int[] rows(Random64 random);
}
