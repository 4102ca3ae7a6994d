package org.mineral.algorithm.knn;

import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightAlgorithm;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.algorithm.Plan;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.similarity.ItemWeights;
import org.mineral.model.similarity.RowSimilarity;

/**
 * Nearest items (Sarwar, Karypis, Konstan, Riedl 2001, doi 10.1145/371920.372071): {@code score(u, j) = sum over the items i of u of W_ij}, W_ij
 * the similarity of the users of i and j if i is among the k items nearest to j, otherwise 0. The similarities are those of
 * {@link RowSimilarity} with items as rows: cosine, Jaccard, asymmetric cosine; j asks.
 */
public final class ItemKnn extends ItemWeightAlgorithm<RowSimilarity.Settings> {

    public ItemKnn() {
        super(RowSimilarity.Settings.class);
    }

    @Override
    public String name() {
        return "item-knn";
    }

    @Override
    public String description() {
        return "the items nearest to a user's own, by the users that they have in common; no epochs, no vectors";
    }

    @Override
    public String source() {
        return "Sarwar et al. 2001, doi 10.1145/371920.372071";
    }

    @Override
    public String formula(RowSimilarity.Settings settings) {
        return "score(u, j) = sum over i of u of sim(i, j), i among the neighbours of j";
    }

    @Override
    public Plan plan(Dataset data, RowSimilarity.Settings settings, FitContext context) {
        long bytes = ItemWeightRows.bytesOfCommonUsers(data.train(), settings.neighbours(), context.threads());
        return Plan.of(
                data,
                "similarities of items",
                ItemWeightRows.gigaflopsOfCommonUsers(data.train()),
                bytes,
                "Set fewer neighbours");
    }

    @Override
    protected ItemWeights weights(Dataset data, RowSimilarity.Settings settings, Workers workers, FitContext context) {
        Interactions train = data.train();
        RowSimilarity similarity = new RowSimilarity(train.transpose(), settings);
        ItemWeights byTarget = ItemWeightRows.ofCommonUsers(
                train, similarity.columnWeights(), settings.neighbours(), workers, similarity::of);
        return byTarget.transpose();
    }
}
