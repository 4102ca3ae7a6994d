package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;

/**
 * Whom to show an item: the users with the largest scores for it.
 *
 * @param users ids of users with ranks and scores, each with the title of the item
 * @param whyShort why there are fewer than wanted; null if there are not
 */
public record Audience(
        String item, List<Answer.Entry> users, @Nullable String whyShort) {

    /**
     * The best n users of each item.
     *
     * @param items ids
     * @param includeSeen whether users who took the item may be among them
     * @throws InputException if the model has no vectors to score users by
     * @throws UnknownException if an item is unknown
     */
    public static List<Audience> of(
            Snapshot snapshot, List<String> items, int n, boolean includeSeen, Workers workers) {
        FactorModel factors = snapshot.factors();
        if (factors == null) {
            throw new InputException("a model of the kind " + snapshot.model().name()
                    + " scores an item alike for everybody, so that no user is better for it than another; train one of the"
                    + " kind mf.");
        }
        int[] rows = items.stream().mapToInt(id -> known(factors, id)).toArray();
        Interactions takers = factors.known().transpose();
        int[][] excluded = new int[rows.length][];
        Arrays.setAll(excluded, r -> includeSeen ? new int[0] : takers.row(rows[r]));
        Interactions out = Interactions.of(factors.users().size(), excluded);
        List<Model.Ranking> rankings =
                factors.rankUsers(rows, Math.min(n, factors.users().size()), out, workers);
        List<Audience> audiences = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            List<Answer.Entry> users = entries(
                    factors.users(), rankings.get(r), snapshot.catalogue().title(rows[r]));
            String why = String.format(
                    Locale.ROOT,
                    "the model can recommend to %,d users; %,d of them %s",
                    factors.population().users(),
                    users.size(),
                    includeSeen ? "are listed" : "have not taken it yet");
            audiences.add(new Audience(items.get(r), users, users.size() < n ? why : null));
        }
        return audiences;
    }

    private static int known(FactorModel factors, String id) {
        int row = factors.items().index(id);
        if (row < 0 || !factors.population().hasItem(row)) {
            throw new UnknownException("item", id);
        }
        return row;
    }

    private static List<Answer.Entry> entries(IdMap users, Model.Ranking ranking, @Nullable String title) {
        List<Answer.Entry> entries = new ArrayList<>();
        for (int r = 0; r < ranking.items().length; r++) {
            entries.add(new Answer.Entry(users.id(ranking.items()[r]), title, r + 1, ranking.scores()[r]));
        }
        return entries;
    }
}
