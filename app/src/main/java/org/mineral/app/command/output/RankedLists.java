package org.mineral.app.command.output;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.mineral.app.command.option.ranking.HistoryFile;
import org.mineral.app.command.option.ranking.RankingOptions;
import org.mineral.app.command.option.ranking.TargetOptions;
import org.mineral.app.command.option.ranking.TargetResolver;
import org.mineral.linalg.Workers;
import org.mineral.recommend.Audience;
import org.mineral.recommend.Feedback;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Query;
import org.mineral.recommend.RankedItems;
import org.mineral.recommend.Recommendations;

/** Makes the lists that are asked for: items for users or histories, or users for items. */
public final class RankedLists {

    private final TargetOptions target;
    private final RankingOptions ranking;
    private final LoadedModel loaded;
    private final TargetResolver resolver;
    private final Consumer<String> notes;

    /**
     * @param skipUnknown whether users and items that the model does not know are left out instead of refused
     * @param notes receives what was left out, and why lists are short
     */
    public RankedLists(
            TargetOptions target,
            RankingOptions ranking,
            LoadedModel loaded,
            boolean skipUnknown,
            Consumer<String> notes) {
        this.target = target;
        this.ranking = ranking;
        this.loaded = loaded;
        this.resolver = new TargetResolver(target, loaded.model(), skipUnknown, notes);
        this.notes = notes;
    }

    /**
     * Makes them.
     *
     * @param to receives the user, history or item of each list with its entries
     * @return how many users, histories or items were left out as unknown
     */
    public int write(BiConsumer<String, List<RankedItems.Entry>> to, Workers workers) throws IOException {
        ShortLists tooShort = new ShortLists(ranking.n());
        if (target.forItems()) {
            Audience.of(loaded, resolver.items(), ranking.n(), ranking.includeSeen(), workers, audience -> {
                to.accept(audience.item(), audience.users());
                tooShort.add(audience.item(), audience.users().size(), audience.whyShort());
            });
        } else {
            Query query = ranking.query(loaded.model().items(), notes);
            recommend(query, workers, list -> {
                String of = list.whom() == null ? TargetResolver.NO_USER : list.whom();
                to.accept(of, list.items());
                tooShort.add(of, list.items().size(), list.how().whyShort());
            });
        }
        tooShort.note(notes);
        return resolver.skipped();
    }

    private void recommend(Query query, Workers workers, Consumer<RankedItems> to) throws IOException {
        Recommendations recommendations = new Recommendations(Feedback.NONE);
        Map<String, String> attributes = resolver.attributes();
        if (!attributes.isEmpty()) {
            RankedItems list = recommendations.attributes(loaded, attributes, query);
            if (!list.how().ignored().isEmpty()) {
                notes.accept("values that the model does not know, ignored: "
                        + String.join(", ", list.how().ignored()));
            }
            to.accept(list);
        } else if (target.histories()) {
            HistoryFile known = resolver.histories();
            recommendations.histories(loaded, known.names(), known.items(), query, workers, to);
        } else {
            recommendations.users(loaded, resolver.users(), query, workers, to);
        }
    }
}
