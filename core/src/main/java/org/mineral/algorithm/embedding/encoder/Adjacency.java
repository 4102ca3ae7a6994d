package org.mineral.algorithm.embedding.encoder;

import org.jspecify.annotations.Nullable;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * The interactions with users' and items' frequencies divided out, R = D_u^-1/2 X D_i^-1/2, as sparse products:
 * {@code r_ui = 1/sqrt(n_u n_i)} where user u has item i, 0 elsewhere. As a graph of users and items its adjacency is
 * {@code A = [0 R; R^T 0]}, the symmetrically normalised one, with singular values of at most 1.
 *
 * <p>Each row of a product is computed by one task, in the order of its entries.
 */
public final class Adjacency {

    private static final int CHUNK = 256;

    private final Interactions users;
    private final Interactions items;
    private final float[] userScale;
    private final float[] itemScale;
    private final Workers workers;
    private final Kernels kernels;

    public Adjacency(Interactions train, Workers workers, Kernels kernels) {
        this(train, train.itemCounts(), workers, kernels);
    }

    /**
     * Some users' rows of R.
     *
     * @param itemCounts by item: n_i, the number of its users, those of other rows included
     */
    @Internal
    public Adjacency(Interactions train, int[] itemCounts, Workers workers, Kernels kernels) {
        this.users = train;
        this.items = train.transpose();
        this.userScale = inverseRoots(train.userCounts());
        this.itemScale = inverseRoots(itemCounts);
        this.workers = workers;
        this.kernels = kernels;
    }

    /** Users' rows from items': {@code to = own base + share R from}; without a base {@code to = share R from}. */
    public void toUsers(Matrix from, float share, @Nullable Matrix base, float own, Matrix to) {
        eachRow(users.users(), to, base, own, row -> addToUser(row, from, share, to.values(), to.offset(row)));
    }

    /** Items' rows from users': {@code to = own base + share R^T from}; without a base {@code to = share R^T from}. */
    public void toItems(Matrix from, float share, @Nullable Matrix base, float own, Matrix to) {
        eachRow(items.users(), to, base, own, row -> addToItem(row, from, share, to.values(), to.offset(row)));
    }

    /** Adds one row of share R from to {@code at}. */
    void addToUser(int user, Matrix from, float share, float[] to, int at) {
        add(users, user, share * userScale[user], itemScale, from, to, at);
    }

    /** Adds one row of share R^T from to {@code at}. */
    void addToItem(int item, Matrix from, float share, float[] to, int at) {
        add(items, item, share * itemScale[item], userScale, from, to, at);
    }

    /** r_ui of a user and an item of the user. */
    float entry(int user, int item) {
        return userScale[user] * itemScale[item];
    }

    private void add(Interactions x, int row, float outer, float[] inner, Matrix from, float[] to, int at) {
        kernels.addRows(outer, inner, from.values(), from.stride(), x.columns(), x.begin(row), x.end(row), to, at);
    }

    /** An operation on one row. */
    private interface Row {
        void add(int row);
    }

    private void eachRow(int rows, Matrix to, @Nullable Matrix base, float own, Row sum) {
        workers.run((rows + CHUNK - 1) / CHUNK, (chunk, worker) -> {
            for (int row = chunk * CHUNK; row < Math.min(rows, (chunk + 1) * CHUNK); row++) {
                scale(base, own, to, row);
                sum.add(row);
            }
        });
    }

    /** Sets a row of {@code to} to own times that of the base, or to zeros. */
    static void scale(@Nullable Matrix base, float own, Matrix to, int row) {
        int n = to.stride();
        int at = to.offset(row);
        float[] values = to.values();
        for (int k = at; k < at + n; k++) {
            values[k] = base == null ? 0 : own * base.values()[k];
        }
    }

    private static float[] inverseRoots(int[] counts) {
        float[] scale = new float[counts.length];
        for (int r = 0; r < scale.length; r++) {
            scale[r] = counts[r] == 0 ? 0 : (float) (1 / Math.sqrt(counts[r]));
        }
        return scale;
    }
}
