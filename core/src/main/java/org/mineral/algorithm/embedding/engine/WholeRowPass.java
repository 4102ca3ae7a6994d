package org.mineral.algorithm.embedding.engine;

import org.mineral.loss.row.Row;

/**
 * Rows of losses that need more than one sum: scores stay until the row is complete, then its {@link RowKernel} replaces them all. Costs an
 * exponential and a pass through memory more than {@link SumPass} for each statistic.
 */
final class WholeRowPass implements RowPass {

    private final boolean masks;
    private final BlockRows rows;
    private final BlockScores cells;
    private final PackedCandidates candidates;
    private double[] factors = new double[0];
    private double[] values = new double[0];

    WholeRowPass(boolean masks, BlockRows rows, BlockScores cells, PackedCandidates candidates) {
        this.masks = masks;
        this.rows = rows;
        this.cells = cells;
        this.candidates = candidates;
    }

    @Override
    public void resize() {
        if (factors.length < rows.size()) {
            factors = new double[rows.size()];
            values = new double[rows.size()];
        }
    }

    @Override
    public boolean keepsScores() {
        return true;
    }

    @Override
    public void mask(int at, int within, ThreadScratch own) {
        // At the row's end, by its weights.
    }

    @Override
    public void strip(int strip, int u, int at, int width, ThreadScratch own) {
        own.gather(cells, at, strip, width);
    }

    @Override
    public void complete(int u, Row row, ThreadScratch own) {
        if (masks && rows.masked[u] > 0) {
            leaveOut(u, own);
        }
        factors[u] = own.kernel.derivatives(row, own.wholeScores, candidates.count, own.wholeWeights);
        values[u] = row.value;
        System.arraycopy(row.positiveGradients, 0, rows.pairSums, rows.begin[u], row.n);
        for (int strip = 0; strip < candidates.strips(); strip++) {
            own.scatter(cells, cells.at(strip, u), strip, candidates.width(strip));
        }
    }

    /** A positive that is masked weighs nothing, and its score, which may be the largest, is another's. */
    private void leaveOut(int u, ThreadScratch own) {
        float least = Float.POSITIVE_INFINITY;
        for (int j = 0; j < candidates.count; j++) {
            least = Math.min(least, own.wholeScores[j]);
        }
        for (int k = rows.begin[u]; k < rows.begin[u + 1]; k++) {
            int j = candidates.position(rows.positives[k]);
            if (j >= 0) {
                own.wholeScores[j] = least;
                own.wholeWeights[j] = 0;
            }
        }
    }

    @Override
    public double finish(int u, Row row, ThreadScratch own) {
        row.value = values[u];
        System.arraycopy(rows.pairSums, rows.begin[u], row.positiveGradients, 0, row.n);
        return factors[u];
    }
}
