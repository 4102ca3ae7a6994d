package org.mineral.algorithm.sequence;

import java.util.List;
import java.util.Optional;
import org.mineral.algorithm.embedding.AttributeSums;
import org.mineral.config.InputException;
import org.mineral.data.Sequences;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Model;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.attributes.AttributeVectors;

/**
 * Takes in items by their {@link AttributeSums}: q of an item that nobody took is the sum of its attributes, and its context vector is {@code c q}, c
 * the setting {@code shared}. Nothing is known of users but their histories.
 */
record SequenceAttributeScorer(SequenceModel model) implements AttributeScorer {

    private AttributeVectors items() {
        return model.attributeTables().items().orElseThrow();
    }

    private SequenceSettings settings() {
        return SequenceSettings.of(model.info());
    }

    private AttributeSums sums() {
        return new AttributeSums(
                settings().objective().cosine(), settings().options().encoder().itemBias());
    }

    private static InputException noUsers() {
        return new InputException("a sequence model has no attributes of users; give the items of a history.");
    }

    @Override
    public float[] scoresOfUser(SparseMatrix user) {
        throw noUsers();
    }

    /** @throws InputException also if nothing is shared, so that items of a history have nothing from attributes */
    @Override
    public float[] scoresOfItem(SparseMatrix item) {
        float[] vector = sums().vector(items(), item, 0);
        float shared = (float) settings().rows().shared();
        if (shared == 0) {
            throw new InputException("with shared = 0 attributes say nothing of an item in a history;"
                    + " train the model with shared above 0.");
        }
        for (int k = 0; k < vector.length; k++) {
            vector[k] *= shared;
        }
        return model.scores(model.histories().ofOne(vector));
    }

    @Override
    public Model withUsers(List<String> ids, SparseMatrix rows) {
        throw noUsers();
    }

    @Override
    public Model withItems(List<String> ids, SparseMatrix rows) {
        AttributeSums.Rows all = sums().items(model, items(), ids, rows);
        float shared = (float) settings().rows().shared();
        Matrix context = model.contextVectors().enlarged(all.ids().size());
        for (int item = 0; item < context.rows(); item++) {
            for (int k = 0; all.from()[item] && k < context.columns(); k++) {
                context.set(item, k, shared * all.vectors().get(item, k));
            }
        }
        int users = model.users().size();
        return new SequenceModel(
                        all.vectors(),
                        context,
                        model.positionWeights(),
                        model.users(),
                        all.ids(),
                        new Sequences(
                                model.sequences()
                                        .pairs()
                                        .widened(users, all.ids().size()),
                                model.sequences().items()),
                        model.trained().widened(users, all.ids().size()),
                        model.info(),
                        model.kernels())
                .withAttributes(new AttributeTables(Optional.empty(), Optional.of(all.side())));
    }
}
