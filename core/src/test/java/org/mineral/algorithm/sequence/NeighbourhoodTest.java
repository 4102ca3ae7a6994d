package org.mineral.algorithm.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.data.Dataset;
import org.mineral.data.Sequences;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

class NeighbourhoodTest {

    private static final Dataset DATA = SequenceData.of(80, 80, 3);
    private static final double DECAY = 0.7;

    /** K from its definition, pair by pair. */
    private static double[][] dense(Sequences sequences) {
        int n = sequences.pairs().items();
        double[][] both = new double[n][n];
        for (int u = 0; u < sequences.pairs().users(); u++) {
            int[] row = sequences.of(u);
            for (int to = 0; to < row.length; to++) {
                for (int from = 0; from < to; from++) {
                    double count = Math.pow(DECAY, to - from - 1);
                    both[row[from]][row[to]] += count;
                    both[row[to]][row[from]] += count;
                }
            }
        }
        double[] sums = new double[n];
        for (int i = 0; i < n; i++) {
            sums[i] = Arrays.stream(both[i]).sum();
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                both[i][j] /= both[i][j] == 0 ? 1 : Math.sqrt(sums[i] * sums[j]);
            }
        }
        return both;
    }

    @Test
    void aProductIsThatOfTheMatrixWrittenDown() {
        Sequences sequences = SequenceData.train(DATA);
        double[][] k = dense(sequences);
        Matrix q = SpectralInit.random(80, 19, 1, 4);
        try (Workers workers = new Workers(2)) {
            Neighbourhood near = new Neighbourhood(sequences, DECAY, workers, KernelProvider.best());
            Matrix product = near.times(q);
            for (int i = 0; i < 80; i++) {
                for (int c = 0; c < 19; c++) {
                    double sum = 0;
                    for (int j = 0; j < 80; j++) {
                        sum += k[i][j] * q.get(j, c);
                    }
                    assertThat(product.get(i, c)).isCloseTo((float) sum, within(1e-5f));
                }
            }
            assertThat(near.transposedTimes(q).values()).isEqualTo(product.values());
        }
    }

    /** Circles of 40 items do not mix but by chance: items of one circle begin nearer to each other than to those of another. */
    @Test
    void itemsThatStandNearEachOtherBeginNearEachOther() {
        Dataset data = SequenceData.of(400, 120, 5);
        try (Workers workers = new Workers(2)) {
            Neighbourhood near = new Neighbourhood(SequenceData.train(data), DECAY, workers, KernelProvider.best());
            Matrix items = SpectralInit.embeddings(near, 16, 1, workers)[1];
            double next = 0;
            double other = 0;
            for (int i = 0; i < 120; i++) {
                next += cosine(items, i, i / 40 * 40 + (i + 1) % 40) / 120;
                other += cosine(items, i, (i + 40) % 120) / 120;
            }
            assertThat(next).isGreaterThan(0.6);
            assertThat(other).isLessThan(0.2);
        }
    }

    private static double cosine(Matrix items, int a, int b) {
        double[] products = new double[3];
        for (int c = 0; c < items.columns(); c++) {
            products[0] += items.get(a, c) * items.get(b, c);
            products[1] += items.get(a, c) * items.get(a, c);
            products[2] += items.get(b, c) * items.get(b, c);
        }
        return products[0] / Math.sqrt(products[1] * products[2]);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        Sequences sequences = SequenceData.train(DATA);
        Matrix q = SpectralInit.random(80, 50, 1, 4);
        try (Workers one = new Workers(1);
                Workers three = new Workers(3)) {
            assertThat(new Neighbourhood(sequences, DECAY, three, KernelProvider.best())
                            .times(q)
                            .values())
                    .isEqualTo(new Neighbourhood(sequences, DECAY, one, KernelProvider.best())
                            .times(q)
                            .values());
        }
    }
}
