package org.mineral.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives ids their dense indices while files are read: in the order of first appearance. Ids are kept as bytes, so that a
 * string is made once for each, at the end; small integers are looked up by their value.
 */
final class IdIndex {

    private static final int LARGEST_DIRECT = 1 << 24;

    /** Different in every process, so that nobody can write a file of ids that all fall into one slot. */
    private static final long SALT = ThreadLocalRandom.current().nextLong();

    private byte[][] ids = new byte[64][];
    private int[] hashes = new int[64];
    private int size;

    /** Index + 1 of the id in a slot; 0 where it is free. */
    private int[] table = new int[256];

    /** Index + 1 of the integers met so far. */
    private int[] direct = new int[1 << 12];

    /** The same for every occurrence of an id, in any array. */
    static int hash(byte[] bytes, int from, int to) {
        long hash = SALT;
        for (int k = from; k < to; k++) {
            hash = (hash ^ bytes[k]) * 0x9E3779B97F4A7C15L;
        }
        hash ^= hash >>> 32;
        return (int) (hash * 0x9E3779B97F4A7C15L >>> 32);
    }

    int of(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length, hash(bytes, 0, bytes.length));
    }

    /** The index of a non-negative integer; the same as that of its decimal text. */
    int of(int id) {
        if (id < direct.length && direct[id] != 0) {
            return direct[id] - 1;
        }
        int index = of(Integer.toString(id));
        if (id < LARGEST_DIRECT) {
            if (id >= direct.length) {
                direct = Arrays.copyOf(direct, Integer.highestOneBit(id) * 2);
            }
            direct[id] = index + 1;
        }
        return index;
    }

    /** The index of the id whose UTF-8 stands there, and whose {@link #hash} is this. */
    int of(byte[] bytes, int from, int to, int hash) {
        int slot = hash & table.length - 1;
        for (int known = table[slot]; known != 0; known = table[slot]) {
            byte[] id = ids[known - 1];
            if (hashes[known - 1] == hash && Arrays.equals(id, 0, id.length, bytes, from, to)) {
                return known - 1;
            }
            slot = slot + 1 & table.length - 1;
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        ids[size] = Arrays.copyOfRange(bytes, from, to);
        hashes[size++] = hash;
        table[slot] = size;
        if (size > table.length / 2) {
            table = table(hashes, size, table.length * 2);
        }
        return size - 1;
    }

    int size() {
        return size;
    }

    IdMap build() {
        IdMap.Builder builder = IdMap.builder();
        for (int k = 0; k < size; k++) {
            builder.add(new String(ids[k], StandardCharsets.UTF_8));
        }
        return builder.build();
    }

    /**
     * An open-addressing table of {@code length} slots, a power of two, for the first {@code size} entries: each slot
     * holds an entry's number + 1, or 0 where it is free.
     */
    static int[] table(int[] hashes, int size, int length) {
        int[] table = new int[length];
        for (int k = 0; k < size; k++) {
            int slot = hashes[k] & length - 1;
            while (table[slot] != 0) {
                slot = slot + 1 & length - 1;
            }
            table[slot] = k + 1;
        }
        return table;
    }
}
