package org.mineral.train;

import java.util.Arrays;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;
import org.mineral.loss.PairwiseLoss;
import org.mineral.loss.Row;
import org.mineral.loss.SummedLoss;
import org.mineral.loss.Term;

/**
 * The part of a step that is split by users. A task takes a group of users and walks over the candidates strip by strip,
 * while the strip is in cache: scores S = U C^T, phi and phi' in place, and at once the users' own product G C. What is
 * left behind, G = phi'(S), is the raw derivative: a row's true one is a_u G, with a_u known when the row is complete.
 *
 * <p>For EXP terms G holds e^{s - shift}. Cosines are bounded, so shift = 1/t serves the whole row; dot products use the
 * largest score so far, and each strip remembers the shift that it was written with.
 */
final class UserPass {

    private static final int STRIP = Kernels.STRIP;
    private static final int TILE = Kernels.USER_TILE;
    private static final int STRIDE = Kernels.TILE_STRIDE;

    private final Objective objective;
    private final TrainOptions options;
    private final Embeddings users;
    private final Embeddings items;
    private final Workers workers;
    private final Kernels kernels;
    private final Block block;
    private final PackedCandidates candidates;
    private final RowScratch[] scratch;
    private final double[] userWeights;
    private final boolean mask;
    private final boolean rescales;
    private final Term term;

    private float[] vectors = new float[0];
    private float[] packedVectors = new float[0];
    private float[] factors = new float[0];
    private float[] products = new float[0];
    private float[] derivatives = new float[0];
    private float[] shifts = new float[0];
    private float[] scores = new float[0];
    private double[] sums = new double[0];
    private double[] factor = new double[0];
    private double[] logSums = new double[0];
    private double[] pairSums = new double[0];
    private double[] losses = new double[0];
    private int[] cursors = new int[0];
    private int[] masked = new int[0];
    private int rowsInTile;

    UserPass(
            Objective objective,
            TrainOptions options,
            Embeddings users,
            Embeddings items,
            Interactions train,
            Workers workers,
            Kernels kernels,
            Block block,
            PackedCandidates candidates) {
        this.objective = objective;
        this.options = options;
        this.users = users;
        this.items = items;
        this.workers = workers;
        this.kernels = kernels;
        this.block = block;
        this.candidates = candidates;
        this.scratch = new RowScratch[workers.threads()];
        Arrays.setAll(scratch, w -> new RowScratch(options.dropout()));
        this.userWeights = UserWeights.of(train, options.userWeight());
        this.mask = options.collisions() == TrainOptions.Collisions.MASK;
        this.term = objective.loss() instanceof SummedLoss summed
                ? summed.term()
                : ((PairwiseLoss) objective.loss()).term();
        this.rescales = term.kind() == Term.Kind.EXP && !objective.cosine();
    }

    /** Users' scored vectors divided by t, one row a user of the block. */
    float[] vectors() {
        return vectors;
    }

    /** The same times a_u, to be multiplied with {@link #derivatives()}. */
    float[] factors() {
        return factors;
    }

    /** G, strip by strip; see {@link #tile}. */
    float[] derivatives() {
        return derivatives;
    }

    /** Where a strip's row of a user begins in {@link #derivatives()}. */
    int tile(int strip, int user) {
        return (strip * rowsInTile + user) * STRIDE;
    }

    /** Whether the strips were written with different shifts; then {@link #rescale} replaces {@link #factors}. */
    boolean rescales() {
        return rescales;
    }

    /** {@link #factors} for one strip, with its shift in place of the row's last. */
    void rescale(int strip, int first, int count, float[] to) {
        int dp = items.stride();
        for (int u = first; u < first + count; u++) {
            float scale = (float) (factor[u] * Math.exp(shifts[strip * rowsInTile + u] - logSums[u]));
            for (int k = 0; k < dp; k++) {
                to[(u - first) * dp + k] = scale * vectors[u * dp + k];
            }
        }
    }

