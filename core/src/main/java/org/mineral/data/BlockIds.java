package org.mineral.data;

import java.util.Arrays;

/** The ids of one block of a file, in the order of first appearance, as slices of it. */
final class BlockIds {

    private final byte[] bytes;
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];
    private int[] hashes = new int[1024];
    private int size;

    /** Index + 1 of the id in a slot; 0 where it is free. */
    private int[] table = new int[4096];

    BlockIds(byte[] bytes) {
        this.bytes = bytes;
    }

    int of(int from, int to) {
        int hash = IdIndex.hash(bytes, from, to);
        int slot = hash & table.length - 1;
        for (int known = table[slot]; known != 0; known = table[slot]) {
            int k = known - 1;
            if (hashes[k] == hash && Arrays.equals(bytes, starts[k], ends[k], bytes, from, to)) {
                return k;
            }
            slot = slot + 1 & table.length - 1;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        starts[size] = from;
        ends[size] = to;
        hashes[size++] = hash;
        table[slot] = size;
        if (size > table.length / 2) {
            table = IdIndex.table(hashes, size, table.length * 2);
        }
        return size - 1;
    }

    /** Their indices in the whole. */
    int[] addTo(IdIndex index) {
        int[] indices = new int[size];
        Arrays.setAll(indices, k -> index.of(bytes, starts[k], ends[k], hashes[k]));
        return indices;
    }
}
