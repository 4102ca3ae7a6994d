package org.mineral.algorithm;

import org.mineral.data.Dataset;
import org.mineral.linalg.Workers;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.similarity.ItemWeights;

/**
 * An algorithm that computes a matrix of item-to-item weights from the training interactions, or from attributes; see {@link ItemSimilarityModel}.
 *
 * @param <S> settings
 */
public abstract class ItemWeightAlgorithm<S extends Record> extends NonIterativeAlgorithm<S, ItemSimilarityModel> {

    protected ItemWeightAlgorithm(Class<S> settings) {
        super(settings);
    }

    /** B, items x items, of the training interactions and what else is known. The same for any number of threads. */
    protected abstract ItemWeights weights(Dataset data, S settings, Workers workers, FitContext context);

    @Override
    protected void check(Dataset data) {
        FitContext.refuseNothingToLearn(data);
    }

    @Override
    public final Class<ItemSimilarityModel> modelType() {
        return ItemSimilarityModel.class;
    }

    @Override
    protected final ItemSimilarityModel make(Dataset data, S settings, FitContext context) {
        ItemWeights weights;
        try (Workers workers = new Workers(context.threads())) {
            weights = weights(data, settings, workers, context);
        }
        context.listener().progress(1);
        ItemSimilarityModel model = new ItemSimilarityModel(
                weights,
                data.users(),
                data.items(),
                data.train(),
                data.seen(),
                context.info(name(), describe(settings), data));
        return readsAttributes() ? model.withAttributes(data.itemAttributes()) : model;
    }
}
