package org.mineral.algorithm.embedding;

import java.util.List;
import java.util.Optional;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;
import org.mineral.model.AttributeScorer;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.attributes.AttributeVectors;

/** Takes in users and items by their {@link AttributeSums}, and scores items by the sum of somebody's attributes, or of an item's. */
final class AttributeVectorScorer implements AttributeScorer {

    private final VectorModel model;
    private final AttributeTables tables;
    private final AttributeSums sums;

    AttributeVectorScorer(VectorModel model) {
        this.model = model;
        this.tables = model.attributeTables();
        this.sums = new AttributeSums(
                TrainingInfo.objective(model.info()).cosine(),
                TrainingInfo.options(model.info()).encoder().itemBias());
    }

    private AttributeVectors users() {
        return tables.users().orElseThrow(() -> none("users"));
    }

    private AttributeVectors items() {
        return tables.items().orElseThrow(() -> none("items"));
    }

    private static InputException none(String side) {
        return new InputException("the model was trained without attributes of " + side + "; train it with some.");
    }

    @Override
    public float[] scoresOfUser(SparseMatrix user) {
        return scores(sums.vector(users(), user, 0));
    }

    @Override
    public float[] scoresOfItem(SparseMatrix item) {
        return scores(sums.vector(items(), item, 0));
    }

    private float[] scores(float[] vector) {
        if (sums.biased()) {
            vector[vector.length - 1] = 1;
        }
        return model.scores(vector);
    }

    @Override
    public Model withUsers(List<String> ids, SparseMatrix rows) {
        AttributeSums.Rows all = sums.users(model, users(), ids, rows);
        return model(
                all.vectors(),
                model.itemVectors(),
                all.ids(),
                model.items(),
                new AttributeTables(Optional.of(all.side()), tables.items()));
    }

    @Override
    public Model withItems(List<String> ids, SparseMatrix rows) {
        AttributeSums.Rows all = sums.items(model, items(), ids, rows);
        return model(
                model.userVectors(),
                all.vectors(),
                model.users(),
                all.ids(),
                new AttributeTables(tables.users(), Optional.of(all.side())));
    }

    private FactorModel model(Matrix users, Matrix items, IdMap userIds, IdMap itemIds, AttributeTables attributes) {
        return new FactorModel(
                        users,
                        items,
                        userIds,
                        itemIds,
                        model.trained().widened(userIds.size(), itemIds.size()),
                        model.known().widened(userIds.size(), itemIds.size()),
                        model.info())
                .withKernels(model.kernels())
                .withAttributes(attributes);
    }
}