    /** Runs the pass and steps the users; returns the weighted mean loss. */
    double run(double rate, long seed) {
        allocate();
        int tiles = rowsInTile / TILE;
        int groups = Math.min(tiles, workers.threads());
        workers.run(groups, (group, worker) -> {
            int from = (int) ((long) tiles * group / groups) * TILE;
            int to = Math.min(block.size(), (int) ((long) tiles * (group + 1) / groups) * TILE);
            RowScratch own = scratch[worker];
            for (int u = from; u < to; u++) {
                prepare(u);
            }
            for (int u = from; u < to; u += TILE) {
                kernels.packUsers(vectors, u * items.stride(), items.stride(), packedVectors, u * items.stride());
            }
            for (int strip = 0; strip < candidates.strips(); strip++) {
                for (int u = from; u < to; u += TILE) {
                    tilePass(strip, u, Math.min(TILE, to - u), own, seed);
                }
            }
            for (int u = from; u < to; u++) {
                finish(u, own, rate);
            }
        });
        double total = 0;
        for (int u = 0; u < block.size(); u++) {
            total += losses[u];
        }
        return total;
    }

    private void allocate() {
        int dp = items.stride();
        int rows = (block.size() + TILE - 1) / TILE * TILE;
        rowsInTile = rows;
        if (vectors.length < rows * dp) {
            vectors = new float[rows * dp];
            packedVectors = new float[rows * dp];
            factors = new float[rows * dp];
            products = new float[rows * dp];
            sums = new double[rows];
            factor = new double[rows];
            logSums = new double[rows];
            losses = new double[rows];
            cursors = new int[rows];
            masked = new int[rows];
        }
        int cells = Math.multiplyExact(Math.multiplyExact(candidates.strips(), rows), STRIDE);
        if (derivatives.length < cells) {
            derivatives = new float[cells];
            shifts = new float[candidates.strips() * rows];
        }
        if (scores.length < block.items.length) {
            scores = new float[block.items.length];
            pairSums = new double[block.items.length];
        }
        Arrays.fill(vectors, block.size() * dp, rows * dp, 0);
    }

    private void prepare(int u) {
        int dp = items.stride();
        float scale = (float) (1 / objective.temperature());
        int from = block.users[u] * dp;
        for (int k = 0; k < dp; k++) {
            vectors[u * dp + k] = users.scored()[from + k] * scale;
        }
        for (int k = block.begin[u]; k < block.begin[u + 1]; k++) {
            pairSums[k] = 0;
            scores[k] = kernels.dot(vectors, u * dp, items.scored(), block.items[k] * dp, dp);
        }
        Arrays.fill(products, u * dp, (u + 1) * dp, 0);
        sums[u] = 0;
        cursors[u] = block.begin[u];
        masked[u] = 0;
    }

    private void tilePass(int strip, int u, int rows, RowScratch own, long seed) {
        int dp = items.stride();
        int width = candidates.width(strip);
        int at = tile(strip, u);
        int panels = (width + Kernels.PANEL - 1) / Kernels.PANEL;
        kernels.scores(packedVectors, u * dp, dp, candidates.packed, strip * STRIP * dp, panels, derivatives, at);
        for (int r = 0; r < rows; r++) {
            int row = at + r * STRIDE;
            if (mask) {
                maskPositives(strip, u + r, row);
            }
            own.weights(candidates.weights, strip, width, block.users[u + r], seed);
            if (objective.loss() instanceof PairwiseLoss) {
                pairs(u + r, row, width, own);
            } else {
                // Not sums[..] += transform(..): that would read the sum before transform scales it down.
                double sum = transform(strip, u + r, row, width, own);
                sums[u + r] += sum;
            }
        }
        kernels.accumulateUsers(derivatives, at, width, candidates.rows, strip * STRIP * dp, dp, products, u * dp);
    }

    /** Takes a user's own positives out of the candidates by a score at which phi and phi' are 0. */
    private void maskPositives(int strip, int u, int row) {
        int end = (strip + 1) * STRIP;
        float neutral = term.kind() == Term.Kind.SQUARE ? 0 : -1e30f;
        for (; cursors[u] < block.begin[u + 1]; cursors[u]++) {
            int j = candidates.position(block.items[cursors[u]]);
            if (j >= end) {
                return;
            }
            if (j >= 0) {
                derivatives[row + j - strip * STRIP] = neutral;
                masked[u]++;
            }
        }
    }

