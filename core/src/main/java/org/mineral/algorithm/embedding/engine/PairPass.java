package org.mineral.algorithm.embedding.engine;

import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Row;

/**
 * Rows of pairwise losses: {@code g_uj = sum_i c_i w_j phi'(s_uj - s_ui)}, c_i what a positive counts. What the positives give up, the candidates
 * receive. The positives' scores have to be known before the first strip.
 */
final class PairPass implements RowPass {

    private final PhiKernel phi;
    private final BlockRows rows;
    private final BlockScores cells;
    private final PackedCandidates candidates;
    private final Kernels kernels;

    PairPass(PhiKernel phi, BlockRows rows, BlockScores cells, PackedCandidates candidates, Kernels kernels) {
        this.phi = phi;
        this.rows = rows;
        this.cells = cells;
        this.candidates = candidates;
        this.kernels = kernels;
    }

    @Override
    public boolean readsScores() {
        return false;
    }

    @Override
    public void mask(int at, int within, ThreadScratch own) {
        own.leaveOut(within);
    }

    @Override
    public void strip(int strip, int u, int at, int width, ThreadScratch own) {
        int whole = own.take(cells, at, width);
        for (int k = rows.begin[u]; k < rows.begin[u + 1]; k++) {
            float[] pair = own.pair(whole);
            float count = rows.counts == null ? 1 : rows.counts[k];
            rows.sums[u] += count * phi.apply(pair, 0, whole, Kernels.PANEL, rows.scores[k], own.pairWeights, 0);
            kernels.axpy(count, pair, 0, own.total, 0, whole);
            rows.pairSums[k] += count * kernels.dot(pair, 0, own.ones, 0, whole);
        }
        own.put(cells, at, width);
    }

    @Override
    public double finish(int u, Row row, ThreadScratch own) {
        double scale = 1.0 / row.m / row.n;
        row.value = rows.sums[u] * scale;
        for (int i = 0; i < row.n; i++) {
            row.positiveGradients[i] = -scale * rows.pairSums[rows.begin[u] + i];
        }
        return scale;
    }
}
