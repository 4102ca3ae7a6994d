package org.mineral.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.ScoredItems;
import org.mineral.model.rank.TopK;
import org.mineral.model.similarity.ItemWeights;

/**
 * Item-to-item weights B: {@code score(u, j) = sum over the items i of u's history of w_i B_ij}. EASE, RP3beta and item neighbours are models
 * of this kind; they differ in how B is computed. A user is represented by a history only, so new users with a history can be scored, and the
 * terms of the sum explain the score. Immutable.
 *
 * <p>A user is scored by the training interactions, or by the other known items if there are none.
 */
public final class ItemSimilarityModel implements Model, HistoryScorer, Explainable, SimilarItems, UserRanker {

    /** The name of the format, and of models that name no algorithm. */
    public static final String NAME = "item-similarity";

    private final ItemWeights weights;
    private final IdMap users;
    private final IdMap items;
    private final Population population;
    private final ModelInfo info;
    private final Attributes itemAttributes;

    /**
     * A model whose known interactions are its training interactions.
     *
     * @param weights B, items x items
     * @param trained users x items
     * @throws InputException if the shapes disagree
     */
    public ItemSimilarityModel(ItemWeights weights, IdMap users, IdMap items, Interactions trained, ModelInfo info) {
        this(weights, users, items, trained, trained, info);
    }

    /**
     * @param weights B, items x items
     * @param trained the interactions that B was computed from, users x items
     * @param known interactions left out of lists by default, users x items: those of training and validation
     * @throws InputException if the shapes disagree
     */
    public ItemSimilarityModel(
            ItemWeights weights, IdMap users, IdMap items, Interactions trained, Interactions known, ModelInfo info) {
        this(weights, users, items, trained, known, info, Attributes.none(items.size()));
    }

