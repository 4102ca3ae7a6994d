package org.mineral.data.synthetic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mineral.random.AliasTable;
import org.mineral.random.SequentialSampler;

/**
 * Draws a user's items from the distribution of {@link SyntheticData} without looking at the whole catalogue, so that millions of
 * users with hundreds of thousands of items take seconds: rejection sampling with a bound for each group of items.
 *
 * <ol>
 *   <li>Once: items are grouped by their nearest taste direction d, and within it by their angle to d into rings.
 *   <li>For a user at angle a to d, no item of the ring [b, c] has a larger affinity than cos(max(0, b - a, a - c)) = h.
 *   <li>A draw takes a group with probability proportional to p(group) e^{beta h}, an item of it by popularity, and keeps
 *       it with probability e^{beta (x_u . v_i - h)}, else draws again. About one in ten is kept.
 * </ol>
 *
 * {@link SequentialSampler}, which scans all items, is the reference. It also takes over when a user has taken nearly all items they like,
 * where rejection would not end.
 */
final class TasteSampler {

    /** Groups are tastes x rings; more rings mean fewer rejections and more bounds to compute for every user. */
    private static final int GROUPS = 128;

    /** Number of proposals for one item after which all items are scanned. */
    private static final int PATIENCE = 2000;

    /** Number of draws for each wanted item after which all items are scanned: draws of items already taken are lost. */
    private static final int REPEATS = 20;

    /** Bound on the rounding error of a cosine. */
    private static final double SLACK = 1e-5;

    private final SyntheticData.Truth truth;
    private final float[][] directions;
    private final double noise;
    private final int rings;

    /** All items, group by group, within a group by index. */
    private final int[] items;

    /** Group g is at begin[g] to begin[g + 1] of the items. */
    private final int[] begin;

    /** The vectors of {@link #items}, one after the other. */
    private final float[] vectors;

    /** Popularity within each group, and of the groups. */
    private final AliasTable[] popularity;

    private final AliasTable groupPopularity;
    private final double[] mass;

    /** Cosines to the group's direction of its nearest and farthest item. */
    private final double[] nearest;

    private final double[] farthest;

    TasteSampler(SyntheticData.Options options, SyntheticData.Truth truth) {
        this.truth = truth;
        this.directions = SyntheticData.directions(options);
        this.noise = options.noise();
        this.rings = Math.max(1, GROUPS / options.tastes());
        int n = options.items();
        int groups = directions.length * rings;
        this.items = new int[n];
        this.begin = new int[groups + 1];
        this.nearest = new double[groups];
        this.farthest = new double[groups];
        group(n);
        int dimension = options.dimension();
        this.vectors = new float[n * dimension];
        for (int k = 0; k < n; k++) {
            System.arraycopy(truth.items()[items[k]], 0, vectors, k * dimension, dimension);
        }
        this.mass = new double[groups];
        this.popularity = new AliasTable[groups];
        Arrays.setAll(popularity, this::popularity);
        this.groupPopularity = new AliasTable(shares(mass));
    }

    private AliasTable popularity(int g) {
        double[] weights = new double[begin[g + 1] - begin[g]];
        Arrays.setAll(weights, k -> StrictMath.exp(truth.logPopularity()[items[begin[g] + k]]));
        mass[g] = Arrays.stream(weights).sum();
        return new AliasTable(shares(weights));
    }

    private static double[] shares(double[] weights) {
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }

