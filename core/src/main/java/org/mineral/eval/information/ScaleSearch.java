package org.mineral.eval.information;

import java.util.Arrays;
import java.util.List;
import org.mineral.linalg.Workers;
import org.mineral.model.VectorModel;

/**
 * Finds the scale b that maximises the bound, for each critic. The scale of a model's scores is arbitrary: weights such as lambda, or a loss
 * without a temperature, choose it for ranking, not as a density.
 *
 * <p>The bound of Barber and Agakov, b E[s] - E[log Z_u(b)] up to a constant, is concave in b. So the best point of a logarithmic grid and
 * its neighbours bracket the maximum. A parabola through them approximates it, and a second, fine grid refines it. Every scale gives a valid
 * bound, so a search on every k-th user is enough.
 */
final class ScaleSearch {

    private static final int USERS = 1000;

    /** The coarse grid: 2^-6 to 2^6 times the scale to start from. */
    private static final int COARSE = 13;

    private static final int FINE = 5;
    private static final double FINE_STEP = 1.15;

    private final VectorModel model;
    private final PairDistribution joint;
    private final Workers workers;
    private final int[] users;

    ScaleSearch(VectorModel model, PairDistribution joint, Workers workers) {
        this.model = model;
        this.joint = joint;
        this.workers = workers;
        int every = (joint.users.length + USERS - 1) / USERS;
        this.users = new int[(joint.users.length + every - 1) / every];
        Arrays.setAll(users, k -> joint.users[k * every]);
    }

    /** The best scale of each critic, in the order of {@link Critic}. */
    double[] best(double start) {
        Critic[] critics = Critic.values();
        double[] coarse = grid(start, 2, COARSE);
        List<List<InformationBounds>> found = measure(coarse);
        double[] fine = new double[critics.length * FINE];
        for (int c = 0; c < critics.length; c++) {
            System.arraycopy(grid(peak(coarse, found, c), FINE_STEP, FINE), 0, fine, c * FINE, FINE);
        }
        List<List<InformationBounds>> around = measure(fine);
        double[] best = new double[critics.length];
        for (int c = 0; c < best.length; c++) {
            int from = c * FINE;
            best[c] = peak(Arrays.copyOfRange(fine, from, from + FINE), around.subList(from, from + FINE), c);
        }
        return best;
    }

    private List<List<InformationBounds>> measure(double[] scales) {
        return new InformationPass(model, joint, scales).run(users, 2, workers);
    }

    private static double[] grid(double centre, double step, int points) {
        double[] grid = new double[points];
        Arrays.setAll(grid, k -> centre * Math.pow(step, k - points / 2));
        return grid;
    }

    /** The maximum of the parabola, over log b, through the best point and its neighbours. */
    private static double peak(double[] grid, List<List<InformationBounds>> bounds, int critic) {
        double[] y =
                bounds.stream().mapToDouble(b -> b.get(critic).barberAgakov()).toArray();
        int best = 0;
        for (int k = 1; k < y.length; k++) {
            best = y[k] > y[best] ? k : best;
        }
        if (best == 0 || best == y.length - 1) {
            return grid[best];
        }
        double bend = y[best - 1] - 2 * y[best] + y[best + 1];
        double shift = bend < 0 ? (y[best - 1] - y[best + 1]) / (2 * bend) : 0;
        return grid[best] * Math.pow(grid[1] / grid[0], shift);
    }
}
