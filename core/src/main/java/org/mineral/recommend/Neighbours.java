package org.mineral.recommend;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.model.Model;
import org.mineral.model.Model.Recommendation;
import org.mineral.model.SimilarItems;
import org.mineral.model.VectorModel;
import org.mineral.model.rank.TopK;

/** Similar items by the model's own measure; similar users by the cosine of their vectors. */
public final class Neighbours {

    private Neighbours() {}

    public static List<RankedItems.Entry> items(LoadedModel loaded, String item, int n) {
        return items(loaded, item, Query.of(n)).entries();
    }

    /** What makes items similar. */
    public enum By {
        /** Those who take them: the model's own measure. */
        TASTE,
        /** What is known of them. */
        ATTRIBUTES,
        /** The mean of both, each divided by its largest value. */
        BOTH
    }

    /**
     * As below, by attributes or both.
     *
     * @throws InputException if the model has no attributes of items, or none of this one
     */
    public static Near items(LoadedModel loaded, String item, Query request, By by) {
        if (by == By.TASTE) {
            return items(loaded, item, request);
        }
        Model model = loaded.model();
        int row = model.items().index(item);
        if (row < 0) {
            throw new UnknownException("item", item);
        } else if (!model.itemAttributes().has(row)) {
            throw new InputException("the model knows no attributes of the item '" + item
                    + "'; allowed: items with attributes in the side file that it was trained with; ask for similar"
                    + " items by taste.");
        }
        double[] scores = AttributeSimilarity.of(model.itemAttributes(), row);
        Selection selection = Selection.of(loaded, request);
        if (by == By.BOTH) {
            scores = mean(scores, taste(loaded, item, row), row);
        }
        TopK best = new TopK(request.n());
        for (int i = 0; i < scores.length; i++) {
            if (i != row && scores[i] > 0 && selection.allows(i)) {
                best.offer(i, (float) scores[i]);
            }
        }
        List<RankedItems.Entry> entries = Recommendations.entries(loaded.catalogue(), best.ranking(), 0, request.n());
        String why = entries.size() < request.n()
                ? selection.why(0) + "; the others have nothing in common with the item"
                : null;
        return new Near(entries, why, selection.ignored());
    }

    private static double[] taste(LoadedModel loaded, String item, int row) {
        Model model = loaded.model();
        double[] scores = new double[model.items().size()];
        if (model.population().hasItem(row)) {
            for (Recommendation one : model.require(SimilarItems.class)
                    .similarItems(item, scores.length, model.population().itemsWithout())) {
                scores[model.items().index(one.item())] = one.score();
            }
        }
        return scores;
    }

    /** @param but the item itself, which has no part in the largest value */
    private static double[] mean(double[] one, double[] other, int but) {
        double[] largest = {1e-30, 1e-30};
        for (int i = 0; i < one.length; i++) {
            largest[0] = i == but ? largest[0] : Math.max(largest[0], one[i]);
            largest[1] = i == but ? largest[1] : Math.max(largest[1], other[i]);
        }
        double[] mean = new double[one.length];
        for (int i = 0; i < one.length; i++) {
            mean[i] = (one[i] / largest[0] + other[i] / largest[1]) / 2;
        }
        return mean;
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
