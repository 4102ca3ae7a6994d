package org.mineral.algorithm.embedding;

import java.util.Map;
import org.mineral.model.FactorModel;

/** A vector for each user and each item; a score is their cosine or dot product. The default. */
public final class MatrixFactorization extends EmbeddingAlgorithm {

    public MatrixFactorization() {
        super(FactorModel.NAME, Map.of());
    }

    @Override
    public String description() {
        return "matrix factorisation: a vector for each user and item, trained with any loss";
    }

    @Override
    public String source() {
        return "Koren, Bell, Volinsky 2009";
    }
}
