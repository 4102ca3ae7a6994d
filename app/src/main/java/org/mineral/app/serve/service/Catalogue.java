package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.IdMap;
import org.mineral.data.items.ItemTable;

/** A model's items with their titles and attributes. Immutable. */
public final class Catalogue {

    private final IdMap items;
    private final @Nullable String[] titles;
    private final String[] searched;
    private final Map<String, Map<String, int[]>> having = new LinkedHashMap<>();
    private final int described;

    /** How many items have a value of an attribute. */
    public record Facet(String value, int items) {}

    Catalogue(IdMap items, ItemTable table) {
        this.items = items;
        this.titles = new String[items.size()];
        this.searched = new String[items.size()];
        int known = 0;
        for (int i = 0; i < titles.length; i++) {
            titles[i] = table.title(items.id(i));
            String id = TextFolding.fold(items.id(i));
            searched[i] = titles[i] == null ? id : TextFolding.fold(titles[i]) + "\n" + id;
            known += titles[i] == null ? 0 : 1;
        }
        this.described = known;
        for (String attribute : table.attributes()) {
            having.put(attribute, postings(items, table, attribute));
        }
    }

    private static Map<String, int[]> postings(IdMap items, ItemTable table, String attribute) {
        Map<String, List<Integer>> lists = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            for (String value : table.values(items.id(i), attribute)) {
                lists.computeIfAbsent(value, v -> new ArrayList<>()).add(i);
            }
        }
        Map<String, int[]> postings = new LinkedHashMap<>();
        lists.forEach((value, list) ->
                postings.put(value, list.stream().mapToInt(Integer::intValue).toArray()));
        return postings;
    }

    public IdMap items() {
        return items;
    }

    /** Null if the items' table has none. */
    public @Nullable String title(int item) {
        return titles[item];
    }

    /** Number of items with a title. */
    public int described() {
        return described;
    }

    public List<String> attributes() {
        return List.copyOf(having.keySet());
    }

    /** The commonest values of an attribute, most items first. */
    public List<Facet> facets(String attribute, int n) {
        return having.getOrDefault(attribute, Map.of()).entrySet().stream()
                .map(e -> new Facet(e.getKey(), e.getValue().length))
                .sorted(Comparator.comparingInt((Facet f) -> -f.items()).thenComparing(Facet::value))
                .limit(n)
                .toList();
    }

    /** Where a filter's attribute ends. */
    static int colon(String filter) {
        int colon = filter.indexOf(':');
        if (colon < 1 || colon == filter.length() - 1) {
            throw new InputException(
                    "the filter '" + filter + "' is no attribute:value; write genres:Drama|Crime, say.");
        }
        return colon;
    }

    /**
     * The items that a filter lets through: {@code attribute:value} or {@code attribute:value|value}, any of these; none if
     * no item has the value.
     *
     * @param notes told of values that no item has
     * @throws InputException if no such attribute is known
     */
    BitSet matching(String filter, Consumer<String> notes) {
        int colon = colon(filter);
        String attribute = filter.substring(0, colon);
        Map<String, int[]> values = having.get(attribute);
        if (values == null) {
            throw having.isEmpty()
                    ? new InputException("filter = '" + filter
                            + "': no attributes of items are known; name a table that has them: --items FILE.")
                    : InputException.unknown("attribute", attribute, having.keySet());
        }
        BitSet matching = new BitSet(items.size());
        for (String value : filter.substring(colon + 1).split("\\|")) {
            int[] with = values.get(value.strip());
            if (with == null) {
                String nearest = Names.nearest(value.strip(), values.keySet())
                        .map(name -> ", but some have '" + name + "'")
                        .orElse("");
                notes.accept("no item has the " + attribute + " '" + value.strip() + "'" + nearest);
                continue;
            }
            for (int item : with) {
                matching.set(item);
            }
        }
        return matching;
    }

    /**
     * Items whose title or id begins with a text, then those that hold it, within each group in the given order.
     *
     * @param order item indices
     */
    List<Integer> search(String text, int[] order, int n) {
        String wanted = TextFolding.fold(text);
        List<Integer> begin = new ArrayList<>();
        List<Integer> within = new ArrayList<>();
        for (int k = 0; k < order.length && begin.size() < n; k++) {
            int at = searched[order[k]].indexOf(wanted);
            if (at == 0 || at > 0 && searched[order[k]].charAt(at - 1) == '\n') {
                begin.add(order[k]);
            } else if (at > 0 && within.size() < n) {
                within.add(order[k]);
            }
        }
        begin.addAll(within);
        return begin.subList(0, Math.min(n, begin.size()));
    }
}
