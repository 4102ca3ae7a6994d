package org.mineral.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The candidate items of a request, with the number left after each restriction. */
final class Selection {

    private static final int[] NONE = {};

    private final BitSet excluded;
    private final int items;
    private final int[] taken;
    private final int seenLeftOut;
    private final List<String> ignored;

    /** Descriptions of the number of items left after each restriction. */
    private final List<String> steps;

    private int @Nullable [] indices;

    private Selection(int items) {
        this(new BitSet(items), items, NONE, 0, new ArrayList<>(), new ArrayList<>());
    }

    private Selection(
            BitSet excluded, int items, int[] taken, int seenLeftOut, List<String> ignored, List<String> steps) {
        this.excluded = excluded;
        this.items = items;
        this.taken = taken;
        this.seenLeftOut = seenLeftOut;
        this.ignored = ignored;
        this.steps = steps;
    }

    /** The restrictions that do not depend on the user. */
    static Selection of(LoadedModel loaded, Query request) {
        Catalogue catalogue = loaded.catalogue();
        int items = catalogue.items().size();
        List<String> notes = new ArrayList<>();
        Selection selection = new Selection(items);
        int[] nothingLearnt = loaded.model().population().itemsWithout();
        if (nothingLearnt.length > 0) {
            Arrays.stream(nothingLearnt).forEach(selection.excluded::set);
            selection.step("%s known from training", "is", "are");
        }
        List<String> only = request.only();
        if (only != null) {
            BitSet others = new BitSet(items);
            others.set(0, items);
            selection.indices(catalogue, only).forEach(others::clear);
            selection.excluded.or(others);
            selection.step("%s among those allowed", "is", "are");
        }
        if (!request.filters().isEmpty()) {
            for (String filter : request.filters()) {
                BitSet matching = catalogue.matching(filter, notes::add);
                matching.flip(0, items);
                selection.excluded.or(matching);
            }
            selection.step("%s the filters", "passes", "pass");
        }
        if (!request.exclude().isEmpty()) {
            selection.indices(catalogue, request.exclude()).forEach(selection.excluded::set);
            selection.step("%s not excluded", "is", "are");
        }
        selection.steps.addAll(notes);
        return selection;
    }

    private List<Integer> indices(Catalogue catalogue, List<String> ids) {
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

    private void step(String what, String one, String several) {
        int left = allowed();
        steps.add(String.format(Locale.ROOT, "%,d " + what, left, left == 1 ? one : several));
    }

    /**
     * Without the known items of a user.
     *
     * @param taken ascending
     */
    Selection without(int[] taken) {
        int leftOut = 0;
        for (int item : taken) {
            leftOut += excluded.get(item) ? 0 : 1;
        }
        Selection selection = new Selection(excluded, items, taken, leftOut, ignored, new ArrayList<>(steps));
        selection.indices = indices();
        if (leftOut > 0) {
            selection.step("%s not taken yet", "is", "are");
        }
        return selection;
    }

    private int[] indices() {
        int[] known = indices;
        if (known == null) {
            known = excluded.stream().toArray();
            indices = known;
        }
        return known;
    }

    /** Ascending. */
    int[] excluded() {
        int[] shared = indices();
        if (shared.length == 0 || taken.length == 0) {
            return shared.length == 0 ? taken : shared;
        }
        int[] all = new int[shared.length + seenLeftOut];
        int size = 0;
        for (int s = 0, t = 0; size < all.length; size++) {
            boolean takenNext = s == shared.length || t < taken.length && taken[t] < shared[s];
            all[size] = takenNext ? taken[t] : shared[s];
            t += t < taken.length && taken[t] == all[size] ? 1 : 0;
            s += s < shared.length && shared[s] == all[size] ? 1 : 0;
        }
        return all;
    }

    boolean allows(int item) {
        return !excluded.get(item) && Arrays.binarySearch(taken, item) < 0;
    }

    int allowed() {
        return items - excluded.cardinality() - seenLeftOut;
    }

    /** Number of items left out only because they are known items of the user. */
    int seenLeftOut() {
        return seenLeftOut;
    }

    /** Ids of the request that the model does not know. */
    List<String> ignored() {
        return ignored;
    }

    /**
     * Why there are not more items.
     *
     * @param offset start of the list
     */
    String why(int offset) {
        List<String> reasons = new ArrayList<>();
        reasons.add(String.format(Locale.ROOT, "the catalogue has %,d items", items));
        reasons.addAll(steps);
        if (offset > 0) {
            reasons.add(String.format(Locale.ROOT, "the list begins after the first %,d", offset));
        }
        return String.join("; ", reasons);
    }
}
