package org.mineral.algorithm.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Updatable;
import org.mineral.algorithm.Updated;
import org.mineral.config.Internal;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.Explainable;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.Lookup;
import org.mineral.model.ModelInfo;
import org.mineral.model.Population;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.ScoreTiles;

/**
 * Scores of what comes next: the dot product of a history's vector and an item's. The vector of a history is a {@link HistorySum} of its
 * last items, at unit length for cosines; a user's is that of the user's known items in order. Nothing is kept of users but these. Immutable.
 */
public final class SequenceModel implements VectorModel, HistoryEncoder, Explainable, Updatable {

    /** The name of the format, and of the algorithm. */
    public static final String NAME = "sequence";

    private final Matrix itemVectors;
    private final HistorySum sum;
    private final HistoryVectors histories;
    private final IdMap users;
    private final Sequences sequences;
    private final Population population;
    private final ModelInfo info;
    private final AttributeTables attributes;

    /** The items, and nobody. */
    private final FactorModel catalogue;

    /** With a vector for each user, once somebody asks for those. */
    private volatile @Nullable FactorModel table;

    /**
     * @param itemVectors Q as it is scored, I x d; a row of zeros means that nothing was learnt about the item
     * @param context P, I x d
     * @param positions W, buckets x d
     * @param sequences the known interactions in order, U x I
     * @param trained those that were trained on, U x I
     * @throws org.mineral.config.InputException if shapes disagree, or a number is not finite
     */
    SequenceModel(
            Matrix itemVectors,
            Matrix context,
            Matrix positions,
            IdMap users,
            IdMap items,
            Sequences sequences,
            Interactions trained,
            ModelInfo info,
            Kernels kernels) {
        this(itemVectors, context, positions, users, items, sequences, trained, info, kernels, AttributeTables.NONE);
    }

    /**
     * A model of tables that were trained elsewhere.
     *
     * @param users whose sequences are known; may be nobody, and then it knows histories only
     * @throws org.mineral.config.InputException if shapes disagree, or a number is not finite
     */
    @Internal
    public static SequenceModel of(
            SequenceShardTraining.Result tables, IdMap users, IdMap items, Sequences sequences, ModelInfo info) {
        return new SequenceModel(
                tables.items(),
                tables.context(),
                tables.positions(),
                users,
                items,
                sequences,
                sequences.pairs(),
                info,
                KernelProvider.best(),
                tables.attributes());
    }

    private SequenceModel(
            Matrix itemVectors,
            Matrix context,
            Matrix positions,
            IdMap users,
            IdMap items,
            Sequences sequences,
            Interactions trained,
            ModelInfo info,
            Kernels kernels,
            AttributeTables attributes) {
        attributes.check(users.size(), items.size(), itemVectors.columns());
        this.attributes = attributes;
        this.itemVectors = itemVectors;
        this.sum = new HistorySum(context, positions);
        this.histories = new HistoryVectors(itemVectors, sum, SequenceSettings.of(info));
        this.users = users;
        this.sequences = sequences;
        this.info = info;
        this.population = Population.of(trained, sequences.pairs()).withItems(this::hasAttributes);
        this.catalogue = new FactorModel(
                        new Matrix(0, itemVectors.columns()),
                        itemVectors,
                        IdMap.numbered(0),
                        items,
                        Interactions.empty(0, items.size()),
                        info)
                .withKernels(kernels);
    }

