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

    public static List<RankedItems.Entry> items(LoadedModel snapshot, String item, int n) {
        return items(snapshot, item, Query.of(n)).entries();
    }

    /** Restricted to the items that the request allows, without a user's items. */
    public static Near items(LoadedModel snapshot, String item, Query wish) {
        Model model = snapshot.model();
        SimilarItems similar = model.require(SimilarItems.class);
        int row = model.items().index(item);
        if (row < 0 || !model.population().hasItem(row)) {
            throw new UnknownException("item", item);
        }
        Selection selection = Selection.of(snapshot, wish);
        List<RankedItems.Entry> entries =
                entries(snapshot.catalogue(), similar.similarItems(item, wish.n(), selection.excluded()), true);
        String why = entries.size() < wish.n() ? selection.why(0) : null;
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

    public static List<RankedItems.Entry> users(LoadedModel snapshot, String user, int n) {
        VectorModel model = snapshot.model().require(VectorModel.class);
        int row = model.users().index(user);
        if (row < 0 || !model.population().hasUser(row)) {
            throw new UnknownException("user", user);
        }
        return entries(snapshot.catalogue(), model.similarUsers(user, checked(n)), false);
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
