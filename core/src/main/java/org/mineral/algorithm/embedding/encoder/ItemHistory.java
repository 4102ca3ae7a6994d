package org.mineral.algorithm.embedding.encoder;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.RecencyWeights;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * A user's items as part of the user's vector: {@code e_u = p_u + c z_u sum_{i in P_u} v_i q_i}, with p_u the user's own parameters, q_i the
 * items' vectors, c the setting {@code history}, v_i = n_i^b (b is {@code history_exponent}, n_i the item's users) and
 * {@code z_u = (sum_{i in P_u} v_i^2)^-1/2}, which is n_u^-1/2 for b = 0. Where interactions have weights, such as those of
 * {@link RecencyWeights}, v_i is n_i^b times the weight. It is the user's side of SVD++ (Koren 2008) with the
 * items' own vectors, or one layer of propagation towards the users.
 *
 * <p>A user is updated once in an epoch, an item at every step: through the items a user's vector changes with all of their steps. A user's
 * derivatives also update the items: {@code dl/dq_i += c z_u v_i dl/de_u}. The finished model has plain factors, e_u and q_i.
 */
public final class ItemHistory {

    private ItemHistory() {}

    /** The sum over items, with c z_u on the rows and n_i^b on the columns. */
    static SparseMap of(Targets targets, Encoder items, TrainOptions options, Kernels kernels) {
        Interactions rows = targets.rows();
        float[] counts = targets.counts();
        float[] columns = columnScales(rows, options.encoder().historyExponent());
        return new SparseMap(
                rows, counts, rowScales(rows, counts, columns, options.encoder().history()), columns, items, kernels);
    }

    private static float[] columnScales(Interactions rows, double exponent) {
        int[] users = rows.itemCounts();
        float[] scales = new float[users.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = (float) Math.pow(Math.max(1, users[i]), exponent);
        }
        return scales;
    }

    private static float[] rowScales(
            Interactions rows, float @Nullable [] counts, float[] columnScales, double history) {
        float[] scales = new float[rows.users()];
        for (int u = 0; u < scales.length; u++) {
            double squares = 0;
            for (int k = rows.begin(u); k < rows.end(u); k++) {
                double weight = columnScales[rows.columns()[k]] * (counts == null ? 1 : counts[k]);
                squares += weight * weight;
            }
            scales[u] = squares == 0 ? 0 : (float) (history / Math.sqrt(squares));
        }
        return scales;
    }

    /** Initial p_u: zeros for users with items, otherwise unchanged. */
    public static void clear(Matrix users, Interactions train) {
        for (int u = 0; u < users.rows(); u++) {
            if (train.count(u) > 0) {
                Arrays.fill(users.values(), users.offset(u), users.offset(u) + users.stride(), 0);
            }
        }
    }
}
