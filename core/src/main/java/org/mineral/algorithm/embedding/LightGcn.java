package org.mineral.algorithm.embedding;

import java.util.Map;

/** Matrix factorisation whose vectors are propagated along the interactions, by default two steps. */
public final class LightGcn extends EmbeddingAlgorithm {

    public LightGcn() {
        super("lightgcn", Map.of("layers", "2"));
    }

    @Override
    public String description() {
        return "vectors propagated along the interactions, trained with any loss";
    }

    @Override
    public String source() {
        return "He et al. 2020, arXiv 2002.02126";
    }
}
