package org.mineral.model.rank;

/** Receives scores in tiles of a few users and items. */
@FunctionalInterface
public interface ScoreTiles {

    /**
     * Called for each strip of items, in ascending order, with each tile of users in turn.
     *
     * @param start position in the group of the tile's first user
     * @param end position after its last
     * @param firstItem the strip's first item
     * @param n items in the strip
     * @param scores of the user at position p with item {@code firstItem + j}, at {@code at + (p - start)
     *     * Kernels.TILE_STRIDE + j}; may be written to, and is overwritten by the next tile
     * @param at offset of the first user's scores
     */
    void tile(int start, int end, int firstItem, int n, float[] scores, int at);
}
