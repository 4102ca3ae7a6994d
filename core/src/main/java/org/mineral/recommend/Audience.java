package org.mineral.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.UserRanker;
import org.mineral.model.rank.Ranking;

/**
 * The users with the largest scores for an item.
 *
 * @param users ids of users with ranks and scores, each with the title of the item
 * @param whyShort why there are fewer than requested; null if there are not
 */
public record Audience(
        String item,
        List<RankedItems.Entry> users,
        @Nullable String whyShort) {

    /** Number of lists in memory when lists are streamed. */
    private static final int CHUNK = 4096;

    /**
     * The best n users of each item.
     *
     * @param items ids
     * @param includeSeen whether users who took the item may be among them
     * @throws org.mineral.config.InputException if the model cannot rank users
     * @throws UnknownException if an item is unknown
     */
    public static List<Audience> of(
            LoadedModel loaded, List<String> items, int n, boolean includeSeen, Workers workers) {
        Model model = loaded.model();
        UserRanker ranker = model.require(UserRanker.class);
        int[] rows = items.stream().mapToInt(id -> known(model, id)).toArray();
        Interactions takers = model.known().transpose();
        int[][] excluded = new int[rows.length][];
        Arrays.setAll(excluded, r -> includeSeen ? new int[0] : takers.row(rows[r]));
        Interactions out = Interactions.of(model.users().size(), excluded);
        List<Ranking> rankings =
                ranker.rankUsers(rows, Math.min(n, model.users().size()), out, workers);
        List<Audience> audiences = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            List<RankedItems.Entry> users =
                    entries(model.users(), rankings.get(r), loaded.catalogue().title(rows[r]));
            String why = String.format(
                    Locale.ROOT,
                    "the model can recommend to %,d users; %,d of them %s",
                    model.population().users(),
                    users.size(),
                    includeSeen ? "are listed" : "have not taken it yet");
            audiences.add(new Audience(items.get(r), users, users.size() < n ? why : null));
        }
        return audiences;
    }

    /** As above for many items, in batches; {@code to} receives them in the order of the items. */
    public static void of(
            LoadedModel loaded,
            List<String> items,
            int n,
            boolean includeSeen,
            Workers workers,
            Consumer<Audience> to) {
        for (int from = 0; from < items.size(); from += CHUNK) {
            of(loaded, items.subList(from, Math.min(items.size(), from + CHUNK)), n, includeSeen, workers)
                    .forEach(to);
        }
    }

    private static int known(Model model, String id) {
        int row = model.items().index(id);
        if (row < 0 || !model.population().hasItem(row)) {
            throw new UnknownException("item", id);
        }
        return row;
    }

    private static List<RankedItems.Entry> entries(IdMap users, Ranking ranking, @Nullable String title) {
        List<RankedItems.Entry> entries = new ArrayList<>();
        for (int r = 0; r < ranking.items().length; r++) {
            entries.add(new RankedItems.Entry(users.id(ranking.items()[r]), title, r + 1, ranking.scores()[r]));
        }
        return entries;
    }
}
