package org.mineral.model.rank;

import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * Item vectors packed for scoring, panel after panel, starting at a cache line. Immutable.
 *
 * @param begin offset of the first panel
 * @param stride floats of an item
 */
record PackedItems(float[] values, int begin, int stride) {

    static PackedItems of(Matrix items, Kernels kernels, CacheLine.Finder lines) {
        int n = items.rows();
        int padded = (n + Kernels.PANEL - 1) / Kernels.PANEL * Kernels.PANEL;
        float[] values = new float[Math.addExact(Math.multiplyExact(padded, items.stride()), CacheLine.FLOATS)];
        PackedItems packed = new PackedItems(values, lines.begin(values, 0), items.stride());
        for (int first = 0; first < n; first += Kernels.STRIP) {
            int count = Math.min(Kernels.STRIP, n - first);
            kernels.pack(items.values(), items.offset(first), count, items.stride(), values, packed.at(first));
        }
        return packed;
    }

    /** The offset of the panel that starts with this item. */
    int at(int item) {
        return begin + item * stride;
    }

    /**
     * Returns this if it is still aligned (the garbage collector may have moved the array), otherwise an aligned copy, because other threads
     * may be reading this one.
     */
    PackedItems aligned(CacheLine.Finder lines) {
        if (lines.begin(values, begin) == begin) {
            return this;
        }
        float[] moved = new float[values.length];
        int to = lines.begin(moved, 0);
        System.arraycopy(values, begin, moved, to, values.length - CacheLine.FLOATS);
        return new PackedItems(moved, to, stride);
    }
}
