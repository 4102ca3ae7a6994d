package org.mineral.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.Capabilities;
import org.mineral.model.Explainable;
import org.mineral.model.Explainable.Contributions;
import org.mineral.model.History;
import org.mineral.model.VectorModel;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.TopK;
import org.mineral.recommend.UserProfile.Source;

/** Computes lists of the requested length, shorter only if there are fewer candidates. */
public final class Recommendations {

    private static final int[] NOTHING = {};

    /** Most excluded items in one batch of lists, summed over the lists. */
    private static final int MOST_EXCLUDED = 1 << 24;

    private static final int LEAST_SHARE = 64;

    /** Number of lists in memory when lists are streamed. */
    private static final int CHUNK = 4096;

    private final ProfileResolver people;

    /** @param feedback since the model was trained */
    public Recommendations(Feedback feedback) {
        this.people = new ProfileResolver(feedback);
    }

    /** The list for a user id; the most popular items if nothing is known about the user. */
    public RankedItems user(LoadedModel snapshot, String user, Query wish) {
        return answer(snapshot, user, people.user(snapshot, user), wish);
    }

    /** The list for a history (ids to weights above 0). */
    public RankedItems history(LoadedModel snapshot, Map<String, Double> history, Query wish) {
        return answer(snapshot, null, people.history(snapshot, history), wish);
    }

    /**
     * Lists for many user ids, in parallel and in batches.
     *
     * @param to receives the lists in the order of the users
     */
    public void users(LoadedModel snapshot, List<String> users, Query wish, Workers workers, Consumer<RankedItems> to) {
        for (int from = 0; from < users.size(); from += CHUNK) {
            users(snapshot, users.subList(from, Math.min(users.size(), from + CHUNK)), wish, workers)
                    .forEach(to);
        }
    }

    /** Lists for many user ids, in parallel. */
    public List<RankedItems> users(LoadedModel snapshot, List<String> users, Query wish, Workers workers) {
        return answers(snapshot, users, user -> people.user(snapshot, users.get(user)), wish, workers);
    }

    /**
     * Lists for many histories, in parallel.
     *
     * @param names the users in the responses
     */
    public List<RankedItems> histories(
            LoadedModel snapshot,
            List<String> names,
            List<Map<String, Double>> histories,
            Query wish,
            Workers workers) {
        return answers(snapshot, names, k -> people.history(snapshot, histories.get(k)), wish, workers);
    }

    /** As above, in batches; {@code to} receives the lists in the order of the histories. */
    public void histories(
            LoadedModel snapshot,
            List<String> names,
            List<Map<String, Double>> histories,
            Query wish,
            Workers workers,
            Consumer<RankedItems> to) {
        for (int from = 0; from < names.size(); from += CHUNK) {
            int end = Math.min(names.size(), from + CHUNK);
            histories(snapshot, names.subList(from, end), histories.subList(from, end), wish, workers)
                    .forEach(to);
        }
    }

    private static RankedItems answer(LoadedModel snapshot, @Nullable String whom, UserProfile person, Query wish) {
        Selection selection = Selection.of(snapshot, wish).without(wish.includeSeen() ? NOTHING : person.items());
        return answer(snapshot, whom, person, wish, selection, best(snapshot, person, selection, pool(snapshot, wish)));
    }

    private static List<RankedItems> answers(
            LoadedModel snapshot, List<String> names, IntFunction<UserProfile> find, Query wish, Workers workers) {
        Selection shared = Selection.of(snapshot, wish);
        int pool = pool(snapshot, wish);
        int share = Math.max(LEAST_SHARE, MOST_EXCLUDED / (1 + shared.excluded().length));
        List<RankedItems> answers = new ArrayList<>();
        for (int from = 0; from < names.size(); from += share) {
            int first = from;
            int count = Math.min(share, names.size() - from);
            UserProfile[] persons = new UserProfile[count];
            Selection[] selections = new Selection[count];
            workers.run(count, (k, worker) -> {
                persons[k] = find.apply(first + k);
                selections[k] = shared.without(wish.includeSeen() ? NOTHING : persons[k].items());
            });
            Ranking[] best = new Ranking[count];
            rankVectors(snapshot, persons, selections, pool, best, workers);
            workers.run(count, (k, worker) -> {
                if (best[k] == null) {
                    best[k] = best(snapshot, persons[k], selections[k], pool);
                }
            });
            for (int k = 0; k < count; k++) {
                answers.add(answer(snapshot, names.get(from + k), persons[k], wish, selections[k], best[k]));
            }
        }
        return answers;
    }

    /** Lists of all users with vectors, scored in one batch. */
    private static void rankVectors(
            LoadedModel snapshot,
            UserProfile[] persons,
            Selection[] selections,
            int pool,
            Ranking[] best,
            Workers workers) {
        VectorModel model = snapshot.vectors();
        int[] with = IntStream.range(0, persons.length)
                .filter(k -> persons[k].vector() != null)
                .toArray();
        if (model == null || with.length == 0) {
            return;
        }
        Matrix vectors = new Matrix(with.length, model.dimension());
        int[][] excluded = new int[with.length][];
        for (int row = 0; row < with.length; row++) {
            vectors.setRow(row, Objects.requireNonNull(persons[with[row]].vector()));
            excluded[row] = selections[with[row]].excluded();
        }
        Interactions out = Interactions.of(model.items().size(), excluded);
        List<Ranking> rankings =
                model.rank(vectors, Math.min(pool, model.items().size()), out, workers);
        for (int row = 0; row < with.length; row++) {
            best[with[row]] = rankings.get(row);
        }
    }

