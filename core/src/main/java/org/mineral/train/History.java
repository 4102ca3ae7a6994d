package org.mineral.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * What users' items say of them: {@code e_u = p_u + c z_u sum_{i in P_u} v_i q_i}, with p_u the user's own parameters, q_i the
 * items' scored vectors, c the setting {@code history}, v_i = n_i^b (b is {@code history_exponent}, n_i the item's users) and
 * {@code z_u = (sum_{i in P_u} v_i^2)^-1/2}, which is n_u^-1/2 for b = 0. With {@link Recency}, v_i is n_i^b times what the
 * interaction counts. It is the user's side of SVD++ (Koren 2008) with the
 * items' own vectors, or one layer of propagation towards the users.
 *
 * <p>A user steps once an epoch, an item at every step: through its items a user's vector moves with all of these. What a
 * user's vector is to move by, each of its items is told as well: {@code dl/dq_i += c z_u v_i dl/de_u}. The finished model is
 * plain factors, e_u and q_i.
 */
final class History {

    private final Interactions rows;
    private final Embeddings items;
    private final Kernels kernels;
    private final float[] shares;
    private final float[] weights;
    private final float @Nullable [] counts;

    /** Of interactions that all count the same. */
    History(Interactions train, Embeddings items, TrainOptions options, Kernels kernels) {
        this(Positives.of(train), items, options, kernels);
    }

    History(Positives positives, Embeddings items, TrainOptions options, Kernels kernels) {
        this.rows = positives.rows();
        this.items = items;
        this.kernels = kernels;
        this.counts = positives.counts();
        int[] users = rows.itemCounts();
        this.weights = new float[users.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.pow(Math.max(1, users[i]), options.historyExponent());
        }
        this.shares = new float[rows.users()];
        for (int u = 0; u < shares.length; u++) {
            double squares = 0;
            for (int k = rows.begin(u); k < rows.end(u); k++) {
                double weight = weights[rows.columns()[k]] * (counts == null ? 1 : counts[k]);
                squares += weight * weight;
            }
            shares[u] = squares == 0 ? 0 : (float) (options.history() / Math.sqrt(squares));
        }
    }

    /** c z_u. */
    float share(int user) {
        return shares[user];
    }

    /** n_i^b. */
    float weight(int item) {
        return weights[item];
    }

    /** e_u into {@code sums}, at the place where p_u is in {@code own}. */
    void sum(int user, float[] own, float[] sums) {
        int n = items.stride();
        int o = user * n;
        System.arraycopy(own, o, sums, o, n);
        int[] columns = rows.columns();
        int begin = rows.begin(user);
        int end = rows.end(user);
        if (counts == null) {
            kernels.addRows(share(user), weights, items.scored(), n, columns, begin, end, sums, o);
            return;
        }
        for (int k = begin; k < end; k++) {
            int item = columns[k];
            kernels.axpy(share(user) * weights[item] * counts[k], items.scored(), item * n, sums, o, n);
        }
    }

    /** First p_u: zeros where the items say everything, what is there already where they say nothing. */
    static void clear(Matrix users, Interactions train) {
        for (int u = 0; u < users.rows(); u++) {
            if (train.count(u) > 0) {
                Arrays.fill(users.values(), users.offset(u), users.offset(u) + users.stride(), 0);
            }
        }
    }
}
