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

    public static List<Map<String, Object>> items(LoadedModel snapshot, String text, int n) {
        Catalogue catalogue = snapshot.catalogue();
        List<Map<String, Object>> found = new ArrayList<>();
        for (int item : catalogue.search(text, snapshot.byPopularity(), n)) {
            found.add(item(snapshot, item));
        }
        return found;
    }

    static Map<String, Object> item(LoadedModel snapshot, int item) {
        Map<String, Object> one =
                JsonText.object("item", snapshot.catalogue().items().id(item), "users", snapshot.counts()[item]);
        String title = snapshot.catalogue().title(item);
        if (title != null) {
            one.put("title", title);
        }
        return one;
    }

    /** The n least popular of some items, which characterise a user best. */
    public static List<Map<String, Object>> rarestFirst(LoadedModel snapshot, int[] items, int n) {
        return Arrays.stream(items)
                .boxed()
                .sorted(Comparator.comparingInt((Integer item) -> snapshot.counts()[item]))
                .limit(n)
                .map(item -> item(snapshot, item))
                .toList();
    }

    /** Users whose id begins with a text, ignoring case and accents, the exact match first. */
    public static List<Map<String, Object>> users(LoadedModel snapshot, String text, int n) {
        IdMap users = snapshot.model().users();
        String folded = TextFolding.fold(text);
        List<Map<String, Object>> found = new ArrayList<>();
        int exact = users.index(text);
        if (exact >= 0) {
            found.add(user(snapshot, exact));
        }
        for (int u = 0; u < users.size() && found.size() < n; u++) {
            if (u != exact && TextFolding.fold(users.id(u)).startsWith(folded)) {
                found.add(user(snapshot, u));
            }
        }
        return found;
    }

    private static Map<String, Object> user(LoadedModel snapshot, int user) {
        return JsonText.object(
                "user",
                snapshot.model().users().id(user),
                "items",
                snapshot.model().known().count(user));
    }

    /**
     * The points of the item map.
     *
     * @throws org.mineral.config.InputException if the model has no vectors
     */
    public static List<Map<String, Object>> map(ServedModel snapshot) {
        snapshot.model().require(VectorModel.class);
        List<Map<String, Object>> points = new ArrayList<>();
        for (ItemMap.Point point : snapshot.map().points()) {
            Map<String, Object> one = item(snapshot, point.item());
            one.put("x", Math.round(point.x() * 1e4) / 1e4);
            one.put("y", Math.round(point.y() * 1e4) / 1e4);
            points.add(one);
        }
        return points;
    }
}
