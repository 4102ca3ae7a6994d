/**
 * A recommender library for implicit feedback: data in, models out, lists served.
 *
 * <p>Packages that are not exported are internal: they change without notice. The types of exported packages are
 * {@link org.mineral.config.Stable} or {@link org.mineral.config.Experimental}, as their package says, except for those marked
 * {@link org.mineral.config.Internal}.
 */
module org.mineral {
    // SIMD kernels where the module is present, scalar ones otherwise.
    requires static jdk.incubator.vector;
    requires static transitive org.jspecify;
    requires com.google.gson;
    requires de.siegmar.fastcsv;
    requires ejml.core;
    requires ejml.ddense;
    requires java.management;
    requires org.apache.commons.statistics.distribution;
    requires org.apache.commons.statistics.inference;

    exports org.mineral;
    exports org.mineral.algorithm;
    exports org.mineral.algorithm.embedding;
    exports org.mineral.algorithm.embedding.encoder;
    exports org.mineral.algorithm.embedding.options;
    exports org.mineral.algorithm.embedding.plan;
    exports org.mineral.algorithm.embedding.training;
    exports org.mineral.algorithm.embedding.update;
    exports org.mineral.algorithm.sequence;
    exports org.mineral.config;
    exports org.mineral.data;
    exports org.mineral.data.attributes;
    exports org.mineral.data.items;
    exports org.mineral.data.read;
    exports org.mineral.data.rows;
    exports org.mineral.data.synthetic;
    exports org.mineral.data.write;
    exports org.mineral.eval;
    exports org.mineral.eval.information;
    exports org.mineral.linalg;
    exports org.mineral.loss;
    exports org.mineral.loss.listwise;
    exports org.mineral.loss.pairwise;
    exports org.mineral.loss.pointwise;
    exports org.mineral.loss.row;
    exports org.mineral.model;
    exports org.mineral.model.attributes;
    exports org.mineral.model.export;
    exports org.mineral.model.io;
    exports org.mineral.model.provenance;
    exports org.mineral.model.rank;
    exports org.mineral.model.similarity;
    exports org.mineral.optim;
    exports org.mineral.recipe;
    exports org.mineral.recommend;
    exports org.mineral.tune.auto;
    exports org.mineral.tune.compare;
    exports org.mineral.tune.preset;
    exports org.mineral.tune.search;

    uses org.mineral.algorithm.Algorithm;
    uses org.mineral.data.rows.TableFormat;
    uses org.mineral.loss.LossProvider;
    uses org.mineral.model.CapabilityProvider;
    uses org.mineral.model.ModelStore;
    uses org.mineral.model.io.ModelFormat;

    provides org.mineral.algorithm.Algorithm with
            org.mineral.algorithm.ease.Ease,
            org.mineral.algorithm.embedding.LightGcn,
            org.mineral.algorithm.embedding.MatrixFactorization,
            org.mineral.algorithm.ials.Ials,
            org.mineral.algorithm.knn.ContentKnn,
            org.mineral.algorithm.knn.HybridKnn,
            org.mineral.algorithm.knn.ItemKnn,
            org.mineral.algorithm.knn.UserKnn,
            org.mineral.algorithm.planted.Planted,
            org.mineral.algorithm.popularity.Popularity,
            org.mineral.algorithm.rp3beta.Rp3Beta,
            org.mineral.algorithm.sequence.SequenceAlgorithm,
            org.mineral.algorithm.rp3beta.P3Alpha,
            org.mineral.algorithm.slim.Slim;
    provides org.mineral.model.CapabilityProvider with
            org.mineral.algorithm.AlgorithmCapabilities;
    provides org.mineral.model.ModelStore with
            org.mineral.model.io.ModelFiles;
    provides org.mineral.model.io.ModelFormat with
            org.mineral.algorithm.sequence.SequenceFormat,
            org.mineral.model.io.BlendFormat,
            org.mineral.model.io.FactorModelFormat,
            org.mineral.model.io.ItemSimilarityFormat,
            org.mineral.model.io.PopularityFormat,
            org.mineral.model.io.UserNeighboursFormat;
}
