package org.mineral.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.mineral.config.InputException;
import org.mineral.data.text.IdText;
import org.mineral.data.text.NumberTable;

/**
 * Maps external ids to dense indices 0, 1, 2 ... and back. Immutable.
 *
 * <p>An open-addressing table of ints beside the ids takes a third of the memory of a {@code HashMap}.
 */
public final class IdMap {

    private final Ids ids;

    private IdMap(Ids ids) {
        this.ids = ids;
    }

    /**
     * A map with these ids, in this order.
     *
     * @throws InputException if an id is null or occurs twice
     */
    public static IdMap of(List<String> ids) {
        Builder builder = builder();
        for (String id : ids) {
            int before = builder.size();
            if (id == null) {
                throw new InputException(
                        "found null, the id of index " + before + "; allowed: any text; leave it out.");
            }
            if (builder.add(id) < before) {
                throw new InputException(
                        "id '" + id + "' occurs twice; allowed: each id once; leave one of the two out.");
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
        return ids.size();
    }

    /** The index of an id, or -1 if it is unknown. */
    public int index(String id) {
        return ids.find(id);
    }

    public String id(int index) {
        return ids.texts[Objects.checkIndex(index, size())];
    }

    /** All ids in the order of their indices. */
    public List<String> ids() {
        return Collections.unmodifiableList(Arrays.asList(ids.texts).subList(0, size()));
    }

    /** Whether another map has the same ids in the same order. */
    public boolean sameAs(IdMap other) {
        return this == other || ids().equals(other.ids());
    }

    /** The index in another map of each id, in the order of this one; -1 where the other does not have it. */
    public int[] indicesIn(IdMap other) {
        return ids().stream().mapToInt(other::index).toArray();
    }

    /**
     * A map of these ids and, after them, those of others that are new.
     *
     * @throws InputException if one of the others is blank, or has a NUL character or half a surrogate pair
     */
    public IdMap followedBy(List<String> more) {
        IdText.check("further ids", "id", more);
        Builder builder = builder();
        ids().forEach(builder::add);
        more.forEach(builder::add);
        return builder.size() == size() ? this : builder.build();
    }

    /** The ids by number; a map does not change it. */
    private static final class Ids extends NumberTable<String> {

        private String[] texts;

        Ids() {
            super(64);
            texts = new String[16];
        }

        Ids(Ids other) {
            super(other);
            texts = other.texts.clone();
        }

        @Override
        protected int hash(String id) {
            long hash = SALT;
            for (int k = 0; k < id.length(); k++) {
                hash = (hash ^ id.charAt(k)) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 32;
            }
            return (int) hash;
        }

        @Override
        protected int hash(int number) {
            return hash(texts[number]);
        }

        @Override
        protected boolean is(String id, int number) {
            return texts[number].equals(id);
        }

        @Override
        protected void keep(String id, int number) {
            if (number == texts.length) {
                texts = Arrays.copyOf(texts, number * 2);
            }
            texts[number] = id;
        }
    }

    /** Assigns indices in the order in which ids are first seen. */
    public static final class Builder {

        private Ids ids = new Ids();
        private boolean built;

        /** The index of the id, assigned if it is new. */
        public int add(String id) {
            if (built) {
                int known = ids.find(id);
                if (known >= 0) {
                    return known;
                }
                // The map took over the ids.
                ids = new Ids(ids);
                built = false;
            }
            return ids.number(id);
        }

        public int size() {
            return ids.size();
        }

        public IdMap build() {
            built = true;
            return new IdMap(ids);
        }
    }
}
