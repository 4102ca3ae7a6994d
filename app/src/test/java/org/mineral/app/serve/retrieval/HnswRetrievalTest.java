package org.mineral.app.serve.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.rank.Ranking;
import org.mineral.recommend.ExactRetrieval;
import org.mineral.recommend.Retrieval;

@Tag("slow")
class HnswRetrievalTest {

    private static final int ITEMS = ClusteredModel.ITEMS;
    private static final int USERS = ClusteredModel.USERS;
    private static final FactorModel MODEL = ClusteredModel.of(3);
    private static final HnswRetrieval HNSW = HnswRetrieval.of(MODEL, 2);
    private static final ExactRetrieval EXACT = new ExactRetrieval(MODEL);

    private static double overlap(Ranking a, Ranking b) {
        long shared = Arrays.stream(a.items())
                .filter(i -> Arrays.stream(b.items()).anyMatch(j -> i == j))
                .count();
        return (double) shared / b.items().length;
    }

    @Test
    void findsNearlyAllOfTheExactBestAndReportsItsRecall() {
        assertThat(HNSW.recall()).isGreaterThan(0.95);
        assertThat(HNSW.searchWidth()).isBetween(40, 5120);
        double sum = 0;
        for (int u = 0; u < USERS; u++) {
            float[] vector = MODEL.userFactors().row(u);
            Ranking found = HNSW.best(vector, 10, new int[0]);
            assertThat(found.items()).hasSize(10).doesNotHaveDuplicates();
            sum += overlap(found, EXACT.best(vector, 10, new int[0])) / USERS;
        }
        assertThat(sum).isGreaterThan(0.9);
    }

    @Test
    void excludedItemsDoNotComeHoweverManyTheyAre() {
        for (int step : new int[] {300, 3, 2, 1}) {
            // Every step-th item is excluded; with a step of 1 all but twelve are.
            int[] excluded = IntStream.range(step == 1 ? 12 : 0, ITEMS)
                    .filter(i -> i % step == 0)
                    .toArray();
            float[] vector = MODEL.userFactors().row(7);
            Ranking found = HNSW.best(vector, 20, excluded);
            Ranking exact = EXACT.best(vector, 20, excluded);
            assertThat(found.items()).hasSameSizeAs(exact.items());
            assertThat(Arrays.stream(found.items())).noneMatch(i -> Arrays.binarySearch(excluded, i) >= 0);
            assertThat(overlap(found, exact)).isGreaterThan(0.8);
        }
    }

    @Test
    void theCatalogueEnds() {
        assertThat(HNSW.best(MODEL.userFactors().row(1), 5000, new int[0]).items())
                .hasSize(ITEMS);
    }

    /** Item 3 moves far beyond where item 4 was, item 4 to nowhere, and another item comes. */
    @Test
    void itemsWhoseVectorsChangedAreFoundWhereTheyAre() {
        Matrix items = MODEL.itemVectors().enlarged(ITEMS + 1);
        float[] long4 = MODEL.itemVectors().row(4);
        for (int k = 0; k < long4.length; k++) {
            long4[k] *= 5;
        }
        items.setRow(3, long4);
        items.setRow(4, new float[items.columns()]);
        items.setRow(ITEMS, long4);
        int[][] taken = new int[USERS][0];
        taken[0] = new int[] {3, ITEMS};
        FactorModel moved = new FactorModel(
                MODEL.userVectors(),
                items,
                MODEL.users(),
                IdMap.numbered(ITEMS + 1),
                Interactions.of(ITEMS + 1, taken),
                MODEL.info());
        Retrieval appended = new AppendedRetrieval(HNSW, MODEL, moved);
        float[] vector = MODEL.itemVectors().row(4);
        Ranking found = appended.best(vector, 20, new int[0]);
        assertThat(found.items()).contains(3, ITEMS).doesNotContain(4);
        assertThat(found.scores()[Arrays.stream(found.items()).boxed().toList().indexOf(3)])
                .isEqualTo(found.scores()[
                        Arrays.stream(found.items()).boxed().toList().indexOf(ITEMS)]);
        assertThat(appended.best(vector, 20, new int[] {3, ITEMS}).items()).doesNotContain(3, 4, ITEMS);
    }
}
