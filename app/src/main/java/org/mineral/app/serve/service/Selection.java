package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which items a wish leaves to choose from. */
final class Selection {

    private final BitSet excluded;
    private final int items;
    private final int seenLeftOut;
    private final List<String> ignored;

    private Selection(BitSet excluded, int items, int seenLeftOut, List<String> ignored) {
        this.excluded = excluded;
        this.items = items;
        this.seenLeftOut = seenLeftOut;
        this.ignored = ignored;
    }

    static Selection of(Snapshot snapshot, Wish wish, int[] seen) {
        Catalogue catalogue = snapshot.catalogue();
        int items = catalogue.items().size();
        List<String> ignored = new ArrayList<>();
        BitSet excluded = new BitSet(items);
        List<String> only = wish.only();
        if (only != null) {
            excluded.set(0, items);
            indices(catalogue, only, ignored).forEach(excluded::clear);
        }
        for (String filter : wish.filters()) {
            BitSet matching = catalogue.matching(filter);
            matching.flip(0, items);
            excluded.or(matching);
        }
        for (int item : snapshot.model().population().itemsWithout()) {
            excluded.set(item);
        }
        indices(catalogue, wish.exclude(), ignored).forEach(excluded::set);
        int before = excluded.cardinality();
        if (!wish.includeSeen()) {
            for (int item : seen) {
                excluded.set(item);
            }
        }
        return new Selection(excluded, items, excluded.cardinality() - before, ignored);
    }

    private static List<Integer> indices(Catalogue catalogue, List<String> ids, List<String> ignored) {
        List<Integer> indices = new ArrayList<>();
        for (String id : ids) {
            int index = catalogue.items().index(id);
            if (index < 0) {
                ignored.add(id);
            } else {
                indices.add(index);
            }
        }
        return indices;
    }

    /** Ascending. */
    int[] excluded() {
        return excluded.stream().toArray();
    }

    boolean allows(int item) {
        return !excluded.get(item);
    }

    int allowed() {
        return items - excluded.cardinality();
    }

    /** Items that are left out for the one reason that the person took them. */
    int seenLeftOut() {
        return seenLeftOut;
    }

    /** Ids of the wish that the model does not know. */
    List<String> ignored() {
        return ignored;
    }
}
