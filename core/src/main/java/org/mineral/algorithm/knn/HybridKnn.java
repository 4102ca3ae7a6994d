package org.mineral.algorithm.knn;

import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightRows.Work;
import org.mineral.algorithm.Plan;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.model.similarity.RowSimilarity;

/**
 * Nearest items by their users and their attributes together (Mobasher, Jin, Zhou 2004, doi 10.1007/978-3-540-30123-3_4; as one matrix, Ferrari
 * Dacrema, Boglio, Cremonesi, Jannach 2021, doi 10.1145/3434185): {@link RowSimilarity} of the rows of {@code [R' | w X]}, R the training
 * interactions, X the attributes of the items, w their weight.
 */
public final class HybridKnn extends AttributeKnn<HybridKnn.Settings> {

    /** Settings. */
    public record Settings(
            @Setting(value = "1", min = 0, max = 1e6, tune = "0.1:10:log", doc = "weight of attributes beside users")
            double attributeWeight,

            @Setting(value = "cosine", doc = "formula of the similarity")
            RowSimilarity.Measure similarity,

            @Setting(value = "tf-idf", doc = "weights that make what many items have in common count less")
            RowSimilarity.Weighting weighting,

            @Setting(
                    value = "0.5",
                    min = 0,
                    max = 1,
                    tune = "0:1",
                    doc = "of the cosine's two norms, the power of the neighbour's; 0.5: symmetric")
            double asymmetry,

            @Setting(
                    value = "10",
                    min = 0,
                    max = 1e6,
                    tune = "0.1:300:log",
                    doc = "added to the denominator, so that few common entries make no high similarity")
            double shrinkage,

            @Setting(
                    value = "200",
                    min = 0,
                    max = 1e6,
                    tune = "30:1000:log:whole",
                    doc = "number of nearest neighbours; 0: all with something in common")
            int neighbours) {

        public Settings {
            Config.check(Settings.class, attributeWeight, similarity, weighting, asymmetry, shrinkage, neighbours);
        }

        RowSimilarity.Settings similarities() {
            return new RowSimilarity.Settings(similarity, weighting, asymmetry, shrinkage, neighbours);
        }
    }

    public HybridKnn() {
        super(Settings.class);
    }

    @Override
    public String name() {
        return "hybrid-knn";
    }

    @Override
    public String description() {
        return "the items nearest to a user's own, by users and attributes that they have in common";
    }

    @Override
    public String source() {
        return "Mobasher et al. 2004, doi 10.1007/978-3-540-30123-3_4; Ferrari Dacrema et al. 2021, doi 10.1145/3434185";
    }

    @Override
    public String formula(Settings settings) {
        return "score(u, j) = sum over i of u of sim([r_i, w x_i], [r_j, w x_j]), j among the neighbours of i";
    }

    @Override
    public Plan plan(Dataset data, Settings settings, FitContext context) {
        FitContext.refuseNoAttributes(name(), data);
        Work both =
                Work.ofUsers(data.train()).beside(Work.of(data.itemAttributes().x()));
        long bytes = both.matrixBytes() + both.bytes(settings.neighbours(), context.threads());
        return Plan.of(data, "similarities of users and attributes", both.gigaflops(), bytes, "Set fewer neighbours");
    }

    @Override
    RowSimilarity.Settings similarities(Settings settings) {
        return settings.similarities();
    }

    @Override
    SparseMatrix rows(Interactions train, SparseMatrix x, Settings settings) {
        return SparseMatrix.ofOnes(train.transpose()).beside(x, (float) settings.attributeWeight());
    }
}
