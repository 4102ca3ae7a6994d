package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.algorithm.embedding.encoder.UserBlock;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;
import org.mineral.loss.PairwiseLoss;
import org.mineral.loss.Term;

/**
 * The part of a step that is split by users. A task takes a group of users and walks over the candidates strip by strip,
 * while the strip is in cache: scores S = U C^T, phi and phi' in place, and at once the users' own product G C. What is
 * left behind, G = phi'(S), is the raw derivative: a row's true one is a_u G, with a_u known when the row is complete
 * ({@link RowGradient}).
 *
 * <p>For EXP terms G holds e^{s - shift}. Cosines are bounded, so shift = 1/t_u serves the whole row; dot products use the
 * largest score so far, and each strip remembers the shift that it was written with.
 */
final class UserPass {

    private static final int STRIP = Kernels.STRIP;
    private static final int PANEL = Kernels.PANEL;
    private static final int TILE = Kernels.USER_TILE;

    private final Encoder users;
    private final Encoder items;
    private final Workers workers;
    private final Kernels kernels;
    private final StepContext context;
    private final UserBlock block;
    private final int dp;
    private final PackedCandidates candidates;
    private final BlockScratch rows;
    private final RowGradient end;
    private final ThreadScratch[] scratch;
    private final boolean mask;
    private final boolean pairwise;
    private final boolean rescales;
    private final Term term;

    UserPass(
            Objective objective,
            TrainOptions options,
            Encoder users,
            Encoder items,
            Workers workers,
            Kernels kernels,
            StepContext context,
            UserBlock block,
            PackedCandidates candidates,
            BlockScratch rows,
            RowGradient end) {
        this.users = users;
        this.items = items;
        this.workers = workers;
        this.kernels = kernels;
        this.context = context;
        this.block = block;
        this.dp = items.vectors().stride();
        this.candidates = candidates;
        this.rows = rows;
        this.end = end;
        this.scratch = new ThreadScratch[workers.threads()];
        Arrays.setAll(scratch, w -> new ThreadScratch(options.dropout()));
        this.mask = options.collisions() == TrainOptions.Collisions.MASK;
        this.pairwise = objective.loss() instanceof PairwiseLoss;
        this.rescales = objective.runningMaximum();
        this.term = objective.term();
    }

    /** Runs the pass and steps the users, unless they are to stay; returns the weighted mean loss. */
    double run(boolean usersMove) {
        long seed = context.seed();
        rows.resize(block.size(), block.items.length, candidates.strips());
        end.resize();
        rows.bound = items.bound();
        int tiles = rows.size() / TILE;
        int groups = Math.min(tiles, workers.threads());
        workers.run(groups, (group, worker) -> {
            int from = (int) ((long) tiles * group / groups) * TILE;
            int to = Math.min(block.size(), (int) ((long) tiles * (group + 1) / groups) * TILE);
            ThreadScratch own = scratch[worker];
            for (int u = from; u < to; u++) {
                prepare(u, own);
            }
            for (int u = from; u < to; u += TILE) {
                kernels.packUsers(rows.vectors, u * dp, dp, rows.packed, u * dp);
            }
            for (int strip = 0; strip < candidates.strips(); strip++) {
                for (int u = from; u < to; u += TILE) {
                    tilePass(strip, u, Math.min(TILE, to - u), own, seed, usersMove);
                }
            }
            for (int u = from; u < to; u++) {
                end.finish(u, own, usersMove);
            }
        });
        return end.loss();
    }

    private void prepare(int u, ThreadScratch own) {
        float scale = (float) (1 / end.temperature(u));
        int from = block.users[u] * dp;
        users.forward(own.rows.one(block.users[u], u), context);
        float[] vectors = users.vectors().values();
        for (int k = 0; k < dp; k++) {
            rows.vectors[u * dp + k] = vectors[from + k] * scale;
        }
        for (int k = block.begin[u]; k < block.begin[u + 1] && !readsScores(); k++) {
            rows.pairSums[k] = 0;
            rows.scores[k] = kernels.dot(rows.vectors, u * dp, items.vectors().values(), block.items[k] * dp, dp);
        }
        Arrays.fill(rows.products, u * dp, (u + 1) * dp, 0);
        rows.sums[u] = 0;
        rows.cursors[u] = block.begin[u];
        rows.masked[u] = 0;
    }

