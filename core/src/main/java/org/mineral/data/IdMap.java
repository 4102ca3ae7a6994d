package org.mineral.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ids as users write them, to and from the dense indices 0, 1, 2 ... that everything inside works with. Immutable. */
public final class IdMap {

    private final List<String> ids;
    private final Map<String, Integer> indices;

    private IdMap(List<String> ids, Map<String, Integer> indices) {
        this.ids = Collections.unmodifiableList(ids);
        this.indices = indices;
    }

    /**
     * The ids in this order.
     *
     * @throws IllegalArgumentException if one stands twice
     */
    public static IdMap of(List<String> ids) {
        Builder builder = builder();
        for (String id : ids) {
            int before = builder.size();
            if (builder.add(id) < before) {
                throw new IllegalArgumentException("id '" + id + "' stands twice");
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
        return indices.getOrDefault(id, -1);
    }

    public String id(int index) {
        return ids.get(index);
    }

    /** All ids in the order of their indices. */
    public List<String> ids() {
        return ids;
    }

    /** Hands out indices in the order in which ids are first seen. */
    public static final class Builder {

        private List<String> ids = new ArrayList<>();
        private Map<String, Integer> indices = new HashMap<>();
        private boolean shared;

        /** The id's index, new or known. */
        public int add(String id) {
            if (shared) {
                ids = new ArrayList<>(ids);
                indices = new HashMap<>(indices);
                shared = false;
            }
            Integer known = indices.putIfAbsent(id, ids.size());
            if (known != null) {
                return known;
            }
            ids.add(id);
            return ids.size() - 1;
        }

        public int size() {
            return ids.size();
        }

        /** The ids so far; not copied before more are added, because mostly none are. */
        public IdMap build() {
            shared = true;
            return new IdMap(ids, indices);
        }
    }
}
