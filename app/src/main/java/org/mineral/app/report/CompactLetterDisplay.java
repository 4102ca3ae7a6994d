package org.mineral.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Pair;

/**
 * Compact letter display: two entries share a letter if and only if they do not differ significantly. Insert and absorb
 * (Piepho 2004, Journal of Computational and Graphical Statistics 13(2)):
 *
 * <ol>
 *   <li>All entries are one group.
 *   <li>For each significant difference, a group that contains both entries is split into two, each without one of them.
 *   <li>A group that is contained in another is dropped.
 *   <li>Groups get letters in the order of their best entries.
 * </ol>
 */
final class CompactLetterDisplay {

    private CompactLetterDisplay() {}

    /** Names to letters, such as {@code a}, {@code ab}, for the tested entries, best first. */
    static Map<String, String> of(ComparisonResult result) {
        Set<String> tested = new LinkedHashSet<>();
        result.entries().stream().filter(e -> !e.failed()).forEach(e -> tested.add(e.name()));
        tested.add(result.floor().name());
        return of(List.copyOf(tested), result.pairs());
    }

    static Map<String, String> of(List<String> names, List<Pair> pairs) {
        List<Set<String>> groups = new ArrayList<>(List.of(new LinkedHashSet<>(names)));
        for (Pair pair : pairs) {
            if (pair.contrast().real()) {
                split(groups, pair.first(), pair.second());
            }
        }
        // Entries are in order, so groups are compared by their best entries.
        groups.sort((a, b) -> {
            for (String name : names) {
                if (a.contains(name) != b.contains(name)) {
                    return a.contains(name) ? -1 : 1;
                }
            }
            return 0;
        });
        Map<String, String> letters = new LinkedHashMap<>();
        for (String name : names) {
            StringBuilder text = new StringBuilder();
            for (int g = 0; g < groups.size(); g++) {
                text.append(groups.get(g).contains(name) ? letter(g) : "");
            }
            letters.put(name, text.toString());
        }
        return letters;
    }

    private static void split(List<Set<String>> groups, String first, String second) {
        for (Set<String> group : List.copyOf(groups)) {
            if (group.contains(first) && group.contains(second)) {
                groups.remove(group);
                insert(groups, without(group, first));
                insert(groups, without(group, second));
            }
        }
    }

    /** Adds a group unless another contains it; removes groups that it contains. */
    private static void insert(List<Set<String>> groups, Set<String> group) {
        if (groups.stream().noneMatch(other -> other.containsAll(group))) {
            groups.removeIf(group::containsAll);
            groups.add(group);
        }
    }

    private static Set<String> without(Set<String> group, String name) {
        Set<String> rest = new LinkedHashSet<>(group);
        rest.remove(name);
        return rest;
    }

    /** a to z, then a1, b1, ... */
    private static String letter(int group) {
        return (char) ('a' + group % 26) + (group < 26 ? "" : String.valueOf(group / 26));
    }
}
