package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.PairwiseLoss;
import org.mineral.loss.row.Row;

/**
 * The loss of a block of rows and its derivatives. Vectors, positives and weights go in; losses, and derivatives with respect to rows' and
 * candidates' vectors, come out. It moves nothing and runs no threads: its caller divides the work, and knows what rows and candidates are.
 *
 * <ol>
 *   <li>{@link #begin}, once the {@link BlockRows} are filled in and the candidates are packed
 *   <li>{@link #pass} of groups of rows, each by one thread: scores S, sums, and G in the place of S
 *   <li>{@link #finish} of each row of a group, by the same thread: the row's loss, and the derivative with respect to its vector
 *   <li>once all rows are finished, {@link #candidates} of each strip: {@code G^T (a U)}
 * </ol>
 *
 * Every value is written by one call only and summed in an order that depends on indices alone.
 */
public final class BlockGradient {

    private static final int STRIP = Kernels.STRIP;
    private static final int PANEL = Kernels.PANEL;
    private static final int TILE = Kernels.USER_TILE;

    private final Objective objective;
    private final double dropout;
    private final boolean masks;
    private final Kernels kernels;
    private final PackedCandidates candidates;
    private final int dp;
    private final BlockProducts products;
    private final RowPass pass;

    /** What goes in, row by row, and what is left of each. */
    public final BlockRows rows;

    /** a_u times the rows' vectors and weights. */
    private float[] factors = new float[0];

    private int factorsBegin;

    /**
     * @param options score dropout and what becomes of positives among the candidates
     * @param candidates vectors of whatever candidates and positives are drawn from; filled again for each block
     */
    public BlockGradient(Objective objective, TrainOptions options, PackedCandidates candidates, Kernels kernels) {
        this.objective = objective;
        this.dropout = options.optimization().dropout();
        this.masks = options.objective().collisions() == TrainOptions.Collisions.MASK;
        this.kernels = kernels;
        this.candidates = candidates;
        this.dp = candidates.stride();
        this.rows = new BlockRows(dp);
        this.products = new BlockProducts(candidates, kernels);
        this.pass = pass();
    }

    private RowPass pass() {
        if (objective.loss() instanceof PairwiseLoss pairs) {
            return new PairPass(PhiKernel.of(pairs.phi(), kernels), rows, products.cells, candidates, kernels);
        }
        if (RowKernel.of(objective.loss(), kernels) instanceof SumKernel sum) {
            boolean running = objective.runningMaximum();
            return new SumPass(sum, running, rows, products.cells, candidates, kernels);
        }
        return new WholeRowPass(masks, rows, products.cells, candidates);
    }

    /** What one thread needs. */
    public ThreadScratch scratch() {
        return new ThreadScratch(RowKernel.of(objective.loss(), kernels), dropout);
    }

    /** Makes room for this block's rows, which are to be filled in then. */
    public void begin(int rowCount, int positives) {
        rows.resize(rowCount, positives);
        products.resize(rows.size());
        pass.resize();
        if (factors.length < rows.size() * dp + CacheLine.FLOATS) {
            factors = new float[rows.size() * dp + CacheLine.FLOATS];
        }
    }

    /** Lets what the products read begin where cache lines do; contents are lost. */
    void align(CacheLine.Finder lines) {
        products.cells.align(lines);
        factorsBegin = lines.begin(factors, factorsBegin);
    }

    /** Floats of the block of scores. */
    int cells() {
        return products.cells.cells.length;
    }

    /**
     * All candidates pass by rows [from, to).
     *
     * @param from a multiple of {@link Kernels#USER_TILE}; and so is {@code to}, or it is the number of rows
     * @param moves whether the derivatives with respect to the rows' vectors are wanted
     */
    public void pass(int from, int to, ThreadScratch own, boolean moves) {
        for (int u = from; u < to; u++) {
            prepare(u);
        }
        for (int u = from; u < to; u += TILE) {
            products.pack(rows.vectors, u);
        }
        sweep(from, to, own, moves);
        if (pass.looksFirst()) {
            sweepAgain(from, to, own, moves);
        }
        if (pass.keepsScores()) {
            for (int u = from; u < to; u += TILE) {
                complete(u, Math.min(to, u + TILE), own, moves);
            }
        }
    }

    private void sweep(int from, int to, ThreadScratch own, boolean moves) {
        for (int strip = 0; strip < candidates.strips(); strip++) {
            for (int u = from; u < to; u += TILE) {
                products.scores(strip, u);
                for (int r = u; r < Math.min(to, u + TILE); r++) {
                    strip(strip, r, own);
                }
                if (moves && !pass.keepsScores() && !pass.looksFirst()) {
                    products.rows(strip, u, rows.products);
                }
            }
        }
    }

    /** What has been looked at turns into derivatives. */
    private void sweepAgain(int from, int to, ThreadScratch own, boolean moves) {
        for (int strip = 0; strip < candidates.strips(); strip++) {
            int width = candidates.width(strip);
            for (int u = from; u < to; u += TILE) {
                for (int r = u; r < Math.min(to, u + TILE); r++) {
                    own.weights(candidates.weights, strip, width, rows.keys[r], rows.seed);
                    pass.strip(strip, r, products.cells.at(strip, r), width, own);
                    if (moves && pass.sparse()) {
                        products.row(strip, r, own.places, rows.products);
                    }
                }
                if (moves && !pass.sparse()) {
                    products.rows(strip, u, rows.products);
                }
            }
        }
    }

