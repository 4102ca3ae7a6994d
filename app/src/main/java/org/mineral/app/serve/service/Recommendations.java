package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.retrieval.Retrieval;
import org.mineral.app.serve.service.Person.Source;
import org.mineral.config.InputException;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.TopK;

/** The best items for somebody: exactly as many as wanted, unless the candidates end. */
public final class Recommendations {

    private final People people;

    public Recommendations(Histories histories) {
        this.people = new People(histories);
    }

    /** For a user by id; what most users took, for one of whom nothing is known. */
    public Answer user(Snapshot snapshot, String user, Wish wish) {
        return answer(snapshot, user, people.user(snapshot, user), wish);
    }

    /** For somebody with these items (ids to weights above 0), whether in training or not. */
    public Answer history(Snapshot snapshot, Map<String, Double> history, Wish wish) {
        return answer(snapshot, null, people.history(snapshot, history), wish);
    }

    private static Answer answer(Snapshot snapshot, @Nullable String whom, Person person, Wish wish) {
        Selection selection = Selection.of(snapshot, wish, person.items());
        FactorModel factors = snapshot.factors();
        if (wish.diversity() > 0 && factors == null) {
            throw new InputException("diversity needs items with vectors; a model of the kind "
                    + snapshot.model().name() + " has none. Leave it out.");
        }
        int length = wish.offset() + wish.n();
        int pool = factors != null && wish.diversity() > 0 ? Diversity.pool(length) : length;
        Model.Ranking best = best(snapshot, person, selection, pool);
        if (factors != null && wish.diversity() > 0) {
            best = Diversity.rerank(best, length, wish.diversity(), factors.itemFactors());
        }
        List<Answer.Entry> entries = entries(snapshot.catalogue(), best, wish.offset(), wish.n());
        List<String> ignored = new ArrayList<>(person.ignored());
        ignored.addAll(selection.ignored());
        return new Answer(
                whom,
                entries,
                new Answer.How(
                        person,
                        retrieval(snapshot, person),
                        wish,
                        selection.allowed(),
                        selection.seenLeftOut(),
                        entries.size() < wish.n(),
                        ignored,
                        snapshot.generation()));
    }

    private static String retrieval(Snapshot snapshot, Person person) {
        Retrieval retrieval = snapshot.retrieval();
        return person.source() == Source.POPULARITY
                ? "counts"
                : person.vector() == null || retrieval == null ? "exact" : retrieval.name();
    }

    private static Model.Ranking best(Snapshot snapshot, Person person, Selection selection, int k) {
        if (person.source() == Source.POPULARITY) {
            return mostTaken(snapshot, selection, k);
        }
        float[] vector = person.vector();
        if (vector != null) {
            return Objects.requireNonNull(snapshot.retrieval()).best(vector, k, selection.excluded());
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

    private static Model.Ranking mostTaken(Snapshot snapshot, Selection selection, int k) {
        int[] items = Arrays.stream(snapshot.byPopularity())
                .filter(selection::allows)
                .limit(k)
                .toArray();
        float[] scores = new float[items.length];
        for (int r = 0; r < items.length; r++) {
            scores[r] = snapshot.counts()[items[r]];
        }
        return new Model.Ranking(items, scores);
    }

    static List<Answer.Entry> entries(Catalogue catalogue, Model.Ranking ranking, int offset, int n) {
        List<Answer.Entry> entries = new ArrayList<>();
        for (int r = offset; r < Math.min(offset + n, ranking.items().length); r++) {
            int item = ranking.items()[r];
            entries.add(
                    new Answer.Entry(catalogue.items().id(item), catalogue.title(item), r + 1, ranking.scores()[r]));
        }
        return entries;
    }

    /**
     * Indices of the items that a user took, in training and since; ascending.
     *
     * @throws UnknownException if nothing is known of them
     */
    public int[] taken(Snapshot snapshot, String user) {
        Person person = people.user(snapshot, user);
        if (person.items().length == 0 && person.source() == Source.POPULARITY) {
            throw new UnknownException("user", user);
        }
        return person.items();
    }

    /** Why somebody would get an item. */
    public Explanation explainUser(Snapshot snapshot, String user, String item, int n) {
        return explain(snapshot, people.user(snapshot, user), item, n);
    }

    /** Why somebody with these items would get an item. */
    public Explanation explainHistory(Snapshot snapshot, Map<String, Double> history, String item, int n) {
        return explain(snapshot, people.history(snapshot, history), item, n);
    }

    private static Explanation explain(Snapshot snapshot, Person person, String item, int n) {
        int index = snapshot.catalogue().items().index(item);
        if (index < 0) {
            throw new UnknownException("item", item);
        }
        float[] vector = person.vector();
        FactorModel factors = snapshot.factors();
        if (vector == null || factors == null) {
            double score = person.source() == Source.POPULARITY
                    ? snapshot.counts()[index]
                    : snapshot.model().scores(person.row())[index];
            return Explanation.whole(snapshot, person, index, score);
        }
        Matrix vectors = factors.itemFactors();
        return Explanation.of(snapshot, person, vector, vectors, index, n);
    }
}