    private ItemSimilarityModel(
            ItemWeights weights,
            IdMap users,
            IdMap items,
            Interactions trained,
            Interactions known,
            ModelInfo info,
            Attributes itemAttributes) {
        Lookup.checkShape(trained, users, items);
        Lookup.checkShape(known, users, items);
        if (itemAttributes.rows() != items.size()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "attributes of %,d items for %,d items; the counts must agree.",
                    itemAttributes.rows(),
                    items.size()));
        }
        if (weights.items() != items.size()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "weights of %,d items for %,d items; the counts must agree.",
                    weights.items(),
                    items.size()));
        }
        this.weights = weights;
        this.users = users;
        this.items = items;
        boolean[] reached = weights.reached();
        this.population = Population.of(trained, known).withItems(i -> reached[i]);
        this.info = info;
        this.itemAttributes = itemAttributes;
    }

    /**
     * A copy that keeps the attributes that its weights were computed from.
     *
     * @throws InputException if they are of another number of items
     */
    public ItemSimilarityModel withAttributes(Attributes ofItems) {
        return new ItemSimilarityModel(weights, users, items, trained(), known(), info, ofItems);
    }

    @Override
    public Attributes itemAttributes() {
        return itemAttributes;
    }

    /** The sum over the items of a user of the weights that an item has, on average over users. */
    @Override
    public double servingCost() {
        Interactions trained = trained();
        long weights = 0;
        for (int item : trained.columns()) {
            weights += this.weights.offsets()[item + 1] - this.weights.offsets()[item];
        }
        return (double) weights / Math.max(1, trained.users() - trained.emptyRows());
    }

    /** The algorithm that made the weights, from {@link #info}. */
    @Override
    public String name() {
        return info.model();
    }

    @Override
    public IdMap users() {
        return users;
    }

    @Override
    public IdMap items() {
        return items;
    }

    @Override
    public Population population() {
        return population;
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    /** B; not to be written to. */
    public ItemWeights weights() {
        return weights;
    }

    @Override
    public ItemSimilarityModel in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.sameAs(users) && otherItems.sameAs(items)) {
            return this;
        }
        int[] toUser = users.indicesIn(otherUsers);
        int[] toItem = items.indicesIn(otherItems);
        return new ItemSimilarityModel(
                weights.moved(toItem, otherItems.size()),
                otherUsers,
                otherItems,
                trained().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                known().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                info,
                itemAttributes.of(items, otherItems));
    }

    @Override
    public float[] scores(int user) {
        Lookup.checkUser(user, users.size());
        return add(user, new float[items.size()]);
    }

    @Override
    public float[] scores(History history) {
        history.checked(this);
        float[] scores = new float[items.size()];
        for (int k : history.ascending()) {
            weights.addRow(history.item(k), (float) history.weight(k), scores);
        }
        return scores;
    }

    @Override
    public List<Ranking> rank(int[] rows, int k, Interactions exclude, Workers workers) {
        Lookup.checkRanking(rows, k, exclude, users, items);
        return ScoredItems.ofUsers(rows, k, exclude, population::hasItem, this::scorer, workers);
    }

    @Override
    public Ranking rank(History history, int n, int... exclude) {
        int count = Lookup.count(n);
        int[] excluded = Lookup.ascending(exclude, items);
        return ScoredItems.best(scores(history), population::hasItem, count, excluded);
    }

    /** The items with the largest positive weights in the item's row. */
    @Override
    public List<Recommendation> similarItems(String item, int n, int... exclude) {
        int row = Lookup.learntItem(this, item);
        int first = weights.offsets()[row];
        int last = weights.offsets()[row + 1];
        int[] excluded = Lookup.ascending(exclude, items);
        TopK best = new TopK(Math.min(Lookup.count(n), last - first));
        for (int k = first; k < last; k++) {
            if (weights.values()[k] > 0 && Arrays.binarySearch(excluded, weights.columns()[k]) < 0) {
                best.offer(weights.columns()[k], weights.values()[k]);
            }
        }
        return Lookup.named(items, best.ranking());
    }

    @Override
    public List<Ranking> rankUsers(int[] rows, int k, Interactions exclude, Workers workers) {
        for (int item : rows) {
            Lookup.checkItem(item, items.size());
        }
        if (k < 0 || exclude.users() != rows.length || exclude.items() != users.size()) {
            throw new IllegalArgumentException("k = " + k + ", excluded " + exclude + "; needed: k from 0 on, "
                    + rows.length + " x " + users.size());
        }
        Ranking[] rankings = new Ranking[rows.length];
        workers.run(rows.length, (task, worker) -> {
            float[] column = new float[items.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = weights.get(i, rows[task]);
            }
            TopK best = new TopK(Math.min(k, users.size()));
            for (int user = 0; user < users.size(); user++) {
                if (population.hasUser(user) && !exclude.contains(task, user)) {
                    float score = 0;
                    for (int item : history(user)) {
                        score += column[item];
                    }
                    best.offer(user, score);
                }
            }
            rankings[task] = best.ranking();
        });
        return Arrays.asList(rankings);
    }

    @Override
    public Contributions explain(int user, int item) {
        Lookup.checkUser(user, users.size());
        int[] own = history(user);
        return explain(own, item, k -> 1);
    }

    @Override
    public Contributions explain(History history, int item) {
        return explain(history.checked(this).items(), item, history::weight);
    }

    private interface Weight {
        double at(int position);
    }

    private Contributions explain(int[] own, int item, Weight weight) {
        Lookup.checkItem(item, items.size());
        double[] values = new double[own.length];
        for (int k = 0; k < own.length; k++) {
            values[k] = weight.at(k) * weights.get(own[k], item);
        }
        return new Contributions(own, values, 0);
    }

    /** The history that a user is scored by. */
    private int[] history(int user) {
        return population.foldedIn(user) ? population.usable(user) : trained().row(user);
    }

    /** Of one thread. */
    private ScoredItems.UserScorer scorer() {
        float[] scores = new float[items.size()];
        return user -> {
            Arrays.fill(scores, 0);
            return add(user, scores);
        };
    }

    private float[] add(int user, float[] scores) {
        if (population.foldedIn(user)) {
            for (int item : population.usable(user)) {
                weights.addRow(item, 1, scores);
            }
            return scores;
        }
        Interactions trained = trained();
        for (int k = trained.begin(user); k < trained.end(user); k++) {
            weights.addRow(trained.columns()[k], 1, scores);
        }
        return scores;
    }
}
