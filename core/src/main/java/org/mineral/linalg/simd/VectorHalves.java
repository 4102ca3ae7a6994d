package org.mineral.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rotations that sum a register's lanes in one order, always: the upper half is added to the lower, until one is left,
 * {@code sum.add(sum.rearrange(BY_8))} and so on.
 *
 * <p>{@code reduceLanes(ADD)} leaves the order open, and since JDK 22 the compiled one differs from the interpreted one: the
 * same call then changes its last bits once the compiler has come to it, and with it the run that should repeat. The
 * steps are written out where they are used, because a method that takes a vector is not always inlined, and then boxes it.
 */
final class VectorHalves {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(F, 8, 1, true);
    static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(F, 4, 1, true);
    static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(F, 2, 1, true);
    static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(F, 1, 1, true);

    private VectorHalves() {}
}
