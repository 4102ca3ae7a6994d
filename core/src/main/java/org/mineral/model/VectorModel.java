package org.mineral.model;

import java.util.List;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.attributes.AttributeVectors;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.ScoreTiles;

/** A model whose score is the dot product of a user's vector and an item's. */
@Capability("vectors of users and items")
public interface VectorModel extends Model, SimilarItems, UserRanker {

    /** d, the length of a vector. */
    int dimension();

    /** I d. */
    @Override
    default double servingCost() {
        return (double) items().size() * dimension();
    }

    /** U x d; not to be written to. */
    Matrix userVectors();

    /** A copy of one user's vector, d values. */
    default float[] userVector(int user) {
        return userVectors().row(user);
    }

    /** I x d; not to be written to. */
    Matrix itemVectors();

    /** The vectors of attributes that its own are sums of, with the attributes; by default none. */
    default AttributeTables attributeTables() {
        return AttributeTables.NONE;
    }

    @Override
    default Attributes userAttributes() {
        return attributeTables()
                .users()
                .map(AttributeVectors::attributes)
                .orElseGet(() -> Attributes.none(users().size()));
    }

    @Override
    default Attributes itemAttributes() {
        return attributeTables()
                .items()
                .map(AttributeVectors::attributes)
                .orElseGet(() -> Attributes.none(items().size()));
    }

    /** The kernels that it uses. */
    Kernels kernels();

    /**
     * Scores of all items for a user vector.
     *
     * @param userVector d finite values
     * @throws org.mineral.config.InputException if the vector is none of this model
     */
    float[] scores(float[] userVector);

    /**
     * The best n items for a user vector, best first, ties by lower item index.
     *
     * @param userVector d finite values
     * @param exclude item indices to leave out, in any order; one may occur twice
     * @throws org.mineral.config.InputException if the vector is none of this model, an index is none of an item, or n is below 1
     */
    Ranking rank(float[] userVector, int n, int[] exclude);

    /**
     * The best k items for each row of user vectors, ties by lower item index.
     *
     * @param vectors n x d
     * @param exclude n x items that are left out
     */
    List<Ranking> rank(Matrix vectors, int k, Interactions exclude, Workers workers);

    /**
     * All scores of a group of users, tile by tile while they are in cache; for statistics over the whole catalogue. Runs
     * in the calling thread; groups of a few hundred users are most efficient.
     *
     * @param rows user indices, any order
     */
    void scan(int[] rows, ScoreTiles to);

    /**
     * The n users with the largest cosine to a user, without the user; {@code item} of the result is the user's id.
     *
     * @throws org.mineral.config.InputException if the user is null or unknown, nothing was learnt about them, or n is below 1
     */
    List<Recommendation> similarUsers(String user, int n);

    @Override
    VectorModel in(IdMap otherUsers, IdMap otherItems);
}
