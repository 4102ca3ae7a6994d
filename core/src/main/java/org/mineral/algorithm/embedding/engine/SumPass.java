package org.mineral.algorithm.embedding.engine;

import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Row;

/**
 * Rows that need one sum of phi, and perhaps a threshold: the fast path. phi and phi' in place while a strip is in cache, {@code g_uj = w_j phi'(s_uj)}.
 *
 * <p>For EXP, g holds e^{s - shift}. Cosines are bounded, so shift = bound/t_u serves the whole row; dot products use the
 * largest score so far, and each strip remembers the shift that it was written with.
 */
final class SumPass implements RowPass {

    private final SumKernel kernel;
    private final boolean running;
    private final float vanishing;
    private final BlockRows rows;
    private final BlockScores cells;
    private final PackedCandidates candidates;
    private final Kernels kernels;
    private final @Nullable RowThresholds thresholds;

    /** By strip and row, with a running maximum: the shift that the strip was written with. */
    private float[] shifts = new float[0];

    private double[] slopes = new double[0];
    private double[] logSums = new double[0];

    /** @param running whether the shift has to be the largest score so far */
    SumPass(
            SumKernel kernel,
            boolean running,
            BlockRows rows,
            BlockScores cells,
            PackedCandidates candidates,
            Kernels kernels) {
        this.kernel = kernel;
        this.running = running;
        this.vanishing = (float) kernel.vanishing;
        this.rows = rows;
        this.cells = cells;
        this.candidates = candidates;
        this.kernels = kernels;
        this.thresholds = kernel.threshold == null ? null : new RowThresholds(kernel.threshold.count(), cells, kernels);
    }

    @Override
    public void resize() {
        if (thresholds != null) {
            thresholds.resize(rows.size());
        }
        if (running && shifts.length < candidates.strips() * rows.size()) {
            shifts = new float[candidates.strips() * rows.size()];
        }
        if (running && slopes.length < rows.size()) {
            slopes = new double[rows.size()];
            logSums = new double[rows.size()];
        }
    }

    @Override
    public void begin(int u) {
        if (thresholds != null) {
            thresholds.begin(u);
        }
    }

    @Override
    public boolean looksFirst() {
        return kernel.fromThreshold;
    }

    @Override
    public boolean sparse() {
        return kernel.aboveThreshold;
    }

    @Override
    public void look(int u, int at, int width, ThreadScratch own) {
        if (thresholds != null) {
            thresholds.look(u, at, width, own);
        }
    }

    @Override
    public void mask(int at, int within, ThreadScratch own) {
        cells.cells[at] = vanishing;
    }

    @Override
    public void strip(int strip, int u, int at, int width, ThreadScratch own) {
        float shift = 0;
        if (kernel.fromThreshold) {
            shift = (float) threshold(u);
        } else {
            look(u, at, width, own);
        }
        if (running) {
            shift = newShift(strip, u, at, width);
        } else if (kernel.exponential) {
            shift = (float) (rows.bound / rows.temperatures[u]);
        }
        rows.sums[u] += kernel.phi.apply(cells.cells, at, width, cells.stride(), shift, own.weights, own.offset);
    }

    private double threshold(int u) {
        return thresholds == null ? 0 : thresholds.value(u);
    }

    /** The running maximum; what was summed with an older one is scaled down to it. */
    private float newShift(int strip, int u, int at, int width) {
        float largest = kernels.max(cells.cells, at, width, cells.stride());
        float old = strip == 0 ? Float.NEGATIVE_INFINITY : shift(strip - 1, u);
        float shift = Math.max(old, largest);
        if (strip > 0 && shift > old) {
            rows.scale(u, (float) Math.exp(old - shift));
        }
        shifts[strip * rows.size() + u] = shift;
        return shift;
    }

    private float shift(int strip, int u) {
        return shifts[strip * rows.size() + u];
    }

    @Override
    public double finish(int u, Row row, ThreadScratch own) {
        double shift = 0;
        if (kernel.exponential) {
            shift = running ? shift(candidates.strips() - 1, u) : rows.bound / rows.temperatures[u];
        }
        boolean empty = rows.masked[u] > 0 && rows.masked[u] >= candidates.count;
        double factor = kernel.finish(row, rows.sums[u], shift, threshold(u), empty);
        if (running) {
            slopes[u] = rows.weights[u] * kernel.slope(row);
            logSums[u] = kernel.sum(row);
        }
        return factor;
    }

    @Override
    public boolean rescales() {
        return running;
    }

    @Override
    public double rescale(int strip, int u) {
        return slopes[u] * Math.exp(shift(strip, u) - logSums[u]);
    }
}
