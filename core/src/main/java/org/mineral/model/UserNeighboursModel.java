package org.mineral.model;

import java.util.Arrays;
import java.util.List;
import org.mineral.config.Config;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseRow;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.ScoredItems;
import org.mineral.model.rank.TopK;
import org.mineral.model.similarity.RowSimilarity;

/**
 * Nearest users: {@code score(u, j) = sum over the k users v most similar to u of sim(u, v) X_vj}, X the training interactions. A user is
 * represented by their items only, so that new users with a history are scored in the same way. Users are no neighbours of themselves. Immutable.
 *
 * <p>A user is scored by the training interactions, or by the other known items if there are none.
 */
public final class UserNeighboursModel implements Model, HistoryScorer, Explainable {

    /** The name of the format and of the algorithm. */
    public static final String NAME = "user-knn";

    private static final int NOBODY = -1;

    private final IdMap users;
    private final IdMap items;
    private final Population population;
    private final ModelInfo info;
    private final Interactions takers;
    private final RowSimilarity similarity;
    private final int neighbours;

    /**
     * @param trained the interactions that users are compared by, users x items
     * @param known interactions left out of lists by default, users x items: those of training and validation
     * @param info its settings are those of {@link RowSimilarity.Settings}
     * @throws org.mineral.config.InputException if the shapes disagree, or the settings are out of range
     */
    public UserNeighboursModel(IdMap users, IdMap items, Interactions trained, Interactions known, ModelInfo info) {
        Lookup.checkShape(trained, users, items);
        RowSimilarity.Settings settings = Config.read(RowSimilarity.Settings.class, info.config());
        this.users = users;
        this.items = items;
        this.population = Population.of(trained, known);
        this.info = info;
        this.takers = trained.transpose();
        this.similarity = new RowSimilarity(trained, settings);
        this.neighbours = settings.neighbours() == 0 ? users.size() : Math.min(users.size(), settings.neighbours());
    }

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

    @Override
    public UserNeighboursModel in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.sameAs(users) && otherItems.sameAs(items)) {
            return this;
        }
        int[] toUser = users.indicesIn(otherUsers);
        int[] toItem = items.indicesIn(otherItems);
        return new UserNeighboursModel(
                otherUsers,
                otherItems,
                trained().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                known().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                info);
    }

    /** The takers of a user's items, who are compared, and the items of the neighbours, on average over users. */
    @Override
    public double servingCost() {
        Interactions trained = trained();
        double compared = 0;
        for (int item : trained.columns()) {
            compared += takers.count(item);
        }
        double users = Math.max(1, trained.users() - trained.emptyRows());
        return compared / users + neighbours * (trained.size() / users);
    }

    @Override
    public float[] scores(int user) {
        Lookup.checkUser(user, users.size());
        return new Scratch().scores(user);
    }

    @Override
    public float[] scores(History history) {
        history.checked(this);
        return new Scratch().scores(NOBODY, ascending(history));
    }

    @Override
    public List<Ranking> rank(int[] rows, int k, Interactions exclude, Workers workers) {
        Lookup.checkRanking(rows, k, exclude, users, items);
        return ScoredItems.ofUsers(rows, k, exclude, population::hasItem, Scratch::new, workers);
    }

    @Override
    public Ranking rank(History history, int n, int... exclude) {
        int count = Lookup.count(n);
        int[] excluded = Lookup.ascending(exclude, items);
        return ScoredItems.best(scores(history), population::hasItem, count, excluded);
    }

    /** A neighbour's similarity is divided among the common items by their weights in it. */
    @Override
    public Contributions explain(int user, int item) {
        Lookup.checkUser(user, users.size());
        return explain(user, own(user), item);
    }

    /** A neighbour's similarity is divided among the common items by their weights in it. */
    @Override
    public Contributions explain(History history, int item) {
        history.checked(this);
        Contributions ascending = explain(NOBODY, ascending(history), item);
        double[] values = Arrays.stream(history.items())
                .mapToDouble(of -> ascending.values()[Arrays.binarySearch(ascending.items(), of)])
                .toArray();
        return new Contributions(history.items(), values, 0);
    }

    private Contributions explain(int user, Basket basket, int item) {
        Lookup.checkItem(item, items.size());
        Scratch scratch = new Scratch();
        Ranking nearest = scratch.nearest(user, basket);
        double[] values = new double[basket.items.length];
        for (int n = 0; n < nearest.items().length; n++) {
            int neighbour = nearest.items()[n];
            if (trained().contains(neighbour, item)) {
                double each = nearest.scores()[n] / scratch.common.sum(neighbour);
                for (int k = 0; k < values.length; k++) {
                    if (trained().contains(neighbour, basket.items[k])) {
                        values[k] += each * basket.weights[k] * similarity.columnWeights()[basket.items[k]];
                    }
                }
            }
        }
        return new Contributions(basket.items, values, 0);
    }

    /** Items, ascending, with weights. */
    private record Basket(int[] items, double[] weights) {}

    private static Basket ascending(History history) {
        int[] order = history.ascending();
        return new Basket(
                Arrays.stream(order).map(history::item).toArray(),
                Arrays.stream(order).mapToDouble(history::weight).toArray());
    }

    /** The items that a user is scored by. */
    private Basket own(int user) {
        int[] own =
                population.foldedIn(user) ? population.usable(user) : trained().row(user);
        double[] ones = new double[own.length];
        Arrays.fill(ones, 1);
        return new Basket(own, ones);
    }

    /** Space of one thread. */
    private final class Scratch implements ScoredItems.UserScorer {

        private final SparseRow common = new SparseRow(users.size());
        private final float[] scores = new float[items.size()];

        @Override
        public float[] scores(int user) {
            return scores(user, own(user));
        }

        /** Valid until the next call. */
        float[] scores(int user, Basket basket) {
            Arrays.fill(scores, 0);
            Ranking nearest = nearest(user, basket);
            Interactions trained = trained();
            for (int n = 0; n < nearest.items().length; n++) {
                int neighbour = nearest.items()[n];
                for (int k = trained.begin(neighbour); k < trained.end(neighbour); k++) {
                    scores[trained.columns()[k]] += nearest.scores()[n];
                }
            }
            return scores;
        }

        /** The nearest users with their similarities, and all common weights in {@link #common}. */
        Ranking nearest(int user, Basket basket) {
            common.clear();
            double length = 0;
            double square = 0;
            for (int k = 0; k < basket.items.length; k++) {
                double weight = basket.weights[k];
                double own = similarity.columnWeights()[basket.items[k]];
                common.add(weight * own, takers, basket.items[k]);
                length += weight;
                square += weight * weight * own;
            }
            RowSimilarity.Profile profile = similarity.new Profile(length, square);
            TopK best = new TopK(neighbours);
            for (int k = 0; k < common.size(); k++) {
                int other = common.column(k);
                if (other != user) {
                    best.offer(other, (float) profile.to(other, common.sum(other)));
                }
            }
            return best.ranking();
        }
    }
}
