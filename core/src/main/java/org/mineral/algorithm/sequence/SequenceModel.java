package org.mineral.algorithm.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Updatable;
import org.mineral.algorithm.Updated;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.Explainable;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.ModelInfo;
import org.mineral.model.Population;
import org.mineral.model.VectorModel;
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
    private final SequenceSettings settings;
    private final IdMap users;
    private final Sequences sequences;
    private final Population population;
    private final ModelInfo info;

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
     * @throws InputException if shapes disagree, or a number is not finite
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
        this.settings = SequenceSettings.of(info);
        this.itemVectors = itemVectors;
        this.sum = new HistorySum(context, positions);
        this.users = users;
        this.sequences = sequences;
        this.info = info;
        int d = itemVectors.columns();
        int buckets = HistorySum.buckets(settings.rows().positions());
        if (context.rows() != itemVectors.rows()
                || context.columns() != d
                || positions.columns() != d
                || positions.rows() != buckets) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "item vectors of %,d x %d, context vectors of %,d x %d and positions of %d x %d; allowed: items x d twice, and %d x d.",
                    itemVectors.rows(),
                    d,
                    context.rows(),
                    context.columns(),
                    positions.rows(),
                    positions.columns(),
                    buckets));
        }
        checkFinite(context);
        checkFinite(positions);
        this.population = Population.of(trained, sequences.pairs());
        this.catalogue = new FactorModel(
                        new Matrix(0, d),
                        itemVectors,
                        IdMap.numbered(0),
                        items,
                        Interactions.empty(0, items.size()),
                        info)
                .withKernels(kernels);
    }

    private static void checkFinite(Matrix table) {
        for (float value : table.values()) {
            if (!Float.isFinite(value)) {
                throw new InputException(
                        "a context vector or a weight of positions is " + value + "; allowed: finite numbers.");
            }
        }
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
        return Arrays.copyOf(encoding(history.items(), history.weights()).vector, dimension());
    }

    @Override
    public float[] userVector(int user) {
        return Arrays.copyOf(encoding(usable(user), null).vector, dimension());
    }

    /** Those of a user's items that something was learnt about, oldest first. */
    private int[] usable(int user) {
        int[] own = sequences.of(user);
        return Arrays.stream(own).allMatch(population::hasItem)
                ? own
                : Arrays.stream(own).filter(population::hasItem).toArray();
    }

    /**
     * The vector of a history as it is scored.
     *
     * @param vector one row of a matrix, padding included
     * @param scale what the sum was multiplied by
     */
    private record Encoding(float[] vector, float scale) {}

    private Encoding encoding(int[] items, double @Nullable [] weights) {
        float[] h = new float[itemVectors.stride()];
        int last = Math.min(items.length, settings.rows().positions());
        for (int k = 0; k < last; k++) {
            int place = items.length - 1 - k;
            sum.add(items[place], k, weights == null ? 1 : (float) weights[place], h, 0);
        }
        int bias = settings.options().encoder().itemBias() ? dimension() - 1 : -1;
        float scale = 1;
        if (settings.objective().cosine()) {
            double squares = 0;
            for (int c = 0; c < h.length; c++) {
                squares += c == bias ? 0 : (double) h[c] * h[c];
            }
            scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
            for (int c = 0; c < h.length; c++) {
                h[c] *= scale;
            }
        }
        if (bias >= 0) {
            h[bias] = 1;
        }
        return new Encoding(h, scale);
    }

    private Matrix encoded(int[] rows) {
        Matrix vectors = new Matrix(rows.length, dimension());
        for (int r = 0; r < rows.length; r++) {
            if (population.hasUser(rows[r])) {
                float[] vector = encoding(usable(rows[r]), null).vector;
                System.arraycopy(vector, 0, vectors.values(), vectors.offset(r), vector.length);
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
        checkUser(user);
        return catalogue.scores(Arrays.copyOf(encoding(usable(user), null).vector, dimension()));
    }

    @Override
    public float[] scores(float[] userVector) {
        return catalogue.scores(userVector);
    }

    @Override
    public List<Ranking> rank(int[] rows, int k, Interactions exclude, Workers workers) {
        for (int user : rows) {
            checkUser(user);
        }
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
        checkUser(user);
        return explain(usable(user), null, item);
    }

    @Override
    public Contributions explain(History history, int item) {
        return explain(history.checked(this).items(), history.weights(), item);
    }

    /** A score is a sum over the items of the history, and the bias. */
    private Contributions explain(int[] items, double @Nullable [] weights, int item) {
        if (item < 0 || item >= items().size()) {
            throw new IllegalArgumentException("item index " + item + "; allowed: 0 to " + (items().size() - 1));
        }
        float scale = encoding(items, weights).scale;
        int bias = settings.options().encoder().itemBias() ? dimension() - 1 : dimension();
        double[] values = new double[items.length];
        for (int place = 0; place < items.length; place++) {
            int distance = items.length - 1 - place;
            if (distance < settings.rows().positions()) {
                float[] part = new float[itemVectors.stride()];
                sum.add(items[place], distance, weights == null ? 1 : (float) weights[place], part, 0);
                for (int c = 0; c < bias; c++) {
                    values[place] += (double) scale * part[c] * itemVectors.get(item, c);
                }
            }
        }
        return new Contributions(items, values, bias < dimension() ? itemVectors.get(item, bias) : 0);
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

    /** The vector of a history as it is scored, of items that the model knows. */
    float[] unit(int[] items) {
        return encoding(items, null).vector;
    }

    /** A copy with other facts. */
    SequenceModel withInfo(ModelInfo other) {
        return new SequenceModel(
                itemVectors, sum.items(), sum.weights(), users, items(), sequences, trained(), other, kernels());
    }

    private void checkUser(int user) {
        if (user < 0 || user >= users.size()) {
            throw new IllegalArgumentException("user index " + user + "; allowed: 0 to " + (users.size() - 1));
        }
    }

    @Override
    public SequenceModel in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.ids().equals(users.ids()) && otherItems.ids().equals(items().ids())) {
            return this;
        }
        int[] toUser = users.ids().stream().mapToInt(otherUsers::index).toArray();
        int[] toItem = items().ids().stream().mapToInt(otherItems::index).toArray();
        return new SequenceModel(
                moved(itemVectors, toItem, otherItems.size()),
                moved(sum.items(), toItem, otherItems.size()),
                sum.weights(),
                otherUsers,
                otherItems,
                sequences.moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                trained().moved(toUser, toItem, otherUsers.size(), otherItems.size()),
                info,
                kernels());
    }

    private static Matrix moved(Matrix rows, int[] to, int size) {
        Matrix moved = new Matrix(size, rows.columns());
        for (int row = 0; row < to.length; row++) {
            if (to[row] >= 0) {
                moved.setRow(to[row], rows.row(row));
            }
        }
        return moved;
    }
}
