package org.mineral.app.bench;

import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

/** Data and models for the measurements. */
public final class BenchModels {

    private BenchModels() {}

    /** The named data, with a test part; without a name, random data of the shape of yelp2018. */
    public static Dataset data(@Nullable String name, boolean quick, long seed) {
        if (name == null) {
            return quick
                    ? ShapedData.of("random, a quarter of yelp2018", 7_917, 9_512, 390_000)
                    : ShapedData.of("random, as large as yelp2018", 31_668, 38_048, 1_561_406);
        }
        Dataset data = Datasets.read(name);
        Dataset tested = data.test().size() > 0 ? data : data.split(Split.random(0.8, 0, 0.2, seed));
        if (tested.test().size() == 0) {
            throw new InputException(name + " has too few interactions to keep some for evaluation; give more, or none "
                    + "at all for random data.");
        }
        return tested;
    }

    /** A reasonable model without training: the spectral start. */
    public static FactorModel model(Dataset data, int dimension, int threads) {
        TrainOptions options =
                TrainOptions.defaults().with("dimension", dimension).withEpochs(0);
        return new EmbeddingTrainer(Losses.minePlus(1.2), options)
                .threads(threads)
                .fit(data);
    }
}
