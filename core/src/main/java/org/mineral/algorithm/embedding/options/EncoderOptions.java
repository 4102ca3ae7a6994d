package org.mineral.algorithm.embedding.options;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** How vectors are made of parameters. A group of {@link TrainOptions}. */
public record EncoderOptions(
        @Setting(value = "64", min = 1, max = 4096, doc = "length of an embedding")
        int dimension,

        @Setting(value = "false", doc = "the last coordinate of the embeddings is an item's bias, added to its scores")
        boolean itemBias,

        @Setting(value = "0", min = 0, max = 100, doc = "c: a user's vector holds c/sqrt(n_u) times their items' sum")
        double history,

        @Setting(
                level = Setting.Level.EXPERT,
                value = "0",
                min = -2,
                max = 2,
                doc = "b: an item's weight in a history is n_i^b; above 0, popular items say more of a user")
        double historyExponent,

        @Setting(
                value = "0",
                min = 0,
                max = 32,
                doc = "K: embeddings are propagated K steps along the interactions (LightGCN); 0: plain factorisation")
        int layers,

        @Setting(
                value = "auto",
                doc = "a_0,...,a_K of the propagation: so many numbers, uniform, or auto: odd powers 1/4")
        String layerWeights,

        @Setting(
                value = "0",
                min = 0,
                max = 0.99,
                doc = "share of a user's items left out of their vector in a step, at random; with layers above 0")
        double edgeDropout,

        @Setting(
                value = "2",
                min = 0,
                max = 100,
                tune = "0.3:10:log",
                ofAttributes = true,
                doc = "weight of attributes in the vectors of items and users that have any; 0: none")
        double attributeWeight,

        @Setting(
                value = "3",
                min = 0,
                max = 1e6,
                tune = "0.3:30:log",
                ofAttributes = true,
                doc =
                        "k: with attributes, an item's own vector counts n_i / (n_i + k), n_i its users; a user's likewise")
        double ownShrinkage) {

    public EncoderOptions {
        Config.check(
                EncoderOptions.class,
                dimension,
                itemBias,
                history,
                historyExponent,
                layers,
                layerWeights,
                edgeDropout,
                attributeWeight,
                ownShrinkage);
    }

    /** For going on from a model's vectors: those that are made of nothing but parameters and a bias; all else is in them already. */
    public EncoderOptions plain() {
        EncoderOptions plain = Config.defaults(EncoderOptions.class);
        return Config.with(Config.with(plain, "dimension", dimension), "item_bias", itemBias);
    }
}
