package org.mineral.train;

import java.util.Arrays;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * What users' items say of them: {@code e_u = p_u + c n_u^-1/2 sum_{i in P_u} q_i}, with p_u the user's own parameters, q_i
 * the items' scored vectors and c the setting {@code history}. It is the user's side of SVD++ (Koren 2008) with the items'
 * own vectors, or one layer of propagation towards the users.
 *
 * <p>A user steps once an epoch, an item at every step: through its items a user's vector moves with all of these. What a
 * user's vector is to move by, each of its items is told as well: {@code dl/dq_i += c n_u^-1/2 dl/de_u}. The finished model is
 * plain factors, e_u and q_i.
 */
final class History {

    private final Interactions train;
    private final Embeddings items;
    private final Kernels kernels;
    private final double weight;
    private final float[] ones;

    History(Interactions train, Embeddings items, double weight, Kernels kernels) {
        this.train = train;
        this.items = items;
        this.weight = weight;
        this.ones = new float[items.rows()];
        Arrays.fill(ones, 1);
        this.kernels = kernels;
    }

    /** c n_u^-1/2. */
    float share(int user) {
        return (float) (weight / Math.sqrt(Math.max(1, train.count(user))));
    }

    /** e_u into {@code sums}, at the place where p_u is in {@code own}. */
    void sum(int user, float[] own, float[] sums) {
        int n = items.stride();
        int o = user * n;
        System.arraycopy(own, o, sums, o, n);
        int[] rows = train.columns();
        kernels.addRows(share(user), ones, items.scored(), n, rows, train.begin(user), train.end(user), sums, o);
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
