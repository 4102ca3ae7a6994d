package org.mineral.algorithm.knn;

import java.util.Optional;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightAlgorithm;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Workers;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Model;
import org.mineral.model.similarity.ItemWeights;
import org.mineral.model.similarity.RowSimilarity;

/** Nearest items by a matrix that has their attributes; it takes in items that came after training. */
abstract class AttributeKnn<S extends Record> extends ItemWeightAlgorithm<S> {

    AttributeKnn(Class<S> settings) {
        super(settings);
    }

    abstract RowSimilarity.Settings similarities(S settings);

    /**
     * The matrix whose rows are compared, a row for each item.
     *
     * @param train users x items
     * @param x items x attributes
     */
    abstract SparseMatrix rows(Interactions train, SparseMatrix x, S settings);

    @Override
    public boolean needsAttributes() {
        return true;
    }

    @Override
    public boolean offers(Class<?> capability) {
        return capability == AttributeScorer.class || super.offers(capability);
    }

    @Override
    public <C> Optional<C> capability(Model model, Class<C> type) {
        if (type != AttributeScorer.class) {
            return super.capability(model, type);
        }
        if (model.itemAttributes().isEmpty()) {
            return Optional.empty();
        }
        S settings = settings(model.info().config());
        return model.as(modelType())
                .map(similar -> type.cast(new AttributeNeighbours(
                        similar, similarities(settings), (train, x) -> rows(train, x, settings))));
    }

    @Override
    protected ItemWeights weights(Dataset data, S settings, Workers workers, FitContext context) {
        SparseMatrix rows = rows(data.train(), data.itemAttributes().x(), settings);
        return ItemWeightRows.nearest(rows, similarities(settings), workers);
    }
}
