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
 * Nearest items by their attributes (Lops, de Gemmis, Semeraro 2011, doi 10.1007/978-0-387-85820-3_3): {@code score(u, j) = sum over the items i of u
 * of sim(i, j)}, with {@link RowSimilarity} of the rows of X, by default the cosine of TF-IDF weights. Items that nobody has taken yet have
 * scores like all others. Pairs of negative similarity are no neighbours.
 */
public final class ContentKnn extends AttributeKnn<ContentKnn.Settings> {

    /** Settings. */
    public record Settings(
            @Setting(value = "cosine", doc = "formula of the similarity")
            RowSimilarity.Measure similarity,

            @Setting(value = "tf-idf", doc = "weights that make what many items have in common count less")
            RowSimilarity.Weighting weighting,

            @Setting(
                    value = "0.5",
                    min = 0,
                    max = 1,
                    tune = "0:1",
                    doc =
                            "of the cosine's two norms, the power of the neighbour's; below 0.5, items with many attributes gain")
            double asymmetry,

            @Setting(
                    value = "0",
                    min = 0,
                    max = 1e6,
                    tune = "0.1:100:log",
                    doc = "added to the denominator, so that items with few attributes are near to none")
            double shrinkage,

            @Setting(
                    value = "200",
                    min = 0,
                    max = 1e6,
                    tune = "30:1000:log:whole",
                    doc = "number of nearest neighbours; 0: all with something in common")
            int neighbours) {

        public Settings {
            Config.check(Settings.class, similarity, weighting, asymmetry, shrinkage, neighbours);
        }

        RowSimilarity.Settings similarities() {
            return new RowSimilarity.Settings(similarity, weighting, asymmetry, shrinkage, neighbours);
        }
    }

    public ContentKnn() {
        super(Settings.class);
    }

    @Override
    public String name() {
        return "content-knn";
    }

    @Override
    public String description() {
        return "the items nearest to a user's own, by their attributes; items without interactions too";
    }

    @Override
    public String source() {
        return "Lops et al. 2011, doi 10.1007/978-0-387-85820-3_3";
    }

    @Override
    public String formula(Settings settings) {
        return "score(u, j) = sum over i of u of sim(x_i, x_j), j among the neighbours of i";
    }

    @Override
    public Plan plan(Dataset data, Settings settings, FitContext context) {
        FitContext.refuseNoAttributes(name(), data);
        Work work = Work.of(data.itemAttributes().x());
        long bytes = work.bytes(settings.neighbours(), context.threads());
        return Plan.of(data, "similarities of attributes", work.gigaflops(), bytes, "Set fewer neighbours");
    }

    @Override
    RowSimilarity.Settings similarities(Settings settings) {
        return settings.similarities();
    }

    @Override
    SparseMatrix rows(Interactions train, SparseMatrix x, Settings settings) {
        return x;
    }
}