    private void tilePass(int strip, int u, int count, ThreadScratch own, long seed, boolean usersMove) {
        int width = candidates.width(strip);
        int panels = (width + PANEL - 1) / PANEL;
        float[] g = rows.cells.cells;
        int at = rows.cells.at(strip, u);
        int stride = rows.cells.stride();
        kernels.scores(
                rows.packed, u * dp, dp, candidates.packed, candidates.packedAt(strip), panels, g, at, stride, PANEL);
        for (int r = 0; r < count; r++) {
            int row = at + r * PANEL;
            if (mask || readsScores()) {
                meetPositives(strip, u + r, row);
            }
            own.weights(candidates.weights, strip, width, block.users[u + r], seed);
            if (pairwise) {
                pairs(u + r, row, width, own);
            } else {
                // Not sums[..] += transform(..): that would read the sum before transform scales it down.
                double sum = transform(strip, u + r, row, width, own);
                rows.sums[u + r] += sum;
            }
        }
        if (usersMove) {
            kernels.accumulateUsers(
                    g, at, width, stride, candidates.rows, candidates.rowsAt(strip), dp, rows.products, u * dp);
        }
    }

    /** Whether the positives' scores come from the row; a pairwise loss needs them before, a sample may lack them. */
    private boolean readsScores() {
        return candidates.chosen == null && !pairwise;
    }

    /**
     * At a user's own positives among the strip's candidates: notes their scores, and where positives are masked puts a
     * score there at which phi and phi' are 0.
     */
    private void meetPositives(int strip, int u, int row) {
        int end = (strip + 1) * STRIP;
        float neutral = term.kind() == Term.Kind.SQUARE ? 0 : -1e30f;
        boolean reads = readsScores();
        for (; rows.cursors[u] < block.begin[u + 1]; rows.cursors[u]++) {
            int k = rows.cursors[u];
            int j = candidates.position(block.items[k]);
            if (j >= end) {
                return;
            }
            int within = j - strip * STRIP;
            int at = row + within / PANEL * rows.cells.stride() + within % PANEL;
            if (reads) {
                rows.scores[k] = rows.cells.cells[at];
            }
            if (mask && j >= 0) {
                rows.cells.cells[at] = neutral;
                rows.masked[u]++;
            }
        }
    }

    private double transform(int strip, int u, int row, int width, ThreadScratch own) {
        float[] g = rows.cells.cells;
        int stride = rows.cells.stride();
        return switch (term.kind()) {
            case EXP -> {
                float shift = (float) (rows.bound / end.temperature(u));
                if (rescales) {
                    shift = newShift(strip, u, row, width);
                }
                yield kernels.exp(g, row, width, stride, shift, own.weights, own.offset);
            }
            case HINGE -> kernels.hinge(g, row, width, stride, (float) term.margin(), own.weights, own.offset);
            case SQUARE -> kernels.square(g, row, width, stride, own.weights, own.offset);
            case SOFTPLUS -> kernels.softplus(g, row, width, stride, 0, own.weights, own.offset);
        };
    }

    /** The running maximum; what was summed with an older one is scaled down to it. */
    private float newShift(int strip, int u, int row, int width) {
        float largest = kernels.max(rows.cells.cells, row, width, rows.cells.stride());
        float old = strip == 0 ? Float.NEGATIVE_INFINITY : rows.shift(strip - 1, u);
        float shift = Math.max(old, largest);
        if (strip > 0 && shift > old) {
            float scale = (float) Math.exp(old - shift);
            rows.sums[u] *= scale;
            for (int k = 0; k < dp; k++) {
                rows.products[u * dp + k] *= scale;
            }
        }
        rows.shifts[strip * rows.size() + u] = shift;
        return shift;
    }

    /** BPR: phi of every pair (candidate, positive); what the positives give up, the candidates receive. */
    private void pairs(int u, int row, int width, ThreadScratch own) {
        int whole = own.take(rows.cells, row, width);
        for (int k = block.begin[u]; k < block.begin[u + 1]; k++) {
            float[] pair = own.pair(whole);
            float count = block.counts == null ? 1 : block.counts[k];
            rows.sums[u] += count * kernels.softplus(pair, 0, whole, PANEL, rows.scores[k], own.pairWeights, 0);
            kernels.axpy(count, pair, 0, own.total, 0, whole);
            rows.pairSums[k] += count * kernels.dot(pair, 0, own.ones, 0, whole);
        }
        own.put(rows.cells, row, width);
    }
}
