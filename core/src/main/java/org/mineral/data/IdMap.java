package org.mineral.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Maps external ids to dense indices 0, 1, 2 ... and back. Immutable.
 *
 * <p>An open-addressing table of ints beside the ids takes a third of the memory of a {@code HashMap}.
 */
public final class IdMap {

    /** Random in every process, so that no file can be made whose ids all collide. */
    private static final long SALT = ThreadLocalRandom.current().nextLong();

    /** Only the first {@link #size} entries are used. */
    private final String[] ids;

    private final int size;

    /** By slot: index + 1 of the id, or 0 if the slot is free. */
    private final int[] table;

    private IdMap(String[] ids, int size, int[] table) {
        this.ids = ids;
        this.size = size;
        this.table = table;
    }

    /**
     * A map with these ids, in this order.
     *
     * @throws IllegalArgumentException if an id occurs twice
     */
    public static IdMap of(List<String> ids) {
        Builder builder = builder();
        for (String id : ids) {
            int before = builder.size();
            if (builder.add(id) < before) {
                throw new IllegalArgumentException("id '" + id + "' occurs twice");
            }
        }
        return builder.build();
    }

    /** Ids "0" to "n - 1". */
    public static IdMap numbered(int n) {
        Builder builder = builder();
        for (int i = 0; i < n; i++) {
            builder.add(Integer.toString(i));
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return size;
    }

    /** The index of an id, or -1 if it is unknown. */
    public int index(String id) {
        return table[slot(id, ids, table)] - 1;
    }

    public String id(int index) {
        return ids[Objects.checkIndex(index, size)];
    }

    /** All ids in the order of their indices. */
    public List<String> ids() {
        return Collections.unmodifiableList(Arrays.asList(ids).subList(0, size));
    }

    /** The slot of the id, or the free slot for it. */
    private static int slot(String id, String[] ids, int[] table) {
        long hash = SALT;
        for (int k = 0; k < id.length(); k++) {
            hash = (hash ^ id.charAt(k)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        int slot = (int) hash & table.length - 1;
        while (table[slot] != 0 && !ids[table[slot] - 1].equals(id)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    /** Assigns indices in the order in which ids are first seen. */
    public static final class Builder {

        private String[] ids = new String[16];
        private int[] table = new int[64];
        private int size;
        private boolean built;

        /** The index of the id, assigned if it is new. */
        public int add(String id) {
            int slot = slot(id, ids, table);
            if (table[slot] != 0) {
                return table[slot] - 1;
            }
            if (built) {
                // The map takes over the arrays.
                ids = ids.clone();
                table = table.clone();
                built = false;
            }
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, size * 2);
            }
            ids[size++] = id;
            table[slot] = size;
            if (size > table.length / 2) {
                table = new int[table.length * 2];
                for (int k = 0; k < size; k++) {
                    table[slot(ids[k], ids, table)] = k + 1;
                }
            }
            return size - 1;
        }

        public int size() {
            return size;
        }

        public IdMap build() {
            built = true;
            return new IdMap(ids, size, table);
        }
    }
}
