package org.mineral.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was read and what was done to it, as counts under sentences for people: {@code duplicate pairs merged in train},
 * {@code users only in test}. Only what happened at least once is noted. Immutable.
 *
 * @param notes what happened, to how often, in the order in which it happened
 * @param sources which columns of which file were read as what: {@code ratings.csv: user = 'uid', item = 'sku'}
 */
public record DataReport(Map<String, Long> notes, List<String> sources) {

    /** Nothing to tell. */
    public static final DataReport EMPTY = new DataReport(Map.of(), List.of());

    public DataReport {
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
        sources = List.copyOf(sources);
    }

    /** How often it happened; 0 if it is not noted. */
    public long count(String what) {
        return notes.getOrDefault(what, 0L);
    }

    /** With one more note, or this report if the count is 0. Counts under the same sentence add up. */
    public DataReport plus(String what, long count) {
        if (count == 0) {
            return this;
        }
        Map<String, Long> more = new LinkedHashMap<>(notes);
        more.merge(what, count, Long::sum);
        return new DataReport(more, sources);
    }

    DataReport withSource(String source) {
        List<String> more = new ArrayList<>(sources);
        more.add(source);
        return new DataReport(notes, more);
    }

    /** One line a note: {@code 1,204 duplicate pairs merged in train}. */
    public List<String> lines() {
        return notes.entrySet().stream()
                .map(note -> String.format(Locale.ROOT, "%,d %s", note.getValue(), note.getKey()))
                .toList();
    }
}
