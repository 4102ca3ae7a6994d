package org.mineral.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where readers put what they read, and where the cleaning rules that concern several parts are applied. */
final class Assembly {

    /** The parts in the order in which they are read and in which a pair belongs to the first that has it. */
    static final String[] PARTS = {"train", "valid", "test"};

    final IdIndex users = new IdIndex();
    final IdIndex items = new IdIndex();
    private final Map<String, PairList> parts = new TreeMap<>();
    private final ReadOptions.Duplicates duplicates;
    private final boolean ordered;
    private long rows;
    private DataReport report = DataReport.EMPTY;

    Assembly() {
        this(ReadOptions.DEFAULTS);
    }

    Assembly(ReadOptions options) {
        this.duplicates = options.duplicates();
        this.ordered = options.keepOrder();
    }

    /** Which columns of a file were read as what. */
    void source(Path file, String columns) {
        report = report.withSource(file.getFileName() + ": " + columns);
    }

    /** The first rows of a file that were left out. */
    void skipped(List<String> rows) {
        report = report.withSkipped(rows);
    }

    void note(String what, long count) {
        report = report.plus(what, count);
    }

    /** A part, or more of a part. */
    void put(String part, PairList pairs) {
        PairList known = parts.putIfAbsent(part, pairs);
        if (known != null) {
            known.add(pairs);
        }
    }

    /** What a part has so far, or null. */
    @Nullable
    PairList part(String part) {
        return parts.get(part);
    }

    Dataset build(String name) {
        PairList.Merged train = merge("train");
        PairList.Merged valid = merge("valid");
        PairList.Merged test = merge("test");
        Interactions newInValid = valid.pairs().minus(train.pairs());
        Interactions newInTest = test.pairs().minus(train.pairs()).minus(newInValid);
        note("pairs of train dropped from valid", valid.pairs().size() - newInValid.size());
        note("pairs of train or valid dropped from test", test.pairs().size() - newInTest.size());
        noteUnseen(train.pairs(), newInValid, newInTest);
        noteNumbers("user", users);
        noteNumbers("item", items);
        return new Dataset(
                name,
                users.build(),
                items.build(),
                train.pairs(),
                newInValid,
                newInTest,
                events(train, valid, test),
                report);
    }

    private PairList.Merged merge(String part) {
        PairList pairs = parts.computeIfAbsent(part, p -> new PairList(false, false));
        PairList.Merged merged = pairs.merge(users.size(), items.size(), duplicates, ordered);
        parts.remove(part);
        long[] order = merged.order();
        for (int k = 0; order != null && k < order.length; k++) {
            order[k] += rows; // a later part's rows come after all of an earlier one's
        }
        rows += pairs.size();
        note("duplicate pairs merged in " + part, pairs.size() - merged.pairs().size());
        return merged;
    }

    private void noteNumbers(String kind, IdIndex ids) {
        note(
                kind + " ids that are numbers with a fraction or an exponent, such as 12.0, kept as they stand",
                ids.fractions());
    }

    private void noteUnseen(Interactions train, Interactions valid, Interactions test) {
        note("users without items in train", train.emptyRows());
        note("users only in valid or test", onlyIn(valid.userCounts(), test.userCounts(), train.userCounts()));
        note("items only in valid or test", onlyIn(valid.itemCounts(), test.itemCounts(), train.itemCounts()));
    }

    /** Rows that have an entry in one of the first two and none in the last. */
    private static int onlyIn(int[] valid, int[] test, int[] train) {
        int count = 0;
        for (int row = 0; row < train.length; row++) {
            count += valid[row] + test[row] > 0 && train[row] == 0 ? 1 : 0;
        }
        return count;
    }

    /**
     * Ratings and times of all parts, if every part that has pairs has them; an earlier part's take precedence. The order of
     * reading stands in for times alone.
     */
    private @Nullable Events events(PairList.Merged... merged) {
        boolean rated = true;
        boolean timed = true;
        int size = 0;
        PairList.Merged only = null;
        for (PairList.Merged part : merged) {
            rated &= part.ratings() != null || part.pairs().size() == 0;
            timed &= part.timestamps() != null || part.pairs().size() == 0;
            size += part.pairs().size();
            only = part.pairs().size() > 0 ? part : only;
        }
        boolean inOrder = ordered && !timed;
        if (!rated && !timed && !inOrder || only == null) {
            return null;
        }
        if (only.pairs().size() == size) {
            return new Events(
                    only.pairs(),
                    rated ? only.ratings() : null,
                    timed ? only.timestamps() : null,
                    inOrder ? only.order() : null);
        }
        return Events.merge(users.size(), items.size(), rated, timed, inOrder, merged);
    }
}
