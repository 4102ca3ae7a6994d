package org.mineral.algorithm.slim;

import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightAlgorithm;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.algorithm.Plan;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.SparseRow;
import org.mineral.linalg.Workers;
import org.mineral.model.similarity.ItemWeights;
import org.mineral.model.similarity.RowSimilarity;

/**
 * SLIM (Ning and Karypis 2011, doi 10.1109/ICDM.2011.134) with candidates from a neighbourhood (fsSLIM): each column of W is the elastic net
 *
 * <pre>{@code 1/2 |x_j - sum over i in N(j) of W_ij x_i|^2 + l1 sum_i W_ij + l2/2 sum_i W_ij^2,   W_ij >= 0}</pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><td>x_j</td><td>column j of X, 1 for each user who took item j</td></tr>
 * <tr><td>N(j)</td><td>the {@link SlimSettings#neighbours} items with the largest cosine to j, without j</td></tr>
 * </table>
 *
 * <p>Solved by coordinate descent over the residual of the users, from zero, until no weight changes by more than {@value #ENOUGH}, at most
 * {@value #PASSES} times.
 */
public final class Slim extends ItemWeightAlgorithm<SlimSettings> {

    private static final int PASSES = 100;

    /** Passes that are enough for most items. */
    private static final int USUAL_PASSES = 10;

    private static final double ENOUGH = 1e-4;

    public Slim() {
        super(SlimSettings.class);
    }

    @Override
    public String name() {
        return "slim";
    }

    @Override
    public String description() {
        return "sparse linear weights between items, each item predicted from those nearest to it; no vectors";
    }

    @Override
    public String source() {
        return "Ning and Karypis 2011, doi 10.1109/ICDM.2011.134";
    }

    @Override
    public String formula(SlimSettings settings) {
        return "1/2 |X - X W|^2 + l1 |W|_1 + l2/2 |W|^2, W >= 0, W_jj = 0";
    }

    @Override
    public Plan plan(Dataset data, SlimSettings settings, FitContext context) {
        long bytes = 2 * ItemWeightRows.bytesOfCommonUsers(data.train(), settings.neighbours(), context.threads())
                + (long) Double.BYTES * data.users().size() * context.threads();
        // Each item is in as many neighbourhoods as it has neighbours, on average.
        double sums =
                (double) USUAL_PASSES * settings.neighbours() * data.train().size();
        double gigaflops = ItemWeightRows.gigaflopsOfCommonUsers(data.train()) + SparseRow.OPERATIONS * sums / 1e9;
        return Plan.of(data, "elastic nets over neighbourhoods", gigaflops, bytes, "Set fewer neighbours");
    }

    @Override
    protected ItemWeights weights(Dataset data, SlimSettings settings, Workers workers, FitContext context) {
        Interactions train = data.train();
        Interactions takers = train.transpose();
        ItemWeights near = near(train, takers, settings.neighbours(), workers);
        float[] values = new float[near.size()];
        double[][] scratch = new double[workers.threads()][];
        // Row j of `near` has the candidates of column j of W.
        workers.run(train.items(), (j, worker) -> {
            double[] residual = scratch[worker] == null ? new double[train.users()] : scratch[worker];
            scratch[worker] = residual;
            solve(j, near, takers, settings, residual, values);
        });
        return new ItemWeights(near.items(), near.offsets(), near.columns(), values).transpose();
    }

    private static ItemWeights near(Interactions train, Interactions takers, int neighbours, Workers workers) {
        RowSimilarity cosine = new RowSimilarity(
                takers,
                new RowSimilarity.Settings(
                        RowSimilarity.Measure.COSINE, RowSimilarity.Weighting.NONE, 0.5, 0, neighbours));
        return ItemWeightRows.ofCommonUsers(train, cosine.columnWeights(), neighbours, workers, cosine::of);
    }

    /** @param residual of all users, zeros before and after */
    private static void solve(
            int j, ItemWeights near, Interactions takers, SlimSettings settings, double[] residual, float[] values) {
        int from = near.offsets()[j];
        double[] weights = new double[near.offsets()[j + 1] - from];
        add(1, takers, j, residual);
        double largest = 1;
        for (int pass = 0; pass < PASSES && largest > ENOUGH; pass++) {
            largest = 0;
            for (int k = 0; k < weights.length; k++) {
                int i = near.columns()[from + k];
                double agreement = weights[k] * takers.count(i) - settings.l1();
                for (int t = takers.begin(i); t < takers.end(i); t++) {
                    agreement += residual[takers.columns()[t]];
                }
                double weight = Math.max(0, agreement) / (takers.count(i) + settings.l2());
                double change = weight - weights[k];
                if (change != 0) {
                    weights[k] = weight;
                    add(-change, takers, i, residual);
                    largest = Math.max(largest, Math.abs(change));
                }
            }
        }
        clear(takers, j, residual);
        for (int k = 0; k < weights.length; k++) {
            values[from + k] = (float) weights[k];
            clear(takers, near.columns()[from + k], residual);
        }
    }

    private static void add(double change, Interactions takers, int item, double[] residual) {
        for (int t = takers.begin(item); t < takers.end(item); t++) {
            residual[takers.columns()[t]] += change;
        }
    }

    private static void clear(Interactions takers, int item, double[] residual) {
        for (int t = takers.begin(item); t < takers.end(item); t++) {
            residual[takers.columns()[t]] = 0;
        }
    }
}
