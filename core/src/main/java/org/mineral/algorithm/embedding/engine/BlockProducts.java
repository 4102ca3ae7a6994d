package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;

/**
 * The three products of a block with its candidates, C their vectors: scores {@code S = U C^T}, and once S has become G in place, {@code G C}
 * for the rows and {@code G^T F} for the candidates. Tile by tile: the first two for {@link Kernels#USER_TILE} rows and a strip of candidates, so that
 * the strip's scores stay in cache in between; the third for a strip, down all rows. Different tiles, and different strips, may be worked on by
 * several threads at once.
 */
public final class BlockProducts {

    /** Floats of rows' vectors that stay in the first-level cache during the candidates' product, beside what it sums up. */
    private static final int NEAR = 7680;

    /** Rows below which fetching and storing the sums takes longer than fetching vectors from the second-level cache. */
    private static final int FEWEST = 60;

    /** Rows whose vectors and derivatives stay in the second-level cache. */
    private static final int FAR_ROWS = 240;

    private static final int STRIP = Kernels.STRIP;
    private static final int PANEL = Kernels.PANEL;

    private final Kernels kernels;
    private final int dp;
    private final PackedCandidates candidates;
    private final int chunk;
    private float[] packed = new float[0];

    /** S, then G. */
    final BlockScores cells = new BlockScores();

    public BlockProducts(PackedCandidates candidates, Kernels kernels) {
        this.kernels = kernels;
        this.dp = candidates.stride();
        this.candidates = candidates;
        this.chunk = chunk(dp);
    }

    /** Makes room for the candidates that there are, and this many rows, a whole number of tiles; scores are lost. */
    public void resize(int rows) {
        packed = RowKernel.atLeast(rows * dp, packed);
        cells.resize(candidates.strips(), rows);
    }

    void align(CacheLine.Finder lines) {
        cells.align(lines);
    }

    /** Takes the vectors of the tile at row u, from {@code u * stride} on. */
    public void pack(float[] vectors, int u) {
        kernels.packUsers(vectors, u * dp, dp, packed, u * dp);
    }

    /** S of one tile and strip. */
    public void scores(int strip, int u) {
        int panels = (candidates.width(strip) + PANEL - 1) / PANEL;
        kernels.scores(
                packed,
                u * dp,
                dp,
                candidates.packed,
                candidates.packedAt(strip),
                panels,
                cells.cells,
                cells.at(strip, u),
                cells.stride(),
                PANEL);
    }

    /** Of one tile and strip: {@code to[u] += sum_j g_uj c_j}, rows from {@code u * stride} on. */
    public void rows(int strip, int u, float[] to) {
        kernels.accumulateUsers(
                cells.cells,
                cells.at(strip, u),
                candidates.width(strip),
                cells.stride(),
                candidates.rows,
                candidates.rowsAt(strip),
                dp,
                to,
                u * dp);
    }

    /**
     * As {@link #rows(int, int, float[])} for the row u alone, few of whose g are above 0 and none below.
     *
     * @param places room for a strip's
     */
    void row(int strip, int u, int[] places, float[] to) {
        int at = cells.at(strip, u);
        int found = kernels.placesAbove(cells.cells, at, candidates.width(strip), cells.stride(), 0, places);
        for (int k = 0; k < found; k++) {
            int item = candidates.rowsAt(strip) + cells.within(places[k] - at) * dp;
            kernels.axpy(cells.cells[places[k]], candidates.rows, item, to, u * dp, dp);
        }
    }

    /** Of one strip and all rows: {@code to[j] = sum_u g_uj f_u}, f_u being factors from {@code u * stride} on. */
    public void candidates(int strip, int rows, float[] factors, float[] to) {
        Arrays.fill(to, 0);
        for (int u = 0; u < rows; u += chunk) {
            candidates(strip, u, Math.min(chunk, rows - u), factors, u * dp, to);
        }
    }

    /**
     * Of one strip and some rows: {@code to[j] += sum_u g_uj f_u}.
     *
     * @param count rows, at most {@link #chunk}
     * @param offset where f of the first row is
     */
    void candidates(int strip, int first, int count, float[] factors, int offset, float[] to) {
        int panels = (candidates.width(strip) + PANEL - 1) / PANEL;
        for (int p = 0; p < panels; p++) {
            int at = cells.at(strip, first) + p * cells.stride();
            int ahead = p + 1 < panels ? at + cells.stride() : cells.at(strip, first);
            kernels.accumulateItems(cells.cells, at, count, factors, offset, dp, to, p * PANEL * dp, ahead);
        }
    }

    /** Most rows that one call of the candidates' product takes. */
    int chunk() {
        return chunk;
    }

    private static int chunk(int dp) {
        int near = NEAR / dp / Kernels.USER_TILE * Kernels.USER_TILE;
        return near >= FEWEST ? Math.min(near, FAR_ROWS) : FAR_ROWS;
    }

    /** Floats that a strip's candidates take: room for the result of {@link #candidates(int, int, float[], float[])}. */
    public int stripFloats() {
        return STRIP * dp;
    }

    /** The score of row u and candidate j, or what it has become. */
    public float cell(int u, int j) {
        return cells.cells[cells.at(j / STRIP, u) + j % STRIP / PANEL * cells.stride() + j % PANEL];
    }
}
