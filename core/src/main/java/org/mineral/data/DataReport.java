package org.mineral.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was read and how it was cleaned, as counts with descriptions: {@code duplicate pairs merged in train}, {@code users only in test}.
 * Events that did not happen are not listed. Immutable.
 *
 * @param notes descriptions to counts, in the order of events
 * @param sources the columns of each file and their roles: {@code ratings.csv: user = 'uid', item = 'sku'}
 * @param skipped the first rows that were left out because they cannot be parsed: where, and what was found
 */
public record DataReport(Map<String, Long> notes, List<String> sources, List<String> skipped) {

    private static final int LISTED = 5;

    /** An empty report. */
    public static final DataReport EMPTY = new DataReport(Map.of(), List.of(), List.of());

    public DataReport {
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
        sources = List.copyOf(sources);
        skipped = List.copyOf(skipped);
    }

    /** The count of a note; 0 if there is none. */
    public long count(String what) {
        return notes.getOrDefault(what, 0L);
    }

    /** With one more note, or this report if the count is 0. Counts of the same note add up. */
    public DataReport plus(String what, long count) {
        if (count == 0) {
            return this;
        }
        Map<String, Long> more = new LinkedHashMap<>(notes);
        more.merge(what, count, Long::sum);
        return new DataReport(more, sources, skipped);
    }

    /** The notes that this report has in addition to an earlier one. */
    public DataReport since(DataReport earlier) {
        DataReport news = EMPTY;
        for (Map.Entry<String, Long> note : notes.entrySet()) {
            news = news.plus(note.getKey(), note.getValue() - earlier.count(note.getKey()));
        }
        return news;
    }

    public DataReport withSource(String source) {
        List<String> more = new ArrayList<>(sources);
        more.add(source);
        return new DataReport(notes, more, skipped);
    }

    /** With more rows that were left out; only the first few are stored. */
    public DataReport withSkipped(List<String> rows) {
        List<String> more = new ArrayList<>(skipped);
        rows.stream().limit(LISTED - Math.min(LISTED, skipped.size())).forEach(more::add);
        return new DataReport(notes, sources, more);
    }

    /** One line a note, {@code 1,204 duplicate pairs merged in train}, and one for each of the first rows left out. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        notes.forEach((what, count) -> lines.add(String.format(Locale.ROOT, "%,d %s", count, what)));
        skipped.forEach(row -> lines.add("left out: " + row));
        return lines;
    }
}
