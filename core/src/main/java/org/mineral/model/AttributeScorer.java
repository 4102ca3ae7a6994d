package org.mineral.model;

import java.util.List;
import org.mineral.data.SparseMatrix;

/**
 * Scores by attributes, and takes in users and items of whom nothing else is known. Attributes are indices of {@link Model#userAttributes} and
 * {@link Model#itemAttributes}. Immutable and thread-safe.
 */
@Capability("scores by attributes")
public interface AttributeScorer {

    /**
     * Scores of all items for somebody with attributes of users, in the form of {@link Model#scores}.
     *
     * @param user 1 x attributes of users
     * @throws org.mineral.config.InputException if the model has no attributes of users
     */
    float[] scoresOfUser(SparseMatrix user);

    /**
     * Scores of all items for somebody who likes what has these attributes, as if their history were one item with them.
     *
     * @param item 1 x attributes of items
     * @throws org.mineral.config.InputException if the model has no attributes of items
     */
    float[] scoresOfItem(SparseMatrix item);

    /**
     * The model with more users. Users of the model of whom no interaction is known get the new attributes; those with interactions stay as they
     * are.
     *
     * @param ids each once
     * @param rows their attributes, ids x attributes of users
     * @throws org.mineral.config.InputException if the model has no attributes of users
     */
    Model withUsers(List<String> ids, SparseMatrix rows);

    /**
     * The model with more items, which it recommends like others. Items of the model that were in no interaction get the new attributes; others
     * stay as they are.
     *
     * @param ids each once
     * @param rows their attributes, ids x attributes of items
     * @throws org.mineral.config.InputException if the model has no attributes of items
     */
    Model withItems(List<String> ids, SparseMatrix rows);
}