    private static int pool(LoadedModel snapshot, Query wish) {
        if (wish.diversity() > 0 && snapshot.vectors() == null) {
            throw new InputException("diversity needs items with vectors; "
                    + Capabilities.lack(snapshot.model(), VectorModel.class) + " Leave it out.");
        }
        int length = wish.offset() + wish.n();
        return wish.diversity() > 0 ? Diversity.pool(length) : length;
    }

    private static RankedItems answer(
            LoadedModel snapshot,
            @Nullable String whom,
            UserProfile person,
            Query wish,
            Selection selection,
            Ranking best) {
        VectorModel model = snapshot.vectors();
        Ranking ranking = model != null && wish.diversity() > 0
                ? Diversity.rerank(best, wish.offset() + wish.n(), wish.diversity(), model.itemVectors())
                : best;
        List<RankedItems.Entry> entries = entries(snapshot.catalogue(), ranking, wish.offset(), wish.n());
        List<String> ignored = new ArrayList<>(person.ignored());
        ignored.addAll(selection.ignored());
        return new RankedItems(
                whom,
                entries,
                new RankedItems.How(
                        person,
                        retrieval(snapshot, person),
                        wish,
                        selection.allowed(),
                        selection.seenLeftOut(),
                        entries.size() < wish.n() ? selection.why(wish.offset()) : null,
                        ignored,
                        snapshot.generation()));
    }

    private static String retrieval(LoadedModel snapshot, UserProfile person) {
        Retrieval retrieval = snapshot.retrieval();
        return person.source() == Source.POPULARITY
                ? "counts"
                : person.vector() == null || retrieval == null ? "exact" : retrieval.name();
    }

    private static Ranking best(LoadedModel snapshot, UserProfile person, Selection selection, int k) {
        if (person.source() == Source.POPULARITY) {
            return mostTaken(snapshot, selection, k);
        }
        float[] vector = person.vector();
        if (vector != null) {
            return Objects.requireNonNull(snapshot.retrieval()).best(vector, k, selection.excluded());
        }
        History history = person.history();
        if (history != null) {
            return Objects.requireNonNull(snapshot.histories()).rank(history, k, selection.excluded());
        }
        float[] scores = snapshot.model().scores(person.row());
        TopK best = new TopK(Math.min(k, scores.length));
        for (int i = 0; i < scores.length; i++) {
            if (selection.allows(i)) {
                best.offer(i, scores[i]);
            }
        }
        return best.ranking();
    }

    private static Ranking mostTaken(LoadedModel snapshot, Selection selection, int k) {
        int[] items = Arrays.stream(snapshot.byPopularity())
                .filter(selection::allows)
                .limit(k)
                .toArray();
        float[] scores = new float[items.length];
        for (int r = 0; r < items.length; r++) {
            scores[r] = snapshot.counts()[items[r]];
        }
        return new Ranking(items, scores);
    }

    static List<RankedItems.Entry> entries(Catalogue catalogue, Ranking ranking, int offset, int n) {
        List<RankedItems.Entry> entries = new ArrayList<>();
        for (int r = offset; r < Math.min(offset + n, ranking.items().length); r++) {
            int item = ranking.items()[r];
            entries.add(new RankedItems.Entry(
                    catalogue.items().id(item), catalogue.title(item), r + 1, ranking.scores()[r]));
        }
        return entries;
    }

    /**
     * Indices of a user's items, from training and feedback, ascending.
     *
     * @throws UnknownException if nothing is known about the user
     */
    public int[] taken(LoadedModel snapshot, String user) {
        UserProfile person = people.user(snapshot, user);
        if (person.items().length == 0 && person.source() == Source.POPULARITY) {
            throw new UnknownException("user", user);
        }
        return person.items();
    }

    /** Explains the score of an item for a user. */
    public Explanation explainUser(LoadedModel snapshot, String user, String item, int n) {
        return explain(snapshot, people.user(snapshot, user), item, n);
    }

    /** Explains the score of an item for a history. */
    public Explanation explainHistory(LoadedModel snapshot, Map<String, Double> history, String item, int n) {
        return explain(snapshot, people.history(snapshot, history), item, n);
    }

    private static Explanation explain(LoadedModel snapshot, UserProfile person, String item, int n) {
        int index = snapshot.catalogue().items().index(item);
        if (index < 0) {
            throw new UnknownException("item", item);
        }
        return Explanation.of(snapshot, person, index, contributions(snapshot, person, index), n);
    }

    /** The terms of a score; everything is rest if the model has no explanations. */
    private static Contributions contributions(LoadedModel snapshot, UserProfile person, int item) {
        Explainable explainable = snapshot.explainable();
        History history = person.history();
        if (person.source() == Source.POPULARITY) {
            return whole(snapshot.counts()[item]);
        } else if (history != null) {
            return explainable == null
                    ? whole(Objects.requireNonNull(snapshot.histories()).scores(history)[item])
                    : explainable.explain(history, item);
        }
        return explainable == null
                ? whole(snapshot.model().scores(person.row())[item])
                : explainable.explain(person.row(), item);
    }

    private static Contributions whole(double score) {
        return new Contributions(new int[0], new double[0], score);
    }
}
