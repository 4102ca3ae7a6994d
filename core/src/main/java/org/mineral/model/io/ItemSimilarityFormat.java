package org.mineral.model.io;

import java.io.IOException;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.similarity.ItemWeights;

/**
 * Item-to-item weights by rows: {@code weights.offsets} (I64, items + 1), {@code weights.items} (I32, the columns) and
 * {@code weights.values} (F32).
 */
@Internal
public final class ItemSimilarityFormat implements ModelFormat<ItemSimilarityModel> {

    private static final String OFFSETS = "weights.offsets";
    private static final String COLUMNS = "weights.items";
    private static final String VALUES = "weights.values";

    @Override
    public String name() {
        return ItemSimilarityModel.NAME;
    }

    @Override
    public Class<ItemSimilarityModel> type() {
        return ItemSimilarityModel.class;
    }

    @Override
    public void write(ItemSimilarityModel model, SafetensorsWriter to) {
        ItemWeights weights = model.weights();
        to.addLongs(OFFSETS, weights.offsets())
                .addInts(COLUMNS, weights.columns())
                .addFloats(VALUES, weights.values());
    }

    @Override
    public Map<String, Object> shape(ItemSimilarityModel model) {
        return Map.of("weights", model.weights().size());
    }

    @Override
    public ItemSimilarityModel read(Stored stored, SafetensorsReader from) throws IOException {
        int[] offsets = from.longs(OFFSETS);
        int[] columns = from.ints(COLUMNS);
        float[] values = new float[columns.length];
        from.floats(VALUES, values);
        ItemWeights weights;
        try {
            weights = new ItemWeights(stored.items().size(), offsets, columns, values);
        } catch (InputException e) {
            throw new InputException(stored.file() + " is damaged: " + e.getMessage() + " Copy the model again.", e);
        }
        return new ItemSimilarityModel(
                        weights, stored.users(), stored.items(), stored.trained(), stored.known(), stored.info())
                .withAttributes(stored.itemAttributes());
    }
}
