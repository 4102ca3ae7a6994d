package org.mineral.algorithm.knn;

import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightAlgorithm;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.algorithm.ItemWeightRows.Work;
import org.mineral.algorithm.Plan;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.data.Dataset;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Workers;
import org.mineral.model.similarity.ItemWeights;
import org.mineral.model.similarity.RowSimilarity;

/**
 * Nearest items (Sarwar, Karypis, Konstan, Riedl 2001, doi 10.1145/371920.372071): {@code score(u, j) = sum over the items i of u of W_ij}, W_ij
 * the similarity of the users of i and j if i is among the k items nearest to j, otherwise 0. The similarities are those of
 * {@link RowSimilarity} with items as rows: cosine, Jaccard, asymmetric cosine; j asks. The values of a row are 1, or the ratings to the power
 * {@link Settings#ratingPower}.
 */
public final class ItemKnn extends ItemWeightAlgorithm<ItemKnn.Settings> {

    /** Settings. */
    public record Settings(
            RowSimilarity.Settings similarities,

            @Setting(
                    value = "0",
                    min = 0,
                    max = 4,
                    doc = "an interaction has its rating to this power as its weight; 0: all count alike")
            double ratingPower) {

        public Settings {
            Config.check(Settings.class, similarities, ratingPower);
        }
    }

    public ItemKnn() {
        super(Settings.class);
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
    public String formula(Settings settings) {
        return "score(u, j) = sum over i of u of sim(i, j), i among the neighbours of j";
    }

    @Override
    public Plan plan(Dataset data, Settings settings, FitContext context) {
        Work users = Work.ofUsers(data.train());
        long bytes = users.matrixBytes() + users.bytes(settings.similarities().neighbours(), context.threads());
        return Plan.of(data, "similarities of items", users.gigaflops(), bytes, "Set fewer neighbours");
    }

    @Override
    protected ItemWeights weights(Dataset data, Settings settings, Workers workers, FitContext context) {
        // Row j of the similarities has the items nearest to j, which asks.
        SparseMatrix takers = data.weightedTrain(settings.ratingPower()).transpose();
        return ItemWeightRows.nearest(takers, settings.similarities(), workers).transpose();
    }
}
