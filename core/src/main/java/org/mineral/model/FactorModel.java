package org.mineral.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.rank.LazyRanking;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.ScoreTiles;

/**
 * Matrix factorisation: score(u, i) = &lt;e_u, e_i&gt;. Vectors of a model trained on cosines are stored with unit length, so that the dot
 * product is the cosine. Immutable: the matrices must not be written to afterwards.
 */
public final class FactorModel implements VectorModel {

    /** The name of the format, and of models trained by matrix factorisation. */
    public static final String NAME = "mf";

    /** With larger values, a dot product of a thousand coordinates could overflow a float. */
    private static final float LARGEST = 1e15f;

    private final Matrix userFactors;
    private final Matrix itemFactors;
    private final IdMap users;
    private final IdMap items;
    private final Population population;
    private final ModelInfo info;
    private final Kernels kernels;
    private final AttributeTables attributes;
    private final LazyRanking amongUsers;
    private final LazyRanking amongItems;
    private volatile @Nullable FactorModel directions;

    /**
     * A model whose known interactions are its training interactions.
     *
     * @param userFactors U x d, by user index
     * @param itemFactors I x d, by item index
     * @param trained the training interactions, U x I; empty for imported factors without them
     * @throws InputException if shapes disagree, or a factor is NaN, infinite or beyond 1e15
     */
    public FactorModel(
            Matrix userFactors, Matrix itemFactors, IdMap users, IdMap items, Interactions trained, ModelInfo info) {
        this(userFactors, itemFactors, users, items, trained, trained, info);
    }

    /**
     * @param userFactors U x d, by user index. A row of zeros means that nothing was learnt about the user. Users without training
     *     interactions but with a row were folded in from their other known interactions
     * @param itemFactors I x d, by item index. A row of zeros means that nothing was learnt about the item
     * @param trained the training interactions, U x I
     * @param known interactions left out of lists by default, U x I: those of training and validation
     * @throws InputException if shapes disagree, or a factor is NaN, infinite or beyond 1e15
     */
    public FactorModel(
            Matrix userFactors,
            Matrix itemFactors,
            IdMap users,
            IdMap items,
            Interactions trained,
            Interactions known,
            ModelInfo info) {
        this(
                userFactors,
                itemFactors,
                users,
                items,
                population(userFactors, itemFactors, users, items, trained, known),
                info,
                KernelProvider.best(),
                AttributeTables.NONE);
    }

