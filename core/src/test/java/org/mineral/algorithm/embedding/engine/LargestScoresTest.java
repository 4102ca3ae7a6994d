package org.mineral.algorithm.embedding.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;

/** The K-th largest of rows that come strip by strip, against sorting; the heap for weights must find the same where all weigh 1. */
class LargestScoresTest {

    private static final int STRIP = 50;

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.5, 20, 64, 100, 999, 1000, 5000})
    void theLeastOfTheLargestIsThatOfTheSortedRow(double count) {
        SplittableRandom random = new SplittableRandom(7);
        for (Kernels kernels : new Kernels[] {KernelProvider.scalar(), KernelProvider.best()}) {
            LargestScores largest = new LargestScores(count, kernels);
            LargestWeights heap = new LargestWeights(count);
            for (int kind = 0; kind < 4; kind++) {
                float[] row = new float[1000];
                for (int j = 0; j < row.length; j++) {
                    row[j] = (float) random.nextDouble(-1, 1);
                    // Ties, a row that rises all the way, and masked entries.
                    row[j] = kind == 1 ? Math.round(8 * row[j]) / 8f : kind == 2 ? j : row[j];
                    row[j] = kind == 3 && j % 3 == 0 ? -1e30f : row[j];
                }
                largest.clear();
                heap.clear();
                for (int at = 0; at < row.length; at += STRIP) {
                    float floor = largest.floor();
                    int[] places = IntStream.range(at, at + STRIP)
                            .filter(j -> row[j] > floor)
                            .toArray();
                    largest.add(row, places, places.length);
                    for (int j = at; j < at + STRIP; j++) {
                        if (row[j] > heap.floor()) {
                            heap.add(row[j], 1);
                        }
                    }
                }
                float[] sorted = row.clone();
                Arrays.sort(sorted);
                int there = kind == 3 ? 666 : 1000;
                float expected = sorted[1000 - (int) Math.min(there, Math.ceil(count))];
                assertThat(largest.least()).isEqualTo(expected);
                assertThat(largest.least()).as("asked again").isEqualTo(expected);
                assertThat(heap.least()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 20})
    void aRowWithoutCandidatesHasNone(double count) {
        assertThat(new LargestScores(count, KernelProvider.best()).least()).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(new LargestWeights(count).least()).isEqualTo(Float.NEGATIVE_INFINITY);
    }
}
