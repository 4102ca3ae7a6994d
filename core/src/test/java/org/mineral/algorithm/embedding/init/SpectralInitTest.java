package org.mineral.algorithm.embedding.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

class SpectralInitTest {

    private static Matrix[] embeddings(Interactions train, int dimension, long seed, int threads) {
        try (Workers workers = new Workers(threads)) {
            return SpectralInit.embeddings(train, dimension, seed, workers, KernelProvider.best());
        }
    }

    /** Users of block b take items of block b, each with probability 1/2. */
    private static Interactions blocks(int users, int items, int blocks) {
        SplittableRandom random = new SplittableRandom(8);
        int[][] rows = new int[users][];
        for (int u = 0; u < users; u++) {
            int own = u % blocks;
            rows[u] = IntStream.range(0, items)
                    .filter(i -> i % blocks == own && random.nextBoolean())
                    .toArray();
        }
        return Interactions.of(items, rows);
    }

    @Test
    void blocksAreSeparated() {
        int blocks = 3;
        Interactions train = blocks(90, 60, blocks);
        Matrix[] start = embeddings(train, blocks, 5, 2);
        for (int u = 0; u < 90; u++) {
            for (int i = 0; i < 60; i++) {
                double cosine = cosine(start[0].row(u), start[1].row(i));
                if (u % blocks == i % blocks) {
                    assertThat(cosine).as("user %d, item %d of its block", u, i).isGreaterThan(0.99);
                } else {
                    assertThat(cosine).as("user %d, item %d of another", u, i).isCloseTo(0, within(0.05));
                }
            }
        }
    }

    @Test
    void theLeadingSubspacesAreThoseOfADenseDecomposition() {
        int users = 40;
        int items = 30;
        int d = 4;
        SplittableRandom random = new SplittableRandom(2);
        int[][] rows = new int[users][];
        for (int u = 0; u < users; u++) {
            int own = u % 5;
            rows[u] = IntStream.range(0, items)
                    .filter(i -> random.nextDouble() < (i % 5 == own ? 0.8 : 0.1))
                    .toArray();
        }
        Interactions train = Interactions.of(items, rows);
        int[] itemCounts = train.itemCounts();
        DMatrixRMaj dense = new DMatrixRMaj(users, items);
        for (int u = 0; u < users; u++) {
            for (int i : train.row(u)) {
                dense.set(u, i, 1 / Math.sqrt((double) train.count(u) * itemCounts[i]));
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(users, items, true, true, true);
        assertThat(svd.decompose(dense)).isTrue();
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        double[] sigma = svd.getSingularValues();
        Integer[] order = IntStream.range(0, sigma.length)
                .boxed()
                .sorted((a, b) -> Double.compare(sigma[b], sigma[a]))
                .toArray(Integer[]::new);
        Matrix[] start = embeddings(train, d, 3, 1);
        for (int k = 0; k < d; k++) {
            assertThat(Math.abs(alignment(start[0], k, u, order[k]))).isGreaterThan(0.999);
            assertThat(Math.abs(alignment(start[1], k, v, order[k]))).isGreaterThan(0.999);
            // columns have length sqrt(sigma_k), up to one common scale
            double ratio = length(start[0], k) / length(start[0], 0);
            assertThat(ratio).isCloseTo(Math.sqrt(sigma[order[k]] / sigma[order[0]]), within(1e-3));
        }
    }

    @Test
    void rowsHaveAMeanNormOfFourFifthsAndNoneIsZero() {
        int[][] rows = new int[50][];
        for (int u = 0; u < 50; u++) {
            rows[u] = u % 10 == 0 ? new int[0] : new int[] {u % 17, (3 * u + 1) % 17};
        }
        // items 17 to 19 have no user
        for (Matrix side : embeddings(Interactions.of(20, rows), 6, 1, 1)) {
            double total = 0;
            for (int r = 0; r < side.rows(); r++) {
                double norm = Math.sqrt(dot(side.row(r), side.row(r)));
                assertThat(norm).isBetween(1e-3, 20.0);
                total += norm;
            }
            assertThat(total / side.rows()).isCloseTo(0.8, within(0.15));
        }
    }

    @Test
    void moreDimensionsThanTheDataHasAreZeroColumnsNotNoise() {
        Matrix[] start = embeddings(Interactions.of(3, new int[][] {{0, 1}, {1, 2}}), 8, 1, 1);
        for (int k = 3; k < 8; k++) {
            assertThat(length(start[0], k)).isZero();
            assertThat(length(start[1], k)).isZero();
        }
        for (Matrix side : start) {
            for (float value : side.values()) {
                assertThat(Float.isFinite(value)).isTrue();
            }
        }
    }

    @Test
    void anyNumberOfThreadsAndTheSameSeedGiveTheSameBits() {
        Interactions train = PlantedFactors.DATA.train();
        Matrix[] one = embeddings(train, 16, 7, 1);
        for (int threads : new int[] {2, 5}) {
            Matrix[] several = embeddings(train, 16, 7, threads);
            assertThat(several[0].values()).isEqualTo(one[0].values());
            assertThat(several[1].values()).isEqualTo(one[1].values());
        }
        assertThat(embeddings(train, 16, 8, 1)[0].values()).isNotEqualTo(one[0].values());
    }

    private static double alignment(Matrix a, int k, DMatrixRMaj b, int column) {
        double sum = 0;
        for (int r = 0; r < a.rows(); r++) {
            sum += a.get(r, k) * b.get(r, column);
        }
        return sum / length(a, k);
    }

    private static double length(Matrix a, int k) {
        double squares = 0;
        for (int r = 0; r < a.rows(); r++) {
            squares += (double) a.get(r, k) * a.get(r, k);
        }
        return Math.sqrt(squares);
    }

    private static double cosine(float[] a, float[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }
}
