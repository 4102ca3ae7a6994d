package org.mineral.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
    public RankedItems user(LoadedModel loaded, String user, Query request) {
        return answer(loaded, user, people.user(loaded, user), request);
    }

    /** Weights of 1 for the items of a history, in their order; one that is given twice stands where it is given last. */
    public static Map<String, Double> weights(List<String> history) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String item : history) {
            weights.remove(item);
            weights.put(item, 1.0);
        }
        return weights;
    }

    /** The list for a history (ids to weights above 0). */
    public RankedItems history(LoadedModel loaded, Map<String, Double> history, Query request) {
        return answer(loaded, null, people.history(loaded, history), request);
    }

    /**
     * The list for somebody of whom only attributes are known: their own or, if the model has no attributes of users with these names, those of items
     * that they like.
     *
     * @param given by the name of the attribute: a text, a number, or a list of these
     * @throws InputException if the model has no such attribute, or knows none of the values
     */
    public RankedItems attributes(LoadedModel loaded, Map<String, ? extends @Nullable Object> given, Query request) {
        return answer(loaded, null, people.attributes(loaded, given), request);
    }

    /**
     * Lists for many user ids, in parallel and in batches.
     *
     * @param to receives the lists in the order of the users
     */
    public void users(
            LoadedModel loaded, List<String> users, Query request, Workers workers, Consumer<RankedItems> to) {
        for (int from = 0; from < users.size(); from += CHUNK) {
            users(loaded, users.subList(from, Math.min(users.size(), from + CHUNK)), request, workers)
                    .forEach(to);
        }
    }

    /** Lists for many user ids, in parallel. */
    public List<RankedItems> users(LoadedModel loaded, List<String> users, Query request, Workers workers) {
        return answers(loaded, users, user -> people.user(loaded, users.get(user)), request, workers);
    }

    /**
     * Lists for many histories, in parallel.
     *
     * @param names the users in the responses
     */
    public List<RankedItems> histories(
            LoadedModel loaded,
            List<String> names,
            List<Map<String, Double>> histories,
            Query request,
            Workers workers) {
        return answers(loaded, names, k -> people.history(loaded, histories.get(k)), request, workers);
    }

    /** As above, in batches; {@code to} receives the lists in the order of the histories. */
    public void histories(
            LoadedModel loaded,
            List<String> names,
            List<Map<String, Double>> histories,
            Query request,
            Workers workers,
            Consumer<RankedItems> to) {
        for (int from = 0; from < names.size(); from += CHUNK) {
            int end = Math.min(names.size(), from + CHUNK);
            histories(loaded, names.subList(from, end), histories.subList(from, end), request, workers)
                    .forEach(to);
        }
    }

    private static RankedItems answer(LoadedModel loaded, @Nullable String whom, UserProfile profile, Query request) {
        Selection selection = Selection.of(loaded, request).without(request.includeSeen() ? NOTHING : profile.items());
        return answer(
                loaded, whom, profile, request, selection, best(loaded, profile, selection, pool(loaded, request)));
    }

    private static List<RankedItems> answers(
            LoadedModel loaded, List<String> names, IntFunction<UserProfile> find, Query request, Workers workers) {
        Selection shared = Selection.of(loaded, request);
        int pool = pool(loaded, request);
        int share = Math.max(LEAST_SHARE, MOST_EXCLUDED / (1 + shared.excluded().length));
        List<RankedItems> answers = new ArrayList<>();
        for (int from = 0; from < names.size(); from += share) {
            int first = from;
            int count = Math.min(share, names.size() - from);
            UserProfile[] persons = new UserProfile[count];
            Selection[] selections = new Selection[count];
            workers.run(count, (k, worker) -> {
                persons[k] = find.apply(first + k);
                selections[k] = shared.without(request.includeSeen() ? NOTHING : persons[k].items());
            });
            Ranking[] best = new Ranking[count];
            rankVectors(loaded, persons, selections, pool, best, workers);
            workers.run(count, (k, worker) -> {
                if (best[k] == null) {
                    best[k] = best(loaded, persons[k], selections[k], pool);
                }
            });
            for (int k = 0; k < count; k++) {
                answers.add(answer(loaded, names.get(from + k), persons[k], request, selections[k], best[k]));
            }
        }
        return answers;
    }

    /** Lists of all users with vectors, scored in one batch. */
    private static void rankVectors(
            LoadedModel loaded,
            UserProfile[] persons,
            Selection[] selections,
            int pool,
            Ranking[] best,
            Workers workers) {
        VectorModel model = loaded.vectors();
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

    private static int pool(LoadedModel loaded, Query request) {
        if (request.diversity() > 0 && loaded.vectors() == null) {
            throw new InputException("diversity needs items with vectors; "
                    + Capabilities.lack(loaded.model(), VectorModel.class) + " Leave it out.");
        }
        int length = request.offset() + request.n();
        return request.diversity() > 0 ? Diversity.pool(length) : length;
    }

    private static RankedItems answer(
            LoadedModel loaded,
            @Nullable String whom,
            UserProfile profile,
            Query request,
            Selection selection,
            Ranking best) {
        VectorModel model = loaded.vectors();
        Ranking ranking = model != null && request.diversity() > 0
                ? Diversity.rerank(best, request.offset() + request.n(), request.diversity(), model.itemVectors())
                : best;
        List<RankedItems.Entry> entries = entries(loaded.catalogue(), ranking, request.offset(), request.n());
        List<String> ignored = new ArrayList<>(profile.ignored());
        ignored.addAll(selection.ignored());
        return new RankedItems(
                whom,
                entries,
                new RankedItems.How(
                        profile,
                        retrieval(loaded, profile),
                        request,
                        selection.allowed(),
                        selection.seenLeftOut(),
                        entries.size() < request.n() ? selection.why(request.offset()) : null,
                        ignored,
                        loaded.generation()));
    }

    private static String retrieval(LoadedModel loaded, UserProfile profile) {
        Retrieval retrieval = loaded.retrieval();
        return profile.source() == Source.POPULARITY
                ? "counts"
                : profile.vector() == null || retrieval == null ? "exact" : retrieval.name();
    }

    private static Ranking best(LoadedModel loaded, UserProfile profile, Selection selection, int k) {
        if (profile.source() == Source.POPULARITY) {
            return mostTaken(loaded, selection, k);
        }
        float[] vector = profile.vector();
        if (vector != null) {
            return Objects.requireNonNull(loaded.retrieval()).best(vector, k, selection.excluded());
        }
        History history = profile.history();
        if (history != null) {
            return Objects.requireNonNull(loaded.histories()).rank(history, k, selection.excluded());
        }
        float[] known = profile.scores();
        float[] scores = known != null ? known : loaded.model().scores(profile.row());
        TopK best = new TopK(Math.min(k, scores.length));
        for (int i = 0; i < scores.length; i++) {
            if (selection.allows(i)) {
                best.offer(i, scores[i]);
            }
        }
        return best.ranking();
    }

    private static Ranking mostTaken(LoadedModel loaded, Selection selection, int k) {
        int[] items = Arrays.stream(loaded.byPopularity())
                .filter(selection::allows)
                .limit(k)
                .toArray();
        float[] scores = new float[items.length];
        for (int r = 0; r < items.length; r++) {
            scores[r] = loaded.counts()[items[r]];
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
    public int[] taken(LoadedModel loaded, String user) {
        UserProfile profile = people.user(loaded, user);
        if (profile.items().length == 0 && profile.source() == Source.POPULARITY) {
            throw new UnknownException("user", user);
        }
        return profile.items();
    }

    /** Explains the score of an item for a user. */
    public Explanation explainUser(LoadedModel loaded, String user, String item, int n) {
        return explain(loaded, people.user(loaded, user), item, n);
    }

    /** Explains the score of an item for a history. */
    public Explanation explainHistory(LoadedModel loaded, Map<String, Double> history, String item, int n) {
        return explain(loaded, people.history(loaded, history), item, n);
    }

    private static Explanation explain(LoadedModel loaded, UserProfile profile, String item, int n) {
        int index = loaded.catalogue().items().index(item);
        if (index < 0) {
            throw new UnknownException("item", item);
        }
        return Explanation.of(loaded, profile, index, contributions(loaded, profile, index), n);
    }

    /** The terms of a score; everything is rest if the model has no explanations. */
    private static Contributions contributions(LoadedModel loaded, UserProfile profile, int item) {
        Explainable explainable = loaded.explainable();
        History history = profile.history();
        if (profile.source() == Source.POPULARITY) {
            return whole(loaded.counts()[item]);
        } else if (history != null) {
            return explainable == null
                    ? whole(Objects.requireNonNull(loaded.histories()).scores(history)[item])
                    : explainable.explain(history, item);
        }
        return explainable == null
                ? whole(loaded.model().scores(profile.row())[item])
                : explainable.explain(profile.row(), item);
    }

    private static Contributions whole(double score) {
        return new Contributions(new int[0], new double[0], score);
    }
}
