package org.mineral.app.serve;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.mineral.data.Interactions;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.similarity.ItemWeights;

/** A model of item-to-item weights: in how many histories two items are together, over the root of the product of their counts. */
public final class ItemWeightsFixture {

    private ItemWeightsFixture() {}

    /** Of the data that another model was trained on. */
    public static ItemSimilarityModel save(Model other, Path place) {
        Interactions trained = other.trained();
        int n = trained.items();
        int[] counts = trained.itemCounts();
        float[][] together = new float[n][n];
        for (int u = 0; u < trained.users(); u++) {
            for (int i : trained.row(u)) {
                for (int j : trained.row(u)) {
                    together[i][j] += (float) (1 / Math.sqrt((double) counts[i] * counts[j]));
                }
            }
        }
        int[] offsets = new int[n + 1];
        int[] columns = new int[n * n];
        float[] values = new float[n * n];
        for (int i = 0, at = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j && together[i][j] > 0) {
                    columns[at] = j;
                    values[at++] = together[i][j];
                }
            }
            offsets[i + 1] = at;
        }
        ItemWeights weights =
                new ItemWeights(n, offsets, Arrays.copyOf(columns, offsets[n]), Arrays.copyOf(values, offsets[n]));
        ItemSimilarityModel model = new ItemSimilarityModel(
                weights,
                other.users(),
                other.items(),
                trained,
                other.known(),
                ModelInfo.of("item-knn", Map.of("neighbours", "120"), Provenance.NONE));
        model.save(place);
        return model;
    }
}
