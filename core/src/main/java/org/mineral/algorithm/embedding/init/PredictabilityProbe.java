package org.mineral.algorithm.embedding.init;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.random.Streams;

/**
 * A cheap measure of how predictable the data are, taken before training. A tenth of the pairs is held out, and the spectral start is
 * computed from the rest; the gap is
 *
 * <pre>  mean of cos(u, i) over the pairs held out  -  mean of cos(u, j) over their users and all items  </pre>
 *
 * <p>in [-2, 2], over pairs whose user and item also occur in the rest. Near 0 the start predicts nothing; for pairs that the start has seen,
 * the gap is 0.4 even then, because it overfits them.
 */
public final class PredictabilityProbe {

    /** The dimension of the start, independent of the training, because cosines depend on it. */
    private static final int DIMENSION = 64;

    private static final int SHARE = 10;

    /** Fewest held-out pairs for a meaningful mean. */
    private static final int LEAST_PAIRS = 200;

    private final Interactions kept;
    private final Interactions held;
    private final int[] counts;
    private final Matrix users;
    private final Matrix items;
    /** Scalar kernels, for the same bits everywhere. */
    private final Kernels kernels = KernelProvider.scalar();

    private PredictabilityProbe(Interactions kept, Interactions held, Matrix[] start) {
        this.kept = kept;
        this.held = held;
        this.counts = kept.itemCounts();
        this.users = start[0].directions();
        this.items = start[1].directions();
    }

    /** The gap; 0 if there are too few pairs. */
    public static double gap(Interactions train, long seed) {
        SplittableRandom random = Streams.ofProbe(seed);
        BitSet out = new BitSet(train.size());
        for (int k = 0; k < train.size(); k++) {
            out.set(k, random.nextInt(SHARE) == 0);
        }
        if (out.cardinality() < LEAST_PAIRS) {
            return 0;
        }
        Interactions kept = train.select(k -> !out.get(k));
        int dimension = Math.max(1, Math.min(DIMENSION, Math.min(train.users(), train.items()) / 4));
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            Matrix[] start = SpectralInit.embeddings(kept, dimension, seed, workers, KernelProvider.best());
            return new PredictabilityProbe(kept, train.select(out::get), start).gap();
        }
    }

    private double gap() {
        float[] center = center();
        double sum = 0;
        int pairs = 0;
        for (int u = 0; u < held.users(); u++) {
            for (int k = held.begin(u); k < held.end(u) && kept.count(u) > 0; k++) {
                int item = held.columns()[k];
                if (counts[item] > 0) {
                    sum += dot(items.values(), items.offset(item), u) - dot(center, 0, u);
                    pairs++;
                }
            }
        }
        return pairs < LEAST_PAIRS ? 0 : sum / pairs;
    }

    /** Mean direction of the remaining items: its product with a user is the mean of the user's cosines. */
    private float[] center() {
        double[] sums = new double[items.columns()];
        int known = 0;
        for (int i = 0; i < items.rows(); i++) {
            for (int k = 0; k < sums.length && counts[i] > 0; k++) {
                sums[k] += items.get(i, k);
            }
            known += counts[i] > 0 ? 1 : 0;
        }
        float[] mean = new float[sums.length];
        for (int k = 0; k < sums.length; k++) {
            mean[k] = (float) (sums[k] / Math.max(1, known));
        }
        return mean;
    }

    private double dot(float[] vectors, int offset, int user) {
        return kernels.dot(vectors, offset, users.values(), users.offset(user), users.columns());
    }
}
