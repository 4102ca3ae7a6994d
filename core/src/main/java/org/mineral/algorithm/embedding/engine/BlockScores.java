package org.mineral.algorithm.embedding.engine;

import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;

/**
 * A block's scores, which become its derivatives in place: users x candidates, in panels of {@link Kernels#PANEL}
 * candidates. A panel is one piece of memory, a user's {@code PANEL} entries after the other's, so that both products of
 * an epoch walk through it in order: the users' over a tile of rows, the candidates' down all rows.
 */
public final class BlockScores {

    /** Rows after which the next panel's cache sets go on where a tile of the panel before ended. */
    private static final int SET_ROWS = 4096 / (Kernels.PANEL * Float.BYTES);

    private static final int PANELS = Kernels.STRIP / Kernels.PANEL;

    float[] cells = new float[0];
    private int rows;
    private int base;

    /** Makes room; contents are lost. */
    void resize(int strips, int users) {
        rows = rows(users);
        int size = Math.addExact(
                Math.multiplyExact(Math.multiplyExact(strips, PANELS * Kernels.PANEL), rows), CacheLine.FLOATS);
        if (cells.length < size) {
            cells = new float[size];
        }
    }

    /** Lets panels begin where cache lines do; contents are lost. */
    void align(CacheLine.Finder lines) {
        base = lines.begin(cells, base);
    }

    /**
     * Rows of a panel for so many users. The tiles of a strip's panels are read together; rows = 12 (mod 32) place them
     * side by side in the cache's sets, where a multiple of 32 would place them all in the same.
     */
    static int rows(int users) {
        int ahead = Math.floorMod(Kernels.USER_TILE - users, SET_ROWS);
        return users + ahead;
    }

    /** Where the entries of a user begin in the first panel of a strip. */
    int at(int strip, int user) {
        return base + strip * PANELS * stride() + user * Kernels.PANEL;
    }

    /** The position in a strip of an entry of a user that is so far from where they begin. */
    int within(int distance) {
        return distance / stride() * Kernels.PANEL + distance % stride();
    }

    /** Distance between panels. */
    int stride() {
        return rows * Kernels.PANEL;
    }

    /** How many floats {@code strips} strips of {@code users} users take. */
    public static long size(long strips, int users) {
        return strips * Kernels.STRIP * rows(users) + CacheLine.FLOATS;
    }
}
