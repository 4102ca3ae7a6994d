package org.mineral.comparisons;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;

/**
 * The usual scheme in libtorch: batches of interactions, each with M items drawn uniformly, the loss
 * {@code -s_i + lambda log mean_j e^{s_j}} on cosines / t, TorchAdam on both tables. The items' table is normalised once a
 * step and then gathered from, and gets a dense gradient, because M x batch draws touch nearly every row; users get
 * gradients for their own rows only.
 */
final class TorchUsual implements AutoCloseable {

    /** What an interaction is compared with. */
    enum Negatives {
        /** M fresh draws for each interaction, which is the usual scheme. */
        FRESH,
        /** M draws for the whole batch: one small product instead of a gather. */
        SHARED
    }

    private static final double SMALLEST_NORM = 1e-12;

    private final Interactions train;
    private final Negatives negatives;
    private final int batch;
    private final int draws;
    private final double temperature;
    private final double lambda;
    private final NDManager manager = NDManager.newBaseManager();
    private final TorchAdam users;
    private final TorchAdam items;
    private final int[] userOf;
    private final int[] order;
    private final SplittableRandom random = new SplittableRandom(42);
    private int next;

    TorchUsual(
            Interactions train,
            FactorModel start,
            Negatives negatives,
            int batch,
            int draws,
            double temperature,
            double lambda) {
        this.train = train;
        this.negatives = negatives;
        this.batch = batch;
        this.draws = draws;
        this.temperature = temperature;
        this.lambda = lambda;
        this.users = new TorchAdam(manager, start.userFactors());
        this.items = new TorchAdam(manager, start.itemFactors());
        this.userOf = new int[train.size()];
        for (int u = 0; u < train.users(); u++) {
            Arrays.fill(userOf, train.begin(u), train.end(u), u);
        }
        this.order = new int[train.size()];
        Arrays.setAll(order, k -> k);
        this.next = order.length;
    }

    int stepsAnEpoch() {
        return (train.size() + batch - 1) / batch;
    }

    /** The next batch; returns its loss before the step. */
    double step(double rate) {
        if (next >= order.length) {
            shuffle(order, random);
            next = 0;
        }
        int[] drawn = Arrays.copyOfRange(order, next, Math.min(order.length, next + batch));
        next += drawn.length;
        try (NDManager scope = manager.newSubManager()) {
            return step(scope, drawn, rate);
        }
    }

    private double step(NDManager scope, int[] drawn, double rate) {
        int n = drawn.length;
        long[] unique = Arrays.stream(drawn)
                .mapToLong(k -> userOf[k])
                .sorted()
                .distinct()
                .toArray();
        long[] positions = Arrays.stream(drawn)
                .mapToLong(k -> Arrays.binarySearch(unique, userOf[k]))
                .toArray();
        long[] positives =
                Arrays.stream(drawn).mapToLong(k -> train.columns()[k]).toArray();
        NDArray userRows = scope.create(unique);
        NDArray rows = users.rows(scope, userRows);
        NDArray all = items.leaf(scope);
        rows.setRequiresGradient(true);
        all.setRequiresGradient(true);
        NDArray loss;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray u = embedding(rows.normalize(2, 1, SMALLEST_NORM).mul(1 / temperature), scope.create(positions));
            NDArray v = all.normalize(2, 1, SMALLEST_NORM);
            NDArray own =
                    u.mul(embedding(v, scope.create(positives))).mul(1.0 / n).sum();
            NDArray scores = negatives == Negatives.FRESH ? fresh(scope, u, v, n) : shared(scope, u, v);
            NDArray logMeans =
                    scores.exp().mean(new int[] {1}).log().mul(lambda / n).sum();
            loss = logMeans.sub(own);
            collector.backward(loss);
        }
        double value = loss.getFloat();
        users.step(scope, userRows, rows.getGradient(), rate);
        items.step(scope, all.getGradient(), rate);
        return value;
    }

    private NDArray fresh(NDManager scope, NDArray u, NDArray v, int n) {
        NDArray chosen = scope.randomInteger(0, train.items(), new Shape(n, draws), DataType.INT64);
        return embedding(v, chosen).batchMatMul(u.expandDims(2)).squeeze(2);
    }

    private NDArray shared(NDManager scope, NDArray u, NDArray v) {
        NDArray chosen = scope.randomInteger(0, train.items(), new Shape(draws), DataType.INT64);
        return u.matMul(embedding(v, chosen).transpose());
    }

    private static NDArray embedding(NDArray table, NDArray indices) {
        return table.getNDArrayInternal()
                .embedding(indices, table, SparseFormat.DENSE)
                .singletonOrThrow();
    }

    static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    Matrix userDirections() {
        return users.directions();
    }

    Matrix itemDirections() {
        return items.directions();
    }

    @Override
    public void close() {
        manager.close();
    }
}
