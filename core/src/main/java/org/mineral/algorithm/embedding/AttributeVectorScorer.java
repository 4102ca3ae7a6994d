package org.mineral.algorithm.embedding;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;
import org.mineral.model.AttributeScorer;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.attributes.AttributeVectors;
import org.mineral.model.attributes.MoreRows;

/**
 * Vectors of users and items from their attributes alone: the sum of the vectors of these, at length one for cosines. With item biases, a new item
 * has that of an item with one user ({@link BiasColumn#byCount}).
 */
final class AttributeVectorScorer implements AttributeScorer {

    private final VectorModel model;
    private final AttributeTables tables;
    private final boolean cosine;
    private final boolean biased;

    AttributeVectorScorer(VectorModel model) {
        this.model = model;
        this.tables = model.attributeTables();
        this.cosine = TrainingInfo.objective(model.info()).cosine();
        this.biased = TrainingInfo.options(model.info()).encoder().itemBias();
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
        return scores(users().sum(user, 0));
    }

    @Override
    public float[] scoresOfItem(SparseMatrix item) {
        return scores(items().sum(item, 0));
    }

    private float[] scores(float[] sum) {
        divide(sum, norm(sum));
        if (biased) {
            sum[sum.length - 1] = 1;
        }
        return model.scores(sum);
    }

    @Override
    public Model withUsers(List<String> ids, SparseMatrix rows) {
        AttributeVectors side = users();
        Interactions known = model.known();
        MoreRows all = MoreRows.of(model.users(), side.attributes(), ids, rows, user -> known.count(user) == 0);
        Matrix vectors = model.userVectors().enlarged(all.ids().size());
        float[] norms = fill(vectors, side, all);
        for (int user = 0; biased && user < all.from().length; user++) {
            if (all.from()[user] >= 0 && norms[user] > 0) {
                vectors.set(user, vectors.columns() - 1, 1);
            }
        }
        return model(
                vectors,
                model.itemVectors(),
                all.ids(),
                model.items(),
                new AttributeTables(Optional.of(side.withRows(all.x(), norms)), tables.items()));
    }

    @Override
    public Model withItems(List<String> ids, SparseMatrix rows) {
        AttributeVectors side = items();
        int[] counts = model.trained().itemCounts();
        MoreRows all = MoreRows.of(model.items(), side.attributes(), ids, rows, item -> counts[item] == 0);
        Matrix vectors = model.itemVectors().enlarged(all.ids().size());
        float[] norms = fill(vectors, side, all);
        if (biased) {
            setBiases(vectors, counts, all.from(), norms);
        }
        return model(
                model.userVectors(),
                vectors,
                model.users(),
                all.ids(),
                new AttributeTables(tables.users(), Optional.of(side.withRows(all.x(), norms))));
    }

    private static void setBiases(Matrix vectors, int[] counts, int[] from, float[] norms) {
        Matrix prior = vectors.copy();
        BiasColumn.byCount(prior, Arrays.copyOf(counts, from.length));
        int column = vectors.columns() - 1;
        for (int item = 0; item < from.length; item++) {
            if (from[item] >= 0) {
                vectors.set(item, column, norms[item] > 0 ? prior.get(item, column) : 0);
            }
        }
    }

    /** Sets the vectors of the new rows, and returns the norms of all; 0 for a row without a vector. */
    private float[] fill(Matrix vectors, AttributeVectors side, MoreRows all) {
        float[] norms = Arrays.copyOf(side.norms(), all.from().length);
        for (int row = 0; row < norms.length; row++) {
            if (all.from()[row] >= 0) {
                float[] sum = side.sum(all.x(), row);
                norms[row] = norm(sum);
                divide(sum, norms[row]);
                vectors.setRow(row, sum);
            }
        }
        return norms;
    }

    /** What a sum is divided by: its length without the bias for cosines, otherwise 1; 0 for zeros. */
    private float norm(float[] sum) {
        double square = 0;
        for (int k = 0; k < sum.length - (biased ? 1 : 0); k++) {
            square += (double) sum[k] * sum[k];
        }
        return square == 0 ? 0 : cosine ? (float) Math.sqrt(square) : 1;
    }

    private static void divide(float[] sum, float norm) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] = norm == 0 ? 0 : sum[k] / norm;
        }
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
