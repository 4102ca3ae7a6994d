package org.mineral.algorithm.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mineral.algorithm.VectorContributions;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.model.Explainable;
import org.mineral.model.History;
import org.mineral.model.Lookup;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeVectors;

/**
 * Explains scores of user vectors by attributes and by all known items of the user. With the item's vector {@code q = q' + sum over its attributes a
 * of p_a} and the user's {@code e = e' + sum over theirs of u_b}
 *
 * <pre>{@code <e, q> = sum of <e, p_a> + sum of <u_b, q'> + <e', q'>}</pre>
 *
 * and the last term is explained by the user's items ({@link VectorContributions}). A bias belongs to the rest.
 */
record VectorExplainer(VectorModel model) implements Explainable {

    @Override
    public Contributions explain(int user, int item) {
        Lookup.checkUser(user, model.users().size());
        return explain(model.userVector(user), model.known().row(user), user, item);
    }

    @Override
    public Contributions explain(History history, int item) {
        return explain(FoldIn.of(model).vector(history), history.items(), -1, item);
    }

    private Contributions explain(float[] user, int[] history, int row, int item) {
        Lookup.checkItem(item, model.items().size());
        List<Contributions.OfAttribute> attributes = new ArrayList<>();
        float[] own = model.itemVectors().row(item);
        takeOut(model.attributeTables().items(), item, own, user, false, attributes);
        float[] others = user.clone();
        if (row >= 0) {
            takeOut(model.attributeTables().users(), row, others, own, true, attributes);
        }
        Contributions byItems = VectorContributions.of(others, model.itemVectors(), history, own);
        return new Contributions(byItems.items(), byItems.values(), attributes, byItems.rest());
    }

    private void takeOut(
            Optional<AttributeVectors> side,
            int row,
            float[] from,
            float[] with,
            boolean ofUser,
            List<Contributions.OfAttribute> to) {
        boolean biased = TrainingInfo.options(model.info()).encoder().itemBias();
        side.ifPresent(vectors ->
                VectorContributions.takeOut(vectors, row, from, with, from.length - (biased ? 1 : 0), ofUser, to));
    }
}
