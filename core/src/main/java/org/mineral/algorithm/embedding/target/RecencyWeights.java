package org.mineral.algorithm.embedding.target;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;

/**
 * The weight of each of a user's interactions: {@code r^p}, with p the setting {@code recency} and
 * {@code r = (k + 1/2) / n_u} for the k-th oldest of n_u. With p = 0 all weigh the same; with 1 the latest weigh about twice as much, and the
 * oldest nearly nothing.
 *
 * <p>The rank among the user's interactions is used as age, so that early and infrequent users are treated like all others. Interactions at
 * the same time share the mean of their ranks.
 */
public final class RecencyWeights {

    private RecencyWeights() {}

    /**
     * One weight for each position of {@code data.train().columns()}, with mean 1 for every user; null if all are 1.
     *
     * @throws InputException if p is above 0 and there are neither times nor the order of a file
     */
    public static float @Nullable [] of(Dataset data, double p) {
        if (p == 0) {
            return null;
        }
        Interactions train = data.train();
        long[] times = times(data);
        float[] counts = new float[train.size()];
        for (int u = 0; u < train.users(); u++) {
            int begin = train.begin(u);
            double[] places = places(Arrays.copyOfRange(times, begin, train.end(u)));
            double total = 0;
            for (int k = 0; k < places.length; k++) {
                places[k] = Math.pow((places[k] + 0.5) / places.length, p);
                total += places[k];
            }
            for (int k = 0; k < places.length; k++) {
                counts[begin + k] = (float) (places[k] * places.length / total);
            }
        }
        return counts;
    }

    private static long[] times(Dataset data) {
        Events events = data.events();
        long[] times = events == null ? null : events.of(data.train()).moments();
        if (times == null) {
            throw new InputException(data.name() + " has neither times nor the order of a file, which recency needs."
                    + " Give data with a time, read them with keep_order, or set recency=0.");
        }
        return times;
    }

    /** The rank of each time, from 0; equal times share the mean of their ranks. */
    private static double[] places(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        double[] shared = new double[times.length];
        for (int first = 0, end; first < sorted.length; first = end) {
            end = first + 1;
            while (end < sorted.length && sorted[end] == sorted[first]) {
                end++;
            }
            Arrays.fill(shared, first, end, (first + end - 1) / 2.0);
        }
        return Arrays.stream(times)
                .mapToDouble(time -> shared[Arrays.binarySearch(sorted, time)])
                .toArray();
    }
}
