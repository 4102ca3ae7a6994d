package org.mineral.recommend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.model.Explainable.Contributions;
import org.mineral.model.Explainable.Contributions.OfAttribute;

/**
 * Explains a score by the user's items and by attributes: {@code score = sum of contributions + others + rest}.
 *
 * @param title the item's, or null
 * @param contributions the largest contributions, with signs
 * @param attributes the largest contributions of attributes of the user and of the item
 * @param others the sum of the contributions that are not listed
 * @param rest the part of the score that neither explains
 */
public record Explanation(
        String item,
        @Nullable String title,
        double score,
        List<Contribution> contributions,
        List<OfAttribute> attributes,
        double others,
        double rest,
        UserProfile profile,
        int generation) {

    /** The contribution of one item. */
    public record Contribution(String item, @Nullable String title, double contribution) {}

    /** @param n number of contributions to list, largest first */
    static Explanation of(LoadedModel loaded, UserProfile profile, int item, Contributions why, int n) {
        Catalogue catalogue = loaded.catalogue();
        double explained = 0;
        List<Contribution> all = new ArrayList<>();
        for (int k = 0; k < why.items().length; k++) {
            int of = why.items()[k];
            explained += why.values()[k];
            all.add(new Contribution(catalogue.items().id(of), catalogue.title(of), why.values()[k]));
        }
        List<OfAttribute> attributes = new ArrayList<>(why.attributes());
        explained += attributes.stream().mapToDouble(OfAttribute::value).sum();
        attributes.sort(Comparator.comparingDouble((OfAttribute a) -> -Math.abs(a.value())));
        List<OfAttribute> named = List.copyOf(attributes.subList(0, Math.min(n, attributes.size())));
        all.sort(Comparator.comparingDouble((Contribution c) -> -Math.abs(c.contribution())));
        List<Contribution> listed = List.copyOf(all.subList(0, Math.min(n, all.size())));
        double shown = listed.stream().mapToDouble(Contribution::contribution).sum()
                + named.stream().mapToDouble(OfAttribute::value).sum();
        return new Explanation(
                catalogue.items().id(item),
                catalogue.title(item),
                why.score(),
                listed,
                named,
                listed.size() == all.size() && named.size() == attributes.size() ? 0 : explained - shown,
                why.rest(),
                profile,
                loaded.generation());
    }
}
