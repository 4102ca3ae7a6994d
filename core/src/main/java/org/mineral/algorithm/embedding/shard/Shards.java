package org.mineral.algorithm.embedding.shard;

import org.mineral.algorithm.embedding.init.SpectralInit.Coordinates;
import org.mineral.algorithm.embedding.init.SpectralInit.Norms;
import org.mineral.algorithm.embedding.target.TemperatureRule.Cosines;
import org.mineral.linalg.Matrix;

/**
 * The shards of a run, wherever they are. Sums are taken in the order of the shards, so that all places give the same bits. Users never leave
 * their shard.
 */
public interface Shards {

    /** The sum of {@link ShardStart#squares}: A^T (A Q). */
    float[] squares(Matrix q);

    /** The sum of {@link ShardStart#gram}. */
    double[][] gram(Matrix q);

    /** The sum of {@link ShardStart#norms}. */
    Norms norms(Matrix q, Coordinates found);

    /** The sum of {@link ShardStart#cosines}. */
    Cosines cosines(Matrix q, Coordinates found, Norms norms, Matrix items);

    /** Lets users begin by the spectral start; from here on, the run is this one. */
    void beginSpectral(ShardRun run, Matrix q, Coordinates found, Norms norms);

    /** Lets users begin at random; from here on, the run is this one. */
    void beginRandom(ShardRun run);

    /** One meeting: the sums of what {@link UserShard#meet} returns. */
    UserShard.Stretch meet(SharedItems items);
}