    private void prepare(int u) {
        Arrays.fill(rows.hits, rows.begin[u], rows.begin[u + 1], 0);
        for (int k = rows.begin[u]; k < rows.begin[u + 1] && !readsScores(); k++) {
            rows.pairSums[k] = 0;
            rows.scores[k] = kernels.dot(rows.vectors, u * dp, candidates.table(), rows.positives[k] * dp, dp);
        }
        Arrays.fill(rows.products, u * dp, (u + 1) * dp, 0);
        rows.sums[u] = 0;
        pass.begin(u);
        rows.cursors[u] = rows.begin[u];
        rows.masked[u] = 0;
    }

    private void strip(int strip, int u, ThreadScratch own) {
        int at = products.cells.at(strip, u);
        int width = candidates.width(strip);
        own.weights(candidates.weights, strip, width, rows.keys[u], rows.seed);
        meetPositives(strip, u, at, own);
        if (pass.looksFirst()) {
            pass.look(u, at, width, own);
        } else if (!pass.keepsScores()) {
            pass.strip(strip, u, at, width, own);
        }
    }

    private void complete(int tile, int to, ThreadScratch own, boolean moves) {
        own.resize(candidates.strips());
        for (int u = tile; u < to; u++) {
            for (int strip = 0; strip < candidates.strips(); strip++) {
                int width = candidates.width(strip);
                own.weights(candidates.weights, strip, width, rows.keys[u], rows.seed);
                pass.strip(strip, u, products.cells.at(strip, u), width, own);
            }
            fill(own.row, u);
            pass.complete(u, own.row, own);
        }
        for (int strip = 0; strip < candidates.strips() && moves; strip++) {
            products.rows(strip, tile, rows.products);
        }
    }

    /** Whether the positives' scores come from the row; a sample may lack them. */
    private boolean readsScores() {
        return candidates.chosen == null && pass.readsScores();
    }

    /** At a row's own positives among the strip's candidates: notes their scores and weights, and takes out those that are masked. */
    private void meetPositives(int strip, int u, int row, ThreadScratch own) {
        int end = (strip + 1) * STRIP;
        BlockScores cells = products.cells;
        boolean reads = readsScores();
        for (; rows.cursors[u] < rows.begin[u + 1]; rows.cursors[u]++) {
            int k = rows.cursors[u];
            int j = candidates.position(rows.positives[k]);
            if (j >= end) {
                return;
            }
            int within = j - strip * STRIP;
            int at = row + within / PANEL * cells.stride() + within % PANEL;
            if (reads) {
                rows.scores[k] = cells.cells[at];
            }
            if (masks && j >= 0) {
                pass.mask(at, within, own);
                rows.masked[u]++;
            } else if (j >= 0) {
                rows.hits[k] = own.weights == null ? 1 : own.weights[own.offset + within];
            }
        }
    }

    /**
     * The end of row u: its loss, its positives' derivatives, and its part in {@link #candidates}.
     *
     * @return derivative of the block's loss with respect to the row's vector; the scratch's own
     */
    public float[] finish(int u, ThreadScratch own) {
        int first = rows.begin[u];
        double weight = rows.weights[u];
        Row row = own.row;
        fill(row, u);
        double a = pass.finish(u, row, own);
        rows.losses[u] = weight * row.value;
        float[] gradient = own.gradient(dp);
        kernels.axpy((float) a, rows.products, u * dp, gradient, 0, dp);
        for (int i = 0; i < row.n; i++) {
            int k = first + i;
            rows.positiveGradients[k] = (float) (weight * row.positiveGradients[i]);
            kernels.axpy((float) row.positiveGradients[i], candidates.table(), rows.positives[k] * dp, gradient, 0, dp);
        }
        float perVector = (float) (weight / rows.temperatures[u]);
        float factor = (float) (weight * a);
        int at = factorsBegin + u * dp;
        for (int k = 0; k < dp; k++) {
            factors[at + k] = factor * rows.vectors[u * dp + k];
            gradient[k] *= perVector;
        }
        return gradient;
    }

    private void fill(Row row, int u) {
        row.resize(rows.begin[u + 1] - rows.begin[u]);
        row.items = candidates.tableRows();
        row.m = Math.max(1, candidates.draws - rows.masked[u]);
        row.temperature = rows.temperatures[u];
        for (int i = 0; i < row.n; i++) {
            int k = rows.begin[u] + i;
            row.positives[i] = rows.scores[k];
            row.hits[i] = rows.hits[k];
            if (rows.counts != null) {
                row.shares[i] = (double) rows.counts[k] / row.n;
            }
        }
    }

    /** The block's loss. */
    public double loss() {
        double total = 0;
        for (int u = 0; u < rows.count(); u++) {
            total += rows.losses[u];
        }
        return total;
    }

    /**
     * Derivatives of the block's loss with respect to one strip of candidates, by way of their being candidates.
     *
     * @param own of one thread
     * @param to a row a candidate, overwritten
     */
    public void candidates(int strip, ThreadScratch own, float[] to) {
        Arrays.fill(to, 0);
        int chunk = products.chunk();
        for (int u = 0; u < rows.count(); u += chunk) {
            int count = Math.min(chunk, rows.count() - u);
            if (pass.rescales()) {
                products.candidates(strip, u, count, rescaled(strip, u, count, own), 0, to);
            } else {
                products.candidates(strip, u, count, factors, factorsBegin + u * dp, to);
            }
        }
    }

    /** {@link #factors} of some rows for one strip. */
    private float[] rescaled(int strip, int first, int count, ThreadScratch own) {
        float[] to = own.rescaled(products.chunk() * dp);
        for (int u = first; u < first + count; u++) {
            float scale = (float) pass.rescale(strip, u);
            for (int k = 0; k < dp; k++) {
                to[(u - first) * dp + k] = scale * rows.vectors[u * dp + k];
            }
        }
        return to;
    }
}
