package org.mineral.data.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers texts in UTF-8, slices of byte arrays. Looking up a known text allocates nothing. */
public final class StringIntTable extends NumberTable<StringIntTable.Slice> {

    /** A range of an array, and its hash. */
    static final class Slice {

        private byte[] bytes = new byte[0];
        private int from;
        private int to;
        private int hash;
    }

    private final boolean copies;
    private final Slice asked = new Slice();
    private byte[][] sources = new byte[64][];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] hashes = new int[64];

    /** @param copies whether new texts are copied; otherwise their arrays must not change, and are kept in memory */
    public StringIntTable(boolean copies) {
        super(256);
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
        int[] numbers = new int[size()];
        Arrays.setAll(numbers, k -> other.add(sources[k], starts[k], ends[k], hashes[k]));
        return numbers;
    }

    public String text(int number) {
        int from = starts[number];
        return new String(sources[number], from, ends[number] - from, StandardCharsets.UTF_8);
    }

    private int add(byte[] bytes, int from, int to, int hash) {
        asked.bytes = bytes;
        asked.from = from;
        asked.to = to;
        asked.hash = hash;
        return number(asked);
    }

    @Override
    protected int hash(Slice key) {
        return key.hash;
    }

    @Override
    protected int hash(int number) {
        return hashes[number];
    }

    @Override
    protected boolean is(Slice key, int number) {
        return hashes[number] == key.hash
                && Arrays.equals(sources[number], starts[number], ends[number], key.bytes, key.from, key.to);
    }

    @Override
    protected void keep(Slice key, int number) {
        if (number == starts.length) {
            grow(number * 2);
        }
        sources[number] = copies ? Arrays.copyOfRange(key.bytes, key.from, key.to) : key.bytes;
        starts[number] = copies ? 0 : key.from;
        ends[number] = copies ? key.to - key.from : key.to;
        hashes[number] = key.hash;
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
