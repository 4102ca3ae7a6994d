package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.mineral.app.json.JsonText;
import org.mineral.data.IdMap;
import org.mineral.model.VectorModel;
import org.mineral.recommend.Catalogue;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.TextFolding;

/** Finds items by title or id, users by id. */
public final class Search {

    private Search() {}

    public static List<Map<String, Object>> items(LoadedModel loaded, String text, int n) {
        Catalogue catalogue = loaded.catalogue();
        List<Map<String, Object>> found = new ArrayList<>();
        for (int item : catalogue.search(text, loaded.byPopularity(), n)) {
            found.add(item(loaded, item));
        }
        return found;
    }

    static Map<String, Object> item(LoadedModel loaded, int item) {
        Map<String, Object> one =
                JsonText.object("item", loaded.catalogue().items().id(item), "users", loaded.counts()[item]);
        String title = loaded.catalogue().title(item);
        if (title != null) {
            one.put("title", title);
        }
        return one;
    }

    /** The n least popular of some items, which characterise a user best. */
    public static List<Map<String, Object>> rarestFirst(LoadedModel loaded, int[] items, int n) {
        return Arrays.stream(items)
                .boxed()
                .sorted(Comparator.comparingInt((Integer item) -> loaded.counts()[item]))
                .limit(n)
                .map(item -> item(loaded, item))
                .toList();
    }

    /** Users whose id begins with a text, ignoring case and accents, the exact match first. */
    public static List<Map<String, Object>> users(LoadedModel loaded, String text, int n) {
        IdMap users = loaded.model().users();
        String folded = TextFolding.fold(text);
        List<Map<String, Object>> found = new ArrayList<>();
        int exact = users.index(text);
        if (exact >= 0) {
            found.add(user(loaded, exact));
        }
        for (int u = 0; u < users.size() && found.size() < n; u++) {
            if (u != exact && TextFolding.fold(users.id(u)).startsWith(folded)) {
                found.add(user(loaded, u));
            }
        }
        return found;
    }

    private static Map<String, Object> user(LoadedModel loaded, int user) {
        return JsonText.object(
                "user",
                loaded.model().users().id(user),
                "items",
                loaded.model().known().count(user));
    }

    /**
     * The points of the item map.
     *
     * @throws org.mineral.config.InputException if the model has no vectors
     */
    public static List<Map<String, Object>> map(ServedModel served) {
        served.model().require(VectorModel.class);
        List<Map<String, Object>> points = new ArrayList<>();
        for (ItemMap.Point point : served.map().points()) {
            Map<String, Object> one = item(served, point.item());
            one.put("x", Math.round(point.x() * 1e4) / 1e4);
            one.put("y", Math.round(point.y() * 1e4) / 1e4);
            points.add(one);
        }
        return points;
    }
}