    private double transform(int strip, int u, int row, int width, RowScratch own) {
        return switch (term.kind()) {
            case EXP -> {
                float shift = (float) (1 / objective.temperature());
                if (rescales) {
                    shift = newShift(strip, u, row, width);
                }
                yield kernels.exp(derivatives, row, width, shift, own.weights, own.offset);
            }
            case HINGE -> kernels.hinge(derivatives, row, width, (float) term.margin(), own.weights, own.offset);
            case SQUARE -> kernels.square(derivatives, row, width, own.weights, own.offset);
            case SOFTPLUS -> kernels.softplus(derivatives, row, width, 0, own.weights, own.offset);
        };
    }

    /** The running maximum; what was summed with an older one is scaled down to it. */
    private float newShift(int strip, int u, int row, int width) {
        float largest = kernels.max(derivatives, row, width);
        float old = strip == 0 ? Float.NEGATIVE_INFINITY : shifts[(strip - 1) * rowsInTile + u];
        float shift = Math.max(old, largest);
        if (strip > 0 && shift > old) {
            float scale = (float) Math.exp(old - shift);
            sums[u] *= scale;
            int dp = items.stride();
            for (int k = 0; k < dp; k++) {
                products[u * dp + k] *= scale;
            }
        }
        shifts[strip * rowsInTile + u] = shift;
        return shift;
    }

    /** BPR: phi of every pair (candidate, positive); what the positives give up, the candidates receive. */
    private void pairs(int u, int row, int width, RowScratch own) {
        float[] raw = own.copy(derivatives, row, width);
        Arrays.fill(derivatives, row, row + width, 0);
        for (int k = block.begin[u]; k < block.begin[u + 1]; k++) {
            float[] pair = own.pair(raw, width);
            sums[u] += kernels.softplus(pair, 0, width, scores[k], own.weights, own.offset);
            kernels.axpy(1, pair, 0, derivatives, row, width);
            pairSums[k] += kernels.dot(pair, 0, own.ones, 0, width);
        }
    }

    /** The row is complete: loss, the factor a_u, the positives' derivatives, and the user's step. */
    private void finish(int u, RowScratch own, double rate) {
        int dp = items.stride();
        int n = block.begin[u + 1] - block.begin[u];
        double weight = userWeights[block.users[u]] / block.size();
        Row row = own.row;
        row.resize(n);
        row.items = items.rows();
        row.m = Math.max(1, candidates.draws - masked[u]);
        row.temperature = objective.temperature();
        for (int i = 0; i < n; i++) {
            row.positives[i] = scores[block.begin[u] + i];
        }
        double scale;
        if (objective.loss() instanceof SummedLoss loss) {
            boolean exp = term.kind() == Term.Kind.EXP;
            double shift = !exp ? 0 : rescales ? lastShift(u) : 1 / objective.temperature();
            double smallest = Double.MIN_NORMAL;
            row.sum = exp ? Math.log(Math.max(sums[u], smallest)) + shift : sums[u];
            losses[u] = weight * loss.evaluate(row);
            // A row whose candidates are all masked has no candidates' part.
            double slope = masked[u] > 0 && masked[u] >= candidates.count ? 0 : row.sumGradient;
            scale = exp && slope != 0 ? slope * Math.exp(shift - row.sum) : slope;
            factor[u] = weight * slope;
            logSums[u] = row.sum;
        } else {
            scale = 1.0 / row.m / n;
            losses[u] = weight * sums[u] * scale;
            for (int i = 0; i < n; i++) {
                row.positiveGradients[i] = -scale * pairSums[block.begin[u] + i];
            }
        }
        float[] gradient = own.gradient(dp);
        kernels.axpy((float) scale, products, u * dp, gradient, 0, dp);
        for (int i = 0; i < n; i++) {
            int k = block.begin[u] + i;
            block.gradients[k] = (float) (weight * row.positiveGradients[i]);
            kernels.axpy((float) row.positiveGradients[i], items.scored(), block.items[k] * dp, gradient, 0, dp);
        }
        float perVector = (float) (weight / objective.temperature());
        float a = (float) (weight * scale);
        for (int k = 0; k < dp; k++) {
            factors[u * dp + k] = a * vectors[u * dp + k];
            gradient[k] *= perVector;
        }
        users.step(block.users[u], gradient, 0, rate);
    }

    private float lastShift(int u) {
        return shifts[(candidates.strips() - 1) * rowsInTile + u];
    }
}
