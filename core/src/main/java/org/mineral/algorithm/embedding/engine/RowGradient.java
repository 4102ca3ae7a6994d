package org.mineral.algorithm.embedding.engine;

import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.algorithm.embedding.encoder.UserBlock;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.algorithm.embedding.target.UserTemperatures;
import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;
import org.mineral.loss.Row;
import org.mineral.loss.SummedLoss;
import org.mineral.loss.Term;

/**
 * What happens to a row once all candidates have passed: the loss, the one factor a_u that turns phi'(s_uj) into
 * derivatives, the positives' derivatives, and the user's step.
 */
final class RowGradient {

    private final Objective objective;
    private final Encoder users;
    private final Encoder items;
    private final Kernels kernels;
    private final StepContext context;
    private final UserBlock block;
    private final int dp;
    private final PackedCandidates candidates;
    private final BlockScratch rows;
    private final double[] userWeights;
    private final UserTemperatures temperatures;
    private final boolean exponential;
    private final boolean rescales;

    private float[] factors = new float[0];
    private int factorsBegin;
    private double[] slopes = new double[0];
    private double[] logSums = new double[0];
    private double[] losses = new double[0];

    RowGradient(
            Objective objective,
            TrainOptions options,
            Encoder users,
            Encoder items,
            Targets targets,
            Kernels kernels,
            StepContext context,
            UserBlock block,
            PackedCandidates candidates,
            BlockScratch rows) {
        this.objective = objective;
        this.users = users;
        this.items = items;
        this.kernels = kernels;
        this.context = context;
        this.block = block;
        this.dp = items.vectors().stride();
        this.candidates = candidates;
        this.rows = rows;
        this.userWeights = targets.rowWeights();
        this.temperatures = new UserTemperatures(targets.meanLog(), objective, options.temperatureExponent());
        this.exponential = objective.term().kind() == Term.Kind.EXP;
        this.rescales = objective.runningMaximum();
    }

    void resize() {
        if (losses.length < rows.size()) {
            factors = new float[rows.size() * dp + CacheLine.FLOATS];
            slopes = new double[rows.size()];
            logSums = new double[rows.size()];
            losses = new double[rows.size()];
        }
    }

    /** t of the block's user u. */
    double temperature(int u) {
        return temperatures.of(block.begin[u + 1] - block.begin[u]);
    }

    /** The weighted mean loss of the block. */
    double loss() {
        double total = 0;
        for (int u = 0; u < block.size(); u++) {
            total += losses[u];
        }
        return total;
    }

    /** Lets {@link #factors} begin where a cache line does; contents are lost. */
    void align(CacheLine.Finder lines) {
        factorsBegin = lines.begin(factors, factorsBegin);
    }

    /** a_u times the users' vectors, one row a user from {@link #factorsAt} on, for the product with the block's derivatives. */
    float[] factors() {
        return factors;
    }

    int factorsAt(int u) {
        return factorsBegin + u * dp;
    }

    /** Whether the strips were written with different shifts; then {@link #rescale} replaces {@link #factors}. */
    boolean rescales() {
        return rescales;
    }

    /** {@link #factors} of {@code count} users for one strip, with its shift in place of the row's last. */
    void rescale(int strip, int first, int count, float[] to) {
        for (int u = first; u < first + count; u++) {
            float scale = (float) (slopes[u] * Math.exp(rows.shift(strip, u) - logSums[u]));
            for (int k = 0; k < dp; k++) {
                to[(u - first) * dp + k] = scale * rows.vectors[u * dp + k];
            }
        }
    }

    void finish(int u, ThreadScratch own, boolean moves) {
        int first = block.begin[u];
        double weight = userWeights[block.users[u]] / block.size();
        Row row = own.row;
        fill(row, u);
        double scale =
                objective.loss() instanceof SummedLoss loss ? summed(loss, row, u, weight) : pairwise(row, u, weight);
        float[] gradient = own.gradient(dp);
        kernels.axpy((float) scale, rows.products, u * dp, gradient, 0, dp);
        for (int i = 0; i < row.n; i++) {
            int k = first + i;
            block.gradients[k] = (float) (weight * row.positiveGradients[i]);
            kernels.axpy(
                    (float) row.positiveGradients[i], items.vectors().values(), block.items[k] * dp, gradient, 0, dp);
        }
        float perVector = (float) (weight / temperature(u));
        float a = (float) (weight * scale);
        int at = factorsAt(u);
        for (int k = 0; k < dp; k++) {
            factors[at + k] = a * rows.vectors[u * dp + k];
            gradient[k] *= perVector;
        }
        if (moves) {
            users.backward(own.rows.one(block.users[u], u), gradient, context);
        }
    }

    private void fill(Row row, int u) {
        row.resize(block.begin[u + 1] - block.begin[u]);
        row.items = items.vectors().rows();
        row.m = Math.max(1, candidates.draws - rows.masked[u]);
        row.temperature = temperature(u);
        for (int i = 0; i < row.n; i++) {
            int k = block.begin[u] + i;
            row.positives[i] = rows.scores[k];
            if (block.counts != null) {
                row.shares[i] = (double) block.counts[k] / row.n;
            }
        }
    }

    /** Returns a_u, as it stands beside the last strip's shift. */
    private double summed(SummedLoss loss, Row row, int u, double weight) {
        double shift = shift(u);
        row.sum = exponential ? Math.log(Math.max(rows.sums[u], Double.MIN_NORMAL)) + shift : rows.sums[u];
        losses[u] = weight * loss.evaluate(row);
        // A row whose candidates are all masked has no candidates' part.
        double slope = rows.masked[u] > 0 && rows.masked[u] >= candidates.count ? 0 : row.sumGradient;
        slopes[u] = weight * slope;
        logSums[u] = row.sum;
        return exponential && slope != 0 ? slope * Math.exp(shift - row.sum) : slope;
    }

    private double shift(int u) {
        if (!exponential) {
            return 0;
        }
        return rescales ? rows.shift(candidates.strips() - 1, u) : rows.bound / temperature(u);
    }

    private double pairwise(Row row, int u, double weight) {
        double scale = 1.0 / row.m / row.n;
        losses[u] = weight * rows.sums[u] * scale;
        for (int i = 0; i < row.n; i++) {
            row.positiveGradients[i] = -scale * rows.pairSums[block.begin[u] + i];
        }
        return scale;
    }
}
