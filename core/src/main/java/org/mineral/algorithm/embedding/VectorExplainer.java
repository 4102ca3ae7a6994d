package org.mineral.algorithm.embedding;

import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.model.Explainable;
import org.mineral.model.History;
import org.mineral.model.VectorContributions;
import org.mineral.model.VectorModel;

/** Explains scores of user vectors by all known items of the user. */
record VectorExplainer(VectorModel model) implements Explainable {

    @Override
    public Contributions explain(int user, int item) {
        return VectorContributions.of(
                model.userVector(user), model.itemVectors(), model.known().row(user), item);
    }

    @Override
    public Contributions explain(History history, int item) {
        return VectorContributions.of(FoldIn.of(model).vector(history), model.itemVectors(), history.items(), item);
    }
}
