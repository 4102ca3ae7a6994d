package org.mineral.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.LazyRanking;
import org.mineral.model.rank.Ranking;

/**
 * The items on one machine. As a broadcast value there is one of it in each process, and so are its packed rows, whatever the number of tasks.
 *
 * @see LazyRanking
 */
final class ItemTable implements Serializable {

    private static final long serialVersionUID = 1;

    final Object[] ids;
    private final float[] values;
    private final int dimension;
    private transient volatile @Nullable LazyRanking ranking;

    /** @param vectors I x d */
    ItemTable(Object[] ids, Matrix vectors) {
        this.ids = ids;
        this.values = vectors.values();
        this.dimension = vectors.columns();
    }

    int dimension() {
        return dimension;
    }

    Matrix matrix() {
        Matrix matrix = new Matrix(ids.length, dimension);
        System.arraycopy(values, 0, matrix.values(), 0, values.length);
        return matrix;
    }

    /** The best n items of each vector, without those of its row of {@code exclude}. */
    List<Ranking> rank(Matrix vectors, int n, Interactions exclude) {
        try (Workers workers = new Workers(ResidentShards.threads())) {
            return ranking().rank(vectors, IntStream.range(0, vectors.rows()).toArray(), n, exclude, workers);
        }
    }

    private LazyRanking ranking() {
        LazyRanking known = ranking;
        if (known == null) {
            synchronized (this) {
                known = ranking;
                if (known == null) {
                    known = new LazyRanking(matrix(), item -> true, KernelProvider.best());
                    ranking = known;
                }
            }
        }
        return known;
    }
}