    private FactorModel(
            Matrix userFactors,
            Matrix itemFactors,
            IdMap users,
            IdMap items,
            Population population,
            ModelInfo info,
            Kernels kernels,
            AttributeTables attributes) {
        if (userFactors.columns() != itemFactors.columns() || userFactors.columns() < 1) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "users have %d factors and items %d; the numbers must be equal and at least 1.",
                    userFactors.columns(),
                    itemFactors.columns()));
        }
        checkFinite("user", userFactors, users);
        checkFinite("item", itemFactors, items);
        this.userFactors = userFactors;
        this.itemFactors = itemFactors;
        this.users = users;
        this.items = items;
        this.population = population;
        this.info = info;
        this.kernels = kernels;
        this.attributes = attributes;
        this.amongUsers = new LazyRanking(userFactors, population::hasUser, kernels);
        this.amongItems = new LazyRanking(itemFactors, population::hasItem, kernels);
    }

    private static Population population(
            Matrix userFactors,
            Matrix itemFactors,
            IdMap users,
            IdMap items,
            Interactions trained,
            Interactions known) {
        checkShape("users", userFactors, users.size(), trained.users());
        checkShape("items", itemFactors, items.size(), trained.items());
        return Population.of(trained, known).with(userFactors, itemFactors);
    }

    /** The algorithm that made the factors, from {@link #info}. */
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

    /** A copy that ranks, folds in and is updated with these kernels instead of the best ones of this machine. */
    public FactorModel withKernels(Kernels kernels) {
        return new FactorModel(userFactors, itemFactors, users, items, population, info, kernels, attributes);
    }

    /**
     * A copy that keeps the vectors of attributes of its users and items.
     *
     * @throws InputException if they are of other numbers of users or items, or of another dimension
     */
    public FactorModel withAttributes(AttributeTables tables) {
        tables.check(users.size(), items.size(), dimension());
        return new FactorModel(userFactors, itemFactors, users, items, population, info, kernels, tables);
    }

    @Override
    public AttributeTables attributeTables() {
        return attributes;
    }

    /** The kernels used for ranking, fold-in and updates. */
    @Override
    public Kernels kernels() {
        return kernels;
    }

    /** {@inheritDoc} Unknown ids get rows of zeros. */
    @Override
    public FactorModel in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.sameAs(users) && otherItems.sameAs(items)) {
            return this;
        }
        int[] toUser = users.indicesIn(otherUsers);
        int[] toItem = items.indicesIn(otherItems);
        return new FactorModel(
                        userFactors.moved(toUser, otherUsers.size()),
                        itemFactors.moved(toItem, otherItems.size()),
                        otherUsers,
                        otherItems,
                        trained().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                        known().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                        info)
                .withKernels(kernels)
                .withAttributes(attributes.in(users, items, otherUsers, otherItems));
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
    public int dimension() {
        return itemFactors.columns();
    }

    /** U x d; not to be written to. */
    public Matrix userFactors() {
        return userFactors;
    }

    /** I x d; not to be written to. */
    public Matrix itemFactors() {
        return itemFactors;
    }

    @Override
    public Matrix userVectors() {
        return userFactors;
    }

    @Override
    public Matrix itemVectors() {
        return itemFactors;
    }

    @Override
    public float[] scores(int user) {
        Lookup.checkUser(user, users.size());
        return amongItems.packed().scores(userFactors.values(), userFactors.offset(user));
    }

    @Override
    public float[] scores(float[] userVector) {
        checkVector(userVector);
        Matrix one = new Matrix(1, dimension());
        one.setRow(0, userVector);
        return amongItems.packed().scores(one.values(), one.offset(0));
    }

    @Override
    public void scan(int[] rows, ScoreTiles to) {
        Lookup.checkUsers(rows, users.size());
        amongItems.packed().scan(userFactors, rows, to);
    }

    @Override
    public List<Ranking> rank(int[] rows, int k, Interactions exclude, Workers workers) {
        Lookup.checkRanking(rows, k, exclude, users, items);
        return amongItems.rank(userFactors, rows, k, exclude, workers);
    }

    @Override
    public List<Ranking> rank(Matrix vectors, int k, Interactions exclude, Workers workers) {
        checkRows(vectors.columns(), vectors.rows(), k, exclude, items.size());
        return amongItems.rank(vectors, rows(vectors.rows()), k, exclude, workers);
    }

    @Override
    public List<Ranking> rankUsers(int[] rows, int k, Interactions exclude, Workers workers) {
        checkRows(dimension(), rows.length, k, exclude, users.size());
        for (int item : rows) {
            Lookup.checkItem(item, items.size());
        }
        Matrix vectors = new Matrix(rows.length, dimension());
        for (int r = 0; r < rows.length; r++) {
            vectors.setRow(r, itemFactors.row(rows[r]));
        }
        return amongUsers.rank(vectors, rows(rows.length), k, exclude, workers);
    }

    private void checkRows(int columns, int rows, int k, Interactions exclude, int ranked) {
        if (columns != dimension() || exclude.users() != rows || exclude.items() != ranked || k < 0) {
            throw new IllegalArgumentException(rows + " vectors of " + columns + " values, k = " + k + ", excluded "
                    + exclude + "; needed: " + dimension() + " values, k from 0 on, " + rows + " x " + ranked);
        }
    }

    private static int[] rows(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, r -> r);
        return rows;
    }

    @Override
    public List<Recommendation> recommend(String user, int n, boolean excludeSeen) {
        int row = Lookup.learntUser(this, user);
        return recommend(userFactors.row(row), n, excludeSeen ? known().row(row) : new int[0]);
    }

    /**
     * The best n items for a user vector.
     *
     * @param userVector d finite values
     * @param exclude item indices to leave out, in any order, possibly repeated
     * @throws InputException if the vector does not fit the model, an index is out of range, or n is below 1
     */
    public List<Recommendation> recommend(float[] userVector, int n, int[] exclude) {
        return Lookup.named(items, rank(userVector, n, exclude));
    }

    @Override
    public Ranking rank(float[] userVector, int n, int[] exclude) {
        int count = Lookup.count(n);
        checkVector(userVector);
        return amongItems.rank(userVector, count, Lookup.ascending(exclude, items));
    }

    /** The items with the largest cosine. */
    @Override
    public List<Recommendation> similarItems(String item, int n, int... exclude) {
        int row = Lookup.learntItem(this, item);
        FactorModel unit = directions();
        int[] out = IntStream.concat(IntStream.of(row), Arrays.stream(exclude))
                .sorted()
                .distinct()
                .toArray();
        return Lookup.named(items, unit.rank(unit.itemFactors.row(row), n, out));
    }

    @Override
    public List<Recommendation> similarUsers(String user, int n) {
        int row = Lookup.learntUser(this, user);
        int count = Lookup.count(n);
        FactorModel unit = directions();
        return Lookup.named(users, unit.amongUsers.rank(unit.userFactors.row(row), count, new int[] {row}));
    }

    /** @throws InputException if the directory holds no valid model, or one of another kind */
    public static FactorModel load(Path directory) {
        return Models.load(directory, FactorModel.class);
    }

    private void checkVector(float[] vector) {
        if (vector.length != dimension()) {
            throw new InputException("a vector of " + vector.length + " values; the model's have " + dimension() + ".");
        }
        for (float value : vector) {
            if (!(Math.abs(value) <= LARGEST)) {
                throw new InputException("a vector with the value " + value + "; allowed: finite, at most 1e15.");
            }
        }
    }

    /** The same model with all vectors at unit length. */
    private FactorModel directions() {
        FactorModel known = directions;
        if (known == null) {
            known = new FactorModel(
                    userFactors.directions(),
                    itemFactors.directions(),
                    users,
                    items,
                    population,
                    info,
                    kernels,
                    attributes);
            directions = known;
        }
        return known;
    }

    private static void checkShape(String what, Matrix factors, int ids, int seen) {
        if (factors.rows() != ids || ids != seen) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%,d rows of factors, %,d ids and %,d rows of interactions for %s; must be equal.",
                    factors.rows(),
                    ids,
                    seen,
                    what));
        }
    }

    private static void checkFinite(String what, Matrix factors, IdMap ids) {
        float[] values = factors.values();
        for (int k = 0; k < values.length; k++) {
            if (!(Math.abs(values[k]) <= LARGEST)) {
                throw new InputException(String.format(
                                Locale.ROOT,
                                "a factor of %s '%s' is %s; allowed: finite, at most 1e15. Training diverged: ",
                                what,
                                ids.id(k / factors.stride()),
                                values[k])
                        + "try a smaller learning_rate.");
            }
        }
    }
}
