package org.mineral.algorithm.sequence;

import java.util.Arrays;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.linalg.Kernels;
import org.mineral.random.Random64;

/**
 * The items of the contexts of a step, one entry each, twice: by contexts, those of the step's context number s (its slot) at {@code begin(s)} to
 * {@code begin(s + 1)}, the last item first; and by strips of {@value #STRIP} items, in the order of entries within a strip.
 */
final class ContextEntries {

    static final int STRIP = Kernels.STRIP;

    private final Contexts contexts;
    private final double dropout;
    private final int[] begin;
    private final int[] stripBegin;
    private int[] items = new int[0];
    private int[] slots = new int[0];
    private int[] byStrip = new int[0];

    /**
     * @param dropout share of a context's items that a training step leaves out
     * @param rows most rows of a step
     */
    ContextEntries(Contexts contexts, double dropout, int rows) {
        this.contexts = contexts;
        this.dropout = dropout;
        this.begin = new int[rows + 1];
        this.stripBegin = new int[(contexts.items() + STRIP - 1) / STRIP + 1];
    }

    /** Takes the contexts of a step in place of those of the step before. */
    void fill(StepContext step) {
        int[] rows = step.rows();
        for (int s = 0; s < rows.length; s++) {
            begin[s + 1] = begin[s] + contexts.length(rows[s]);
        }
        int size = begin[rows.length];
        if (items.length < size) {
            items = new int[size * 3 / 2];
            slots = new int[items.length];
            byStrip = new int[items.length];
        }
        for (int s = 0; s < rows.length; s++) {
            for (int e = begin[s]; e < begin[s + 1]; e++) {
                slots[e] = s;
                items[e] = contexts.item(rows[s], e - begin[s]);
            }
            if (dropout > 0 && step.training()) {
                leaveOut(s, step.seed() + 31L * rows[s]);
            }
        }
        sort(size);
    }

    /** Never all of a context. */
    private void leaveOut(int slot, long seed) {
        int kept = 0;
        for (int e = begin[slot]; e < begin[slot + 1]; e++) {
            double uniform = (Random64.mix(seed + 0x9e3779b97f4a7c15L * (e - begin[slot] + 1)) >>> 11) * 0x1p-53;
            boolean last = e == begin[slot + 1] - 1 && kept == 0;
            if (uniform < dropout && !last) {
                items[e] = -1;
            } else {
                kept++;
            }
        }
    }

    private void sort(int size) {
        Arrays.fill(stripBegin, 0);
        for (int e = 0; e < size; e++) {
            if (items[e] >= 0) {
                stripBegin[items[e] / STRIP + 1]++;
            }
        }
        for (int s = 1; s < stripBegin.length; s++) {
            stripBegin[s] += stripBegin[s - 1];
        }
        // Afterwards each start has moved to its end, so the starts are shifted back by one.
        for (int e = 0; e < size; e++) {
            if (items[e] >= 0) {
                byStrip[stripBegin[items[e] / STRIP]++] = e;
            }
        }
        System.arraycopy(stripBegin, 0, stripBegin, 1, stripBegin.length - 1);
        stripBegin[0] = 0;
    }

    /** Number of entries that there is room for. */
    int capacity() {
        return items.length;
    }

    /** Number of strips. */
    int strips() {
        return stripBegin.length - 1;
    }

    /** The first entry of a context, or the end of the one before it. */
    int begin(int slot) {
        return begin[slot];
    }

    /** The item of an entry; -1 where it is left out. */
    int item(int entry) {
        return items[entry];
    }

    int slot(int entry) {
        return slots[entry];
    }

    /** The bucket of the distance of an entry from the end of its context. */
    int bucket(int entry) {
        return HistorySum.bucket(entry - begin[slots[entry]]);
    }

    /** The first place of a strip in the order of strips, or the end of the one before it. */
    int stripBegin(int strip) {
        return stripBegin[strip];
    }

    /** The entry at a place in the order of strips. */
    int byStrip(int place) {
        return byStrip[place];
    }

    long bytes() {
        return Integer.BYTES * 3L * items.length;
    }
}
