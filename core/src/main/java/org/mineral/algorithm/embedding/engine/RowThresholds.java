package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.QuantileSummary;

/**
 * Each row's threshold, exactly, while its strips are in cache: only scores above what is already known to be below it are looked at one by one, and of a long row they
 * are few.
 */
final class RowThresholds {

    private final SumKernel kernel;
    private final BlockScores cells;
    private final Kernels kernels;
    private QuantileSummary[] summaries = new QuantileSummary[0];

    RowThresholds(SumKernel kernel, BlockScores cells, Kernels kernels) {
        this.kernel = kernel;
        this.cells = cells;
        this.kernels = kernels;
    }

    void resize(int rows) {
        if (summaries.length < rows) {
            int old = summaries.length;
            summaries = Arrays.copyOf(summaries, rows);
            for (int u = old; u < rows; u++) {
                summaries[u] = kernel.summary();
            }
        }
    }

    void begin(int u) {
        summaries[u].clear();
    }

    /** One strip of row u, before its scores change. */
    void look(int u, int at, int width, ThreadScratch own) {
        QuantileSummary summary = summaries[u];
        int stride = cells.stride();
        if (kernels.max(cells.cells, at, width, stride) <= summary.floor()) {
            return;
        }
        for (int p = 0; p < width; p += Kernels.PANEL) {
            int begin = at + p / Kernels.PANEL * stride;
            float floor = (float) Math.max(summary.floor(), SumKernel.NONE);
            int found = kernels.above(cells.cells, begin, Math.min(Kernels.PANEL, width - p), floor, own.places);
            for (int k = 0; k < found; k++) {
                int j = own.places[k];
                summary.add(cells.cells[begin + j], own.weights == null ? 1 : own.weights[own.offset + p + j]);
            }
        }
    }

    double value(int u) {
        return summaries[u].value();
    }
}
