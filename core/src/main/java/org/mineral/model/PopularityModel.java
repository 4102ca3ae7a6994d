package org.mineral.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.TopK;

/**
 * Ranks items by popularity: the score is the number of training users. Items without training users are in no list. The lower reference of
 * comparisons.
 */
public final class PopularityModel implements Model, HistoryScorer {

    public static final String NAME = "popularity";

    private final IdMap users;
    private final IdMap items;
    private final Population population;
    private final ModelInfo info;
    private final float[] counts;
    private final int[] byCount;

    /** @param trained the training interactions, users x items */
    public PopularityModel(IdMap users, IdMap items, Interactions trained) {
        this(users, items, trained, trained, ModelInfo.of(NAME));
    }

    /**
     * @param trained the interactions that are counted, users x items
     * @param known interactions left out of lists by default, users x items: those of training and validation
     * @throws org.mineral.config.InputException if the shapes disagree
     */
    public PopularityModel(IdMap users, IdMap items, Interactions trained, Interactions known, ModelInfo info) {
        Lookup.checkShape(trained, users, items);
        this.users = users;
        this.items = items;
        this.population = Population.of(trained, known);
        this.info = info;
        int[] itemCounts = trained.itemCounts();
        this.counts = new float[items.size()];
        TopK order = new TopK(items.size());
        for (int i = 0; i < counts.length; i++) {
            counts[i] = itemCounts[i];
            if (population.hasItem(i)) {
                order.offer(i, counts[i]);
            }
        }
        this.byCount = order.ranking().items();
    }

    /** 0: the order of items is there. */
    @Override
    public double servingCost() {
        return 0;
    }

    @Override
    public String name() {
        return NAME;
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

    /** All users get the same list, so it can rank for every user. */
    @Override
    public boolean ranksFor(int user) {
        Lookup.checkUser(user, users.size());
        return true;
    }

    @Override
    public PopularityModel in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.sameAs(users) && otherItems.sameAs(items)) {
            return this;
        }
        int[] toUser = users.indicesIn(otherUsers);
        int[] toItem = items.indicesIn(otherItems);
        return new PopularityModel(
                otherUsers,
                otherItems,
                trained().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                known().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                info);
    }

    @Override
    public float[] scores(int user) {
        Lookup.checkUser(user, users.size());
        return counts.clone();
    }

    @Override
    public List<Ranking> rank(int[] rows, int k, Interactions exclude, Workers workers) {
        Lookup.checkRanking(rows, k, exclude, users, items);
        List<Ranking> rankings = new ArrayList<>(rows.length);
        for (int user : rows) {
            rankings.add(best(k, exclude.row(user)));
        }
        return rankings;
    }

    @Override
    public float[] scores(History history) {
        history.checked(this);
        return counts.clone();
    }

    @Override
    public Ranking rank(History history, int n, int... exclude) {
        history.checked(this);
        return best(Lookup.count(n), Lookup.ascending(exclude, items));
    }

    /** @throws org.mineral.config.InputException if the directory holds no valid popularity model */
    public static PopularityModel load(Path directory) {
        return Models.load(directory, PopularityModel.class);
    }

    private Ranking best(int k, int[] excluded) {
        int[] best = new int[Math.min(k, byCount.length)];
        int size = 0;
        for (int i = 0; i < byCount.length && size < best.length; i++) {
            if (Arrays.binarySearch(excluded, byCount[i]) < 0) {
                best[size++] = byCount[i];
            }
        }
        float[] scores = new float[size];
        for (int r = 0; r < size; r++) {
            scores[r] = counts[best[r]];
        }
        return new Ranking(Arrays.copyOf(best, size), scores);
    }
}
