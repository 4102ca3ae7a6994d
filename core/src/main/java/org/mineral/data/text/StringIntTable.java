package org.mineral.data.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Numbers texts in UTF-8 0, 1, 2 ... in the order in which they are first added. An open-addressing table over slices of byte arrays: looking
 * up a known text allocates nothing.
 */
public final class StringIntTable {

    /** Random in every process, so that no file can be made whose texts all collide. */
    private static final long SALT = ThreadLocalRandom.current().nextLong();

    private final boolean copies;
    private byte[][] sources = new byte[64][];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] hashes = new int[64];
    private int size;

    /** By slot: number + 1 of the text, or 0 if the slot is free. */
    private int[] slots = new int[256];

    /** @param copies whether new texts are copied; otherwise their arrays must not change, and are kept in memory */
    public StringIntTable(boolean copies) {
        this.copies = copies;
    }

    /** The number of a text, which is added if it is new. */
    public int add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes, 0, bytes.length);
    }

    /** The number of the text in a range of a UTF-8 array. */
    public int add(byte[] bytes, int from, int to) {
        return add(bytes, from, to, hash(bytes, from, to));
    }

    /** Adds all texts of this table to another one; returns their numbers there. */
    public int[] addTo(StringIntTable other) {
        int[] numbers = new int[size];
        Arrays.setAll(numbers, k -> other.add(sources[k], starts[k], ends[k], hashes[k]));
        return numbers;
    }

    public int size() {
        return size;
    }

    public String text(int number) {
        int from = starts[number];
        return new String(sources[number], from, ends[number] - from, StandardCharsets.UTF_8);
    }

    private int add(byte[] bytes, int from, int to, int hash) {
        int slot = hash & slots.length - 1;
        for (int known = slots[slot]; known != 0; known = slots[slot]) {
            int k = known - 1;
            if (hashes[k] == hash && Arrays.equals(sources[k], starts[k], ends[k], bytes, from, to)) {
                return k;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (size == starts.length) {
            grow(size * 2);
        }
        sources[size] = copies ? Arrays.copyOfRange(bytes, from, to) : bytes;
        starts[size] = copies ? 0 : from;
        ends[size] = copies ? to - from : to;
        hashes[size++] = hash;
        slots[slot] = size;
        if (size > slots.length / 2) {
            slots = new int[slots.length * 2];
            for (int k = 0; k < size; k++) {
                int free = hashes[k] & slots.length - 1;
                while (slots[free] != 0) {
                    free = free + 1 & slots.length - 1;
                }
                slots[free] = k + 1;
            }
        }
        return size - 1;
    }

    private void grow(int capacity) {
        sources = Arrays.copyOf(sources, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = SALT;
        for (int k = from; k < to; k++) {
            hash = (hash ^ bytes[k]) * 0x9E3779B97F4A7C15L;
        }
        hash ^= hash >>> 32;
        return (int) (hash * 0x9E3779B97F4A7C15L >>> 32);
    }
}
