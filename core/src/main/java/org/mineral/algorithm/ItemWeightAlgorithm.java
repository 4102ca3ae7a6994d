package org.mineral.algorithm;

import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.similarity.ItemWeights;

/**
 * An algorithm that computes a matrix of item-to-item weights from the training interactions; see {@link ItemSimilarityModel}.
 *
 * @param <S> settings
 */
public abstract class ItemWeightAlgorithm<S extends Record> extends NonIterativeAlgorithm<S, ItemSimilarityModel> {

    protected ItemWeightAlgorithm(Class<S> settings) {
        super(settings);
    }

    /** B, items x items. The same for any number of threads. */
    protected abstract ItemWeights weights(Interactions train, S settings, Workers workers, FitContext context);

    @Override
    protected final void check(Dataset data) {
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
            weights = weights(data.train(), settings, workers, context);
        }
        context.listener().progress(1);
        return new ItemSimilarityModel(
                weights,
                data.users(),
                data.items(),
                data.train(),
                data.seen(),
                context.info(name(), describe(settings), data));
    }
}
