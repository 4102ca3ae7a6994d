package org.mineral.recommend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.SparseMatrix;
import org.mineral.data.attributes.AttributeVocabulary;
import org.mineral.model.AttributeScorer;
import org.mineral.model.History;
import org.mineral.model.HistoryScorer;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.recommend.UserProfile.Source;

/** Builds the profile of a user from the model and the feedback since training. */
final class ProfileResolver {

    private final Feedback feedback;

    ProfileResolver(Feedback feedback) {
        this.feedback = feedback;
    }

    /** The profile of a user id, known or not. */
    UserProfile user(LoadedModel loaded, String user) {
        int row = loaded.model().users().index(user);
        Model model = loaded.model();
        int[] known = row < 0 ? new int[0] : model.known().row(row);
        Source source = source(model, row);
        Feedback.Since since = feedback.of(user);
        if (since == null) {
            return profile(loaded, source, row, known, List.of());
        }
        Map<Integer, Double> weights = new LinkedHashMap<>();
        for (int item : row < 0 ? known : model.sequence(row)) {
            weights.put(item, 1.0);
        }
        List<String> ignored = new ArrayList<>();
        since.items().forEach((id, weight) -> {
            int item = item(model, id);
            if (item < 0) {
                ignored.add(id);
            } else {
                // Oldest first.
                Double before = weights.remove(item);
                weights.put(item, before == null ? weight : before + weight);
            }
        });
        int[] items = ascending(weights);
        if (ignored.size() == since.items().size() || loaded.histories() == null) {
            return profile(loaded, source, row, items, ignored);
        }
        // A validation item may be one that nothing was learnt about.
        weights.keySet().removeIf(item -> !model.population().hasItem(item));
        History history = history(weights);
        float[] vector = loaded.vector(user, since.version(), history);
        return new UserProfile(Source.UPDATED, row, history, vector, items, ignored);
    }

    /** The profile of an anonymous user with these items. */
    UserProfile history(LoadedModel loaded, Map<String, Double> given) {
        Map<Integer, Double> weights = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        given.forEach((id, weight) -> {
            int item = item(loaded.model(), id);
            if (item < 0) {
                ignored.add(id);
            } else {
                weights.put(item, weight);
            }
        });
        int[] items = ascending(weights);
        if (items.length == 0) {
            return new UserProfile(Source.POPULARITY, -1, null, null, items, ignored);
        }
        loaded.model().require(HistoryScorer.class);
        History history = history(weights);
        return new UserProfile(Source.HISTORY, -1, history, loaded.vector(history), items, ignored);
    }

    /**
     * The profile of somebody with attributes of users or, if the model has none of these names, of items that they like.
     *
     * @param given by field, as an {@link AttributeVocabulary} takes them
     * @throws InputException if the model has no such attribute, or knows none of the values
     */
    UserProfile attributes(LoadedModel loaded, Map<String, ? extends @Nullable Object> given) {
        Model model = loaded.model();
        AttributeScorer scorer = model.require(AttributeScorer.class);
        AttributeVocabulary users = new AttributeVocabulary(model.userAttributes());
        AttributeVocabulary items = new AttributeVocabulary(model.itemAttributes());
        boolean ofUser = !given.isEmpty() && users.names().containsAll(given.keySet());
        if (!ofUser && !items.names().containsAll(given.keySet())) {
            Set<String> names = new LinkedHashSet<>(users.names());
            names.addAll(items.names());
            given.keySet().stream().filter(name -> !names.contains(name)).forEach(name -> {
                throw InputException.unknown("attribute", name, names);
            });
            throw new InputException(
                    "found attributes of users beside those of items; allowed: of one of the two; of users: "
                            + String.join(", ", users.names()) + ".");
        }
        AttributeVocabulary known = ofUser ? users : items;
        AttributeVocabulary.Row row = known.row(given);
        if (row.attributes().length == 0) {
            throw new InputException("the model knows none of the values " + String.join(", ", row.ignored())
                    + "; allowed: values of its training data.");
        }
        SparseMatrix one = known.matrix(List.of(row));
        float[] scores = ofUser ? scorer.scoresOfUser(one) : scorer.scoresOfItem(one);
        return new UserProfile(Source.ATTRIBUTES, -1, null, null, new int[0], row.ignored(), scores);
    }

    /** The source of a user's list without feedback. */
    private static Source source(Model model, int row) {
        if (row < 0 || !model.population().hasUser(row)) {
            return Source.POPULARITY;
        }
        return !model.population().foldedIn(row)
                ? Source.TRAINED
                : model.known().count(row) > 0 ? Source.HISTORY : Source.ATTRIBUTES;
    }

    /** The index of an item that the model can rank, or -1. */
    private static int item(Model model, String id) {
        int item = model.items().index(id);
        return item >= 0 && model.population().hasItem(item) ? item : -1;
    }

    private static UserProfile profile(LoadedModel loaded, Source source, int row, int[] items, List<String> ignored) {
        VectorModel vectors = loaded.vectors();
        float[] vector = vectors != null && source != Source.POPULARITY ? vectors.userVector(row) : null;
        return new UserProfile(source, row, null, vector, items, ignored);
    }

    private static int[] ascending(Map<Integer, Double> weights) {
        return weights.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static History history(Map<Integer, Double> weights) {
        return History.of(
                weights.keySet().stream().mapToInt(Integer::intValue).toArray(),
                weights.values().stream().mapToDouble(Double::doubleValue).toArray());
    }
}
