package org.mineral.data.text;

import org.mineral.random.Streams;

/**
 * Numbers keys 0, 1, 2 ... in the order in which they are first added. An open-addressing table of ints with linear probing, at most half
 * full; the keys themselves are kept by the subclass.
 *
 * @param <K> key to look up or add
 */
public abstract class NumberTable<K> {

    /** Random in every process, so that no file can be made whose keys all collide. */
    protected static final long SALT = Streams.salt();

    private int size;

    /** By slot: number + 1 of the key, or 0 if the slot is free. */
    private int[] slots;

    /** @param slots a power of two, to begin with */
    protected NumberTable(int slots) {
        this.slots = new int[slots];
    }

    /** A copy that is changed independently. */
    protected NumberTable(NumberTable<K> other) {
        this.size = other.size;
        this.slots = other.slots.clone();
    }

    /** The hash of a key: the same at every call in this process. */
    protected abstract int hash(K key);

    /** The hash of a key that was added. */
    protected abstract int hash(int number);

    /** Whether a key is the one of this number. */
    protected abstract boolean is(K key, int number);

    /** Keeps a new key under its number, which is the number of those before it. */
    protected abstract void keep(K key, int number);

    /** Number of keys. */
    public final int size() {
        return size;
    }

    /** The number of a key, or -1 if it was not added. */
    public final int find(K key) {
        return slots[slot(key)] - 1;
    }

    /** The number of a key, which is added if it is new. */
    public final int number(K key) {
        int slot = slot(key);
        int known = slots[slot];
        if (known != 0) {
            return known - 1;
        }
        keep(key, size);
        size++;
        slots[slot] = size;
        if (size > slots.length / 2) {
            slots = new int[slots.length * 2];
            for (int k = 0; k < size; k++) {
                int free = hash(k) & slots.length - 1;
                while (slots[free] != 0) {
                    free = free + 1 & slots.length - 1;
                }
                slots[free] = k + 1;
            }
        }
        return size - 1;
    }

    /** The slot of the key, or the free slot for it. */
    private int slot(K key) {
        int slot = hash(key) & slots.length - 1;
        while (slots[slot] != 0 && !is(key, slots[slot] - 1)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