    /** Whether an item has a vector of its attributes. */
    private boolean hasAttributes(int item) {
        return attributes.items().isPresent() && attributes.items().get().norms()[item] > 0;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public IdMap users() {
        return users;
    }

    @Override
    public IdMap items() {
        return catalogue.items();
    }

    @Override
    public Population population() {
        return population;
    }

    @Override
    public int dimension() {
        return itemVectors.columns();
    }

    /** I d, and p d for the vector of a history of p items, as long as they are on average. */
    @Override
    public double servingCost() {
        Interactions known = population.known();
        double users = Math.max(1, known.users() - known.emptyRows());
        double length = Math.min(SequenceSettings.of(info).rows().positions(), known.size() / users);
        return (items().size() + length) * dimension();
    }

    @Override
    public Kernels kernels() {
        return catalogue.kernels();
    }

    @Override
    public Matrix itemVectors() {
        return itemVectors;
    }

    /** P, I x d: items as part of a history; not to be written to. */
    public Matrix contextVectors() {
        return sum.items();
    }

    /** W: the weights of positions, a row for each bucket of distances from the end; not to be written to. */
    public Matrix positionWeights() {
        return sum.weights();
    }

    /** The vectors of the items' attributes; context vectors have them by what they share with the items'. */
    @Override
    public AttributeTables attributeTables() {
        return attributes;
    }

    /**
     * A copy that keeps the vectors of the attributes of its items, and ranks those of which nothing else is known.
     *
     * @throws org.mineral.config.InputException if they are of another number of items, or of another dimension
     */
    SequenceModel withAttributes(AttributeTables tables) {
        return new SequenceModel(
                itemVectors, sum.items(), sum.weights(), users, items(), sequences, trained(), info, kernels(), tables);
    }

    /** The known interactions in order. */
    public Sequences sequences() {
        return sequences;
    }

    @Override
    public int[] sequence(int user) {
        return sequences.of(user);
    }

    @Override
    public VectorModel model() {
        return this;
    }

    @Override
    public float[] vector(History history) {
        history.checked(this);
        return histories.of(history.items(), history.weights());
    }

    @Override
    public float[] userVector(int user) {
        return histories.of(usable(user), null);
    }

    /** Those of a user's items that something was learnt about, oldest first. */
    private int[] usable(int user) {
        int[] own = sequences.of(user);
        return Arrays.stream(own).allMatch(population::hasItem)
                ? own
                : Arrays.stream(own).filter(population::hasItem).toArray();
    }

    private Matrix encoded(int[] rows) {
        Matrix vectors = new Matrix(rows.length, dimension());
        for (int r = 0; r < rows.length; r++) {
            if (population.hasUser(rows[r])) {
                histories.write(usable(rows[r]), null, vectors.values(), vectors.offset(r));
            }
        }
        return vectors;
    }

    /** Computed at the first call, and kept. */
    @Override
    public Matrix userVectors() {
        return table().userVectors();
    }

    private FactorModel table() {
        FactorModel known = table;
        if (known == null) {
            int[] all = new int[users.size()];
            Arrays.setAll(all, u -> u);
            known = new FactorModel(
                            encoded(all), itemVectors, users, items(), population.trained(), population.known(), info)
                    .withKernels(kernels());
            table = known;
        }
        return known;
    }

    @Override
    public float[] scores(int user) {
        Lookup.checkUser(user, users.size());
        return catalogue.scores(histories.of(usable(user), null));
    }

    @Override
    public float[] scores(float[] userVector) {
        return catalogue.scores(userVector);
    }

    @Override
    public List<Ranking> rank(int[] rows, int k, Interactions exclude, Workers workers) {
        Lookup.checkRanking(rows, k, exclude, users, items());
        int[][] out = new int[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            out[r] = exclude.row(rows[r]);
        }
        return catalogue.rank(encoded(rows), k, Interactions.of(items().size(), out), workers);
    }

    @Override
    public Ranking rank(float[] userVector, int n, int[] exclude) {
        return catalogue.rank(userVector, n, exclude);
    }

    @Override
    public List<Ranking> rank(Matrix vectors, int k, Interactions exclude, Workers workers) {
        return catalogue.rank(vectors, k, exclude, workers);
    }

    @Override
    public List<Ranking> rankUsers(int[] items, int k, Interactions exclude, Workers workers) {
        return table().rankUsers(items, k, exclude, workers);
    }

    @Override
    public void scan(int[] rows, ScoreTiles to) {
        table().scan(rows, to);
    }

    @Override
    public List<Recommendation> similarItems(String item, int n, int... exclude) {
        return catalogue.similarItems(item, n, exclude);
    }

    @Override
    public List<Recommendation> similarUsers(String user, int n) {
        return table().similarUsers(user, n);
    }

    @Override
    public Contributions explain(int user, int item) {
        Lookup.checkUser(user, users.size());
        return histories.explain(usable(user), null, item, attributes.items());
    }

    @Override
    public Contributions explain(History history, int item) {
        return histories.explain(history.checked(this).items(), history.weights(), item, attributes.items());
    }

    @Override
    public boolean readsOrder() {
        return true;
    }

    @Override
    public Updated<SequenceModel> update(
            Dataset news, Map<String, String> settings, int threads, FitListener listener) {
        return SequenceUpdate.of(this, news, settings, threads, listener);
    }

    /** Vectors of histories of items that the model knows. */
    HistoryVectors histories() {
        return histories;
    }

    @Override
    public SequenceModel in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.sameAs(users) && otherItems.sameAs(items())) {
            return this;
        }
        int[] toUser = users.indicesIn(otherUsers);
        int[] toItem = items().indicesIn(otherItems);
        return new SequenceModel(
                itemVectors.moved(toItem, otherItems.size()),
                sum.items().moved(toItem, otherItems.size()),
                sum.weights(),
                otherUsers,
                otherItems,
                sequences.moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                trained().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                info,
                kernels(),
                attributes.in(users, items(), otherUsers, otherItems));
    }
}
