package org.mineral.recommend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.SparseMatrix;
import org.mineral.data.attributes.AttributeRole;
import org.mineral.data.items.ItemTable;
import org.mineral.model.Model;

/** A model's items with their titles and attributes. Immutable. */
public final class Catalogue {

    private final IdMap items;
    private final @Nullable String[] titles;
    private final String[] searched;
    private final Map<String, Map<String, int[]>> having = new LinkedHashMap<>();
    private final int described;

    /** The attributes of the table. */
    private final Set<String> ofTable;

    /** The number of items with a value of an attribute. */
    public record Facet(String value, int items) {}

    /** @param table titles and attributes of items; it need not have all items */
    public Catalogue(IdMap items, ItemTable table) {
        this(items, table, Attributes.none(items.size()));
    }

    /**
     * Items with the attributes that a model was trained with, too: those that are values, not numbers or words. Where the table has one of the
     * same name, the table's counts.
     */
    public Catalogue(IdMap items, ItemTable table, Attributes attributes) {
        this.items = items;
        this.titles = new String[items.size()];
        this.searched = new String[items.size()];
        int known = 0;
        for (int i = 0; i < titles.length; i++) {
            titles[i] = table.title(items.id(i));
            searched[i] = searched(items.id(i), titles[i]);
            known += titles[i] == null ? 0 : 1;
        }
        this.described = known;
        for (String attribute : table.attributes()) {
            having.put(attribute, postings(items, table, attribute));
        }
        this.ofTable = Set.copyOf(having.keySet());
        add(attributes, items.size());
    }

    /**
     * The values that a model knows, of fields that the table has not; of fields of the table those of items that it cannot have.
     *
     * @param first the first of these items
     */
    private void add(Attributes attributes, int first) {
        Set<String> fields = new HashSet<>();
        for (Attributes.Field field : attributes.fields()) {
            if (AttributeRole.parse(field.role()).isValue()) {
                fields.add(field.name());
            }
        }
        SparseMatrix columns = fields.isEmpty() ? null : attributes.x().transpose();
        for (int a = 0; columns != null && a < columns.rows(); a++) {
            String name = attributes.names().id(a);
            int end = name.indexOf('=');
            if (end > 0 && fields.contains(name.substring(0, end))) {
                String field = name.substring(0, end);
                int from = ofTable.contains(field) ? first : 0;
                int[] with = Arrays.stream(columns.entries().row(a))
                        .filter(item -> item >= from)
                        .toArray();
                if (with.length > 0) {
                    having.computeIfAbsent(field, own -> new LinkedHashMap<>())
                            .merge(name.substring(end + 1), with, Catalogue::followedBy);
                }
            }
        }
    }

    /**
     * The items of a model that has more than these, after these, which keep their indices.
     *
     * @param moreTitles by id
     */
    public Catalogue extended(Model more, Map<String, String> moreTitles) {
        return new Catalogue(this, more, moreTitles);
    }

    private Catalogue(Catalogue base, Model more, Map<String, String> moreTitles) {
        this.items = more.items();
        this.titles = Arrays.copyOf(base.titles, items.size());
        this.searched = Arrays.copyOf(base.searched, items.size());
        this.ofTable = base.ofTable;
        int known = base.described;
        for (int i = base.items.size(); i < titles.length; i++) {
            titles[i] = moreTitles.get(items.id(i));
            searched[i] = searched(items.id(i), titles[i]);
            known += titles[i] == null ? 0 : 1;
        }
        this.described = known;
        for (String attribute : ofTable) {
            having.put(attribute, new LinkedHashMap<>(Objects.requireNonNull(base.having.get(attribute))));
        }
        add(more.itemAttributes(), base.items.size());
    }

    private static String searched(String id, @Nullable String title) {
        String folded = TextFolding.fold(id);
        return title == null ? folded : TextFolding.fold(title) + "\n" + folded;
    }

    private static int[] followedBy(int[] some, int[] more) {
        int[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    /** Items with ids only. */
    public static Catalogue of(IdMap items) {
        return new Catalogue(items, ItemTable.empty());
    }

    /** A model's items with the attributes that it was trained with. */
    public static Catalogue of(Model model) {
        return new Catalogue(model.items(), ItemTable.empty(), model.itemAttributes());
    }

    /**
     * A model's items with the titles and attributes of a file, see {@link ItemTable}, and the attributes that it was trained with.
     *
     * @param file null for none
     * @param notes receives messages about the file
     * @throws InputException if the file is invalid, or has none of the items
     */
    public static Catalogue of(Model model, @Nullable Path file, Consumer<String> notes) throws IOException {
        return file == null
                ? of(model)
                : new Catalogue(model.items(), table(file, model.items(), notes), model.itemAttributes());
    }

    /** Reads the table of a file. It must have some of the model's items; otherwise it belongs to other data. */
    private static ItemTable table(Path file, IdMap items, Consumer<String> notes) throws IOException {
        ItemTable table = ItemTable.read(file, items);
        table.notes().forEach(note -> notes.accept(file + ": " + note));
        long known = table.known(items);
        if (known == 0 && items.size() > 0) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s: found %,d items%s, none of them the model's; allowed: the ids that the model "
                            + "was trained with, such as '%s', in the first column; check that the file belongs to these "
                            + "data, and that its ids are written as there (no spaces, zeros or prefixes more or less).",
                    file,
                    table.size(),
                    table.size() == 0 ? "" : ", the first '" + table.id(0) + "'",
                    items.id(0)));
        } else if (known < items.size()) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "%s knows %,d of the model's %,d items; the others are shown by their ids.",
                    file,
                    known,
                    items.size()));
        }
        return table;
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

    /** Null if the item table has none. */
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

    /** The most frequent values of an attribute, most frequent first. */
    public List<Facet> facets(String attribute, int n) {
        return having.getOrDefault(attribute, Map.of()).entrySet().stream()
                .map(e -> new Facet(e.getKey(), e.getValue().length))
                .sorted(Comparator.comparingInt((Facet f) -> -f.items()).thenComparing(Facet::value))
                .limit(n)
                .toList();
    }

    /** The end of the attribute's name in a filter. */
    static int colon(String filter) {
        int colon = filter.indexOf(':');
        if (colon < 1 || colon == filter.length() - 1) {
            throw new InputException(
                    "the filter '" + filter + "' is no attribute:value; write genres:Drama|Crime, say.");
        }
        return colon;
    }

    /**
     * The items that pass a filter: {@code attribute:value} or {@code attribute:value|value}, any of these values; none if no item has one.
     *
     * @param notes receives values that no item has
     * @throws InputException if the attribute is unknown
     */
    BitSet matching(String filter, Consumer<String> notes) {
        int colon = colon(filter);
        String attribute = filter.substring(0, colon);
        Map<String, int[]> values = having.get(attribute);
        if (values == null) {
            throw having.isEmpty()
                    ? new InputException(
                            "filter = '" + filter + "': no attributes of items are known;",
                            Hint.of("name a table that has them", Hint.Action.ITEM_TABLE))
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
     * Items whose title or id begins with a text, then those that contain it, within each group in the given order.
     *
     * @param order item indices
     */
    public List<Integer> search(String text, int[] order, int n) {
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
