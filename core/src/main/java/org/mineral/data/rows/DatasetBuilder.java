package org.mineral.data.rows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.Duplicates;
import org.mineral.data.Interactions;
import org.mineral.data.PairList;

/** Collects the rows of all readers and merges the parts. */
public final class DatasetBuilder {

    /** The parts in reading order; a pair that occurs in several belongs to the first. */
    public static final String[] PARTS = {"train", "valid", "test"};

    public final IdIndex users = new IdIndex();
    public final IdIndex items = new IdIndex();
    private final Map<String, PairList> parts = new TreeMap<>();
    private final Duplicates duplicates;
    private final boolean keepOrder;
    private DataReport report = DataReport.EMPTY;
    private boolean rowsLeftOut;

    public DatasetBuilder() {
        this(ReadOptions.DEFAULTS);
    }

    public DatasetBuilder(ReadOptions options) {
        this.duplicates = options.duplicates();
        this.keepOrder = options.keepOrder();
    }

    /** Records the roles of a file's columns. */
    public void source(Path file, String columns) {
        report = report.withSource(file.getFileName() + ": " + columns);
    }

    /** Records the first rows of a file that were left out. */
    void skipped(List<String> rows) {
        report = report.withSkipped(rows);
    }

    /** Counts rows that were not kept. */
    void leftOut(String what, long count) {
        rowsLeftOut |= count > 0;
        note(what, count);
    }

    public boolean rowsLeftOut() {
        return rowsLeftOut;
    }

    public void note(String what, long count) {
        report = report.plus(what, count);
    }

    /** Adds rows to a part. */
    public void put(String part, PairList pairs) {
        PairList known = parts.putIfAbsent(part, pairs);
        if (known != null) {
            known.add(pairs);
        }
    }

    /** The rows of a part so far, or null. */
    @Nullable
    public PairList part(String part) {
        return parts.get(part);
    }

    public Dataset build(String name) {
        List<PairList> lists = Stream.of(PARTS)
                .map(part -> parts.getOrDefault(part, new PairList(false, false)))
                .toList();
        parts.clear();
        boolean pairsAlone = !keepOrder && lists.stream().noneMatch(part -> part.rated() || part.timed());
        MergedRows rows = pairsAlone
                ? MergedRows.ofPairs(lists, users.size(), items.size())
                : MergedRows.of(lists, users.size(), items.size(), duplicates, keepOrder);
        rows.report().notes().forEach(this::note);
        noteUnseen(rows.train(), rows.valid(), rows.test());
        noteNumbers("user", users);
        noteNumbers("item", items);
        return new Dataset(
                name, users.build(), items.build(), rows.train(), rows.valid(), rows.test(), rows.events(), report);
    }

    private void noteNumbers(String kind, IdIndex ids) {
        note(
                kind + " ids that are numbers with a fraction or an exponent, such as 12.0, kept as they are",
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
}
