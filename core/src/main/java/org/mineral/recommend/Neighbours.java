package org.mineral.recommend;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.model.Model;
import org.mineral.model.Model.Recommendation;
import org.mineral.model.SimilarItems;
import org.mineral.model.VectorModel;

/** Similar items by the model's own measure; similar users by the cosine of their vectors. */
public final class Neighbours {

    private Neighbours() {}

    public static List<RankedItems.Entry> items(LoadedModel loaded, String item, int n) {
        return items(loaded, item, Query.of(n)).entries();
    }

    /** Restricted to the items that the request allows, without a user's items. */
    public static Near items(LoadedModel loaded, String item, Query request) {
        Model model = loaded.model();
        SimilarItems similar = model.require(SimilarItems.class);
        int row = model.items().index(item);
        if (row < 0 || !model.population().hasItem(row)) {
            throw new UnknownException("item", item);
        }
        Selection selection = Selection.of(loaded, request);
        List<RankedItems.Entry> entries =
                entries(loaded.catalogue(), similar.similarItems(item, request.n(), selection.excluded()), true);
        String why = entries.size() < request.n() ? selection.why(0) : null;
        return new Near(entries, why, selection.ignored());
    }

    /**
     * Neighbours, nearest first.
     *
     * @param whyShort why there are fewer than requested; null if there are not
     * @param ignored ids of the request that the model does not know
     */
    public record Near(
            List<RankedItems.Entry> entries, @Nullable String whyShort, List<String> ignored) {}

    public static List<RankedItems.Entry> users(LoadedModel loaded, String user, int n) {
        VectorModel model = loaded.model().require(VectorModel.class);
        int row = model.users().index(user);
        if (row < 0 || !model.population().hasUser(row)) {
            throw new UnknownException("user", user);
        }
        return entries(loaded.catalogue(), model.similarUsers(user, checked(n)), false);
    }

    private static int checked(int n) {
        return Query.of(n).n();
    }

    private static List<RankedItems.Entry> entries(Catalogue catalogue, List<Recommendation> list, boolean items) {
        List<RankedItems.Entry> entries = new ArrayList<>();
        for (Recommendation one : list) {
            String title = items ? catalogue.title(catalogue.items().index(one.item())) : null;
            entries.add(new RankedItems.Entry(one.item(), title, entries.size() + 1, one.score()));
        }
        return entries;
    }
}
