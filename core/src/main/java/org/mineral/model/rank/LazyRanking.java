package org.mineral.model.rank;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * Ranks the rows of a matrix: the first few queries directly ({@link PlainRanking}), later ones with rows that are packed once
 * ({@link FactorRanking}). Rankings are the same, bit for bit. Thread-safe.
 */
@Internal
public final class LazyRanking {

    /** Number of queries answered without packing: a program with more will have many. */
    private static final int FEW = 64;

    private final Matrix rows;
    private final IntPredicate has;
    private final Kernels kernels;
    private final AtomicInteger queries = new AtomicInteger();
    private volatile @Nullable FactorRanking packed;

    /**
     * Allocates nothing, because some models are only trained and saved.
     *
     * @param has which rows may be ranked
     */
    public LazyRanking(Matrix rows, IntPredicate has, Kernels kernels) {
        this.rows = rows;
        this.has = has;
        this.kernels = kernels;
    }

    /** The packed rows, created at first use. */
    public FactorRanking packed() {
        FactorRanking known = packed;
        if (known == null) {
            known = new FactorRanking(rows, has, kernels);
            packed = known;
        }
        return known;
    }

    /**
     * The best k rows.
     *
     * @param exclude row indices, strictly ascending
     */
    public Ranking rank(float[] vector, int k, int[] exclude) {
        if (few(1)) {
            return plain().rank(vector, 0, k, exclude, 0, exclude.length);
        }
        Matrix one = new Matrix(1, rows.columns());
        one.setRow(0, vector);
        return packed().rankOne(one, k, exclude);
    }

    /** The best k rows for each of the users, in their order, without the items in their rows of {@code exclude}. */
    public List<Ranking> rank(Matrix vectors, int[] users, int k, Interactions exclude, Workers workers) {
        if (!few(users.length)) {
            return packed().rank(vectors, users, k, exclude, workers);
        }
        PlainRanking plain = plain();
        return Arrays.stream(users)
                .mapToObj(user -> plain.rank(
                        vectors.values(),
                        vectors.offset(user),
                        k,
                        exclude.columns(),
                        exclude.begin(user),
                        exclude.end(user)))
                .toList();
    }

    private PlainRanking plain() {
        return new PlainRanking(rows, has, kernels);
    }

    /** Whether these users are among the first few queries, and nothing is packed yet. */
    private boolean few(int more) {
        return packed == null && more <= FEW && queries.addAndGet(more) <= FEW;
    }
}