    private void group(int n) {
        int[] taste = new int[n];
        double[] cosine = new double[n];
        IntStream.range(0, n).parallel().forEach(i -> {
            cosine[i] = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < directions.length; t++) {
                double c = dot(directions[t], truth.items()[i], 0);
                if (c > cosine[i]) {
                    cosine[i] = c;
                    taste[i] = t;
                }
            }
        });
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order, Comparator.<Integer>comparingInt(i -> taste[i]).thenComparing(i -> -cosine[i], Double::compare));
        int from = 0;
        for (int t = 0; t < directions.length; t++) {
            int to = from;
            while (to < n && taste[order[to]] == t) {
                to++;
            }
            for (int r = 0; r < rings; r++) {
                int first = from + (int) ((long) (to - from) * r / rings);
                int end = from + (int) ((long) (to - from) * (r + 1) / rings);
                int g = t * rings + r;
                begin[g] = first;
                begin[g + 1] = end;
                if (first < end) {
                    nearest[g] = Math.min(1, cosine[order[first]]);
                    farthest[g] = Math.max(-1, cosine[order[end - 1]]);
                }
                for (int k = first; k < end; k++) {
                    items[k] = order[k];
                }
                Arrays.sort(items, first, end);
            }
            from = to;
        }
    }

    /** Reusable scratch of one thread. */
    Scratch scratch() {
        return new Scratch();
    }

    /** See {@link #scratch}. */
    final class Scratch {
        private final boolean[] taken = new boolean[items.length];
        private final double[] bounds = new double[begin.length - 1];
        private final double[] weights = new double[begin.length - 1];
    }

    /** The drawn items, in the order of drawing. */
    int[] draw(int user, int count, SplittableRandom random, Scratch scratch) {
        bound(user, scratch);
        AliasTable groups = new AliasTable(shares(scratch.weights));
        int[] drawn = new int[count];
        int k = 0;
        for (long repeats = 0; k < count && repeats <= (long) REPEATS * count; repeats++) {
            boolean noisy = random.nextDouble() < noise;
            int position = noisy ? popular(groupPopularity.draw(random), random) : liked(user, groups, scratch, random);
            if (position < 0) {
                break;
            }
            if (!scratch.taken[items[position]]) {
                scratch.taken[items[position]] = true;
                drawn[k++] = items[position];
            }
        }
        if (k < count) {
            new SequentialSampler(truth.scores(user), truth.logPopularity())
                    .complete(drawn, k, scratch.taken, noise, random);
        }
        for (int item : drawn) {
            scratch.taken[item] = false;
        }
        return drawn;
    }

    /** The position of an accepted proposal, or -1 after too many proposals. */
    private int liked(int user, AliasTable groups, Scratch scratch, SplittableRandom random) {
        float[] vector = truth.users()[user];
        for (int proposals = 0; proposals < PATIENCE; proposals++) {
            int g = groups.draw(random);
            int position = popular(g, random);
            double below = truth.beta() * (scratch.bounds[g] - dot(vector, vectors, position * vector.length));
            double uniform = random.nextDouble();
            // 1 / (1 + x + x^2 / 2) is an upper bound of e^-x that avoids most exponentials.
            if (uniform * (1 + below * (1 + 0.5 * below)) < 1 && uniform < StrictMath.exp(-below)) {
                return position;
            }
        }
        return -1;
    }

    /** Draws one of the group's items by popularity; returns its position. */
    private int popular(int g, SplittableRandom random) {
        return begin[g] + popularity[g].draw(random);
    }

    private void bound(int user, Scratch scratch) {
        for (int t = 0; t < directions.length; t++) {
            double c = Math.max(-1, Math.min(1, dot(directions[t], truth.users()[user], 0)));
            double s = Math.sqrt(1 - c * c);
            for (int g = t * rings; g < (t + 1) * rings; g++) {
                double bound = 1;
                if (c > nearest[g]) {
                    bound = c * nearest[g] + s * Math.sqrt(1 - nearest[g] * nearest[g]);
                } else if (c < farthest[g]) {
                    bound = c * farthest[g] + s * Math.sqrt(1 - farthest[g] * farthest[g]);
                }
                bound = Math.min(1, bound) + SLACK;
                scratch.bounds[g] = bound;
                scratch.weights[g] = mass[g] * StrictMath.exp(truth.beta() * (bound - 1));
            }
        }
    }

    private static float dot(float[] a, float[] b, int offset) {
        float even = 0;
        float odd = 0;
        for (int k = 0; k + 1 < a.length; k += 2) {
            even += a[k] * b[offset + k];
            odd += a[k + 1] * b[offset + k + 1];
        }
        return even + odd + (a.length % 2 == 0 ? 0 : a[a.length - 1] * b[offset + a.length - 1]);
    }
}
