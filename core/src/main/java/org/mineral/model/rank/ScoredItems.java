package org.mineral.model.rank;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;

/** The best of an array of scores, one for each item. */
@Internal
public final class ScoredItems {

    private ScoredItems() {}

    /** Scores users, for one thread. */
    @FunctionalInterface
    public interface UserScorer {

        /** The scores of all items, valid until the next call. */
        float[] scores(int user);
    }

    /**
     * The lists of some users, computed in parallel.
     *
     * @param exclude items to leave out, users x items
     * @param ranked whether an item can be ranked
     * @param scorers makes the scorer of a thread
     */
    public static List<Ranking> ofUsers(
            int[] users,
            int k,
            Interactions exclude,
            IntPredicate ranked,
            Supplier<UserScorer> scorers,
            Workers workers) {
        @Nullable UserScorer[] own = new UserScorer[workers.threads()];
        Ranking[] rankings = new Ranking[users.length];
        workers.run(users.length, (task, worker) -> {
            UserScorer scorer = own[worker] == null ? scorers.get() : own[worker];
            own[worker] = scorer;
            int user = users[task];
            rankings[task] =
                    best(scorer.scores(user), ranked, k, exclude.columns(), exclude.begin(user), exclude.end(user));
        });
        return Arrays.asList(rankings);
    }

    /**
     * The best k items that can be ranked, ties by lower item index.
     *
     * @param ranked whether an item can be ranked
     * @param exclude item indices, ascending
     */
    public static Ranking best(float[] scores, IntPredicate ranked, int k, int[] exclude) {
        return best(scores, ranked, k, exclude, 0, exclude.length);
    }

    private static Ranking best(float[] scores, IntPredicate ranked, int k, int[] exclude, int from, int to) {
        TopK best = new TopK(Math.min(k, scores.length));
        int skip = from;
        for (int item = 0; item < scores.length; item++) {
            boolean excluded = false;
            for (; skip < to && exclude[skip] == item; skip++) {
                excluded = true;
            }
            if (!excluded && scores[item] > best.threshold() && ranked.test(item)) {
                best.offer(item, scores[item]);
            }
        }
        return best.ranking();
    }
}
