package org.mineral.comparisons;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.training.GradientCollector;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;

/**
 * Mineral's exact objective in libtorch: {@code (1/B) sum_u w_u [ -mean_i s_ui + lambda log mean_j e^{s_uj} ]} over a
 * block of B users and all items, s = cosine / t, w_u = n_u scaled to mean 1; TorchAdam on both tables. A cosine is at most 1,
 * so e^s needs no running maximum, which spares libtorch a pass.
 */
final class TorchExact implements AutoCloseable {

    /** How the gradient comes about. */
    enum Way {
        /** What people write: the loss, and backward(). */
        AUTOGRAD,
        /** Derived on paper, so that nothing passes over the scores but the exponential, their sum, and the products. */
        BY_HAND
    }

    private static final double SMALLEST_NORM = 1e-12;

    private final Interactions train;
    private final Way way;
    private final double temperature;
    private final double lambda;
    private final NDManager manager = NDManager.newBaseManager();
    private final TorchAdam users;
    private final TorchAdam items;
    private final double meanCount;

    TorchExact(Interactions train, FactorModel start, Way way, double temperature, double lambda) {
        this.train = train;
        this.way = way;
        this.temperature = temperature;
        this.lambda = lambda;
        this.users = new TorchAdam(manager, start.userFactors());
        this.items = new TorchAdam(manager, start.itemFactors());
        this.meanCount = train.size() / (double) (train.users() - train.emptyRows());
    }

    /** One step for these users; returns the objective before it. A rate of 0 changes nothing. */
    double step(int[] block, double rate) {
        try (NDManager scope = manager.newSubManager()) {
            Batch batch = new Batch(scope, block);
            return way == Way.AUTOGRAD ? autograd(scope, batch, rate) : byHand(scope, batch, rate);
        }
    }

    private double autograd(NDManager scope, Batch batch, double rate) {
        NDArray rows = users.rows(scope, batch.users);
        NDArray all = items.leaf(scope);
        rows.setRequiresGradient(true);
        all.setRequiresGradient(true);
        NDArray loss;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray u = rows.normalize(2, 1, SMALLEST_NORM).mul(1 / temperature);
            NDArray v = all.normalize(2, 1, SMALLEST_NORM);
            NDArray logSums =
                    u.matMul(v.transpose()).exp().sum(new int[] {1}).log().sub(Math.log(train.items()));
            NDArray ofPositives = embedding(u, batch.owners).mul(embedding(v, batch.items));
            NDArray positives = ofPositives.sum(new int[] {1}).mul(batch.shares).sum();
            loss = logSums.mul(lambda).mul(batch.weights).sum().sub(positives);
            collector.backward(loss);
        }
        double value = loss.getFloat();
        users.step(scope, batch.users, rows.getGradient(), rate);
        items.step(scope, all.getGradient(), rate);
        return value;
    }

    /**
     * With E = e^S and a_u = lambda w_u / (B sum_j E_uj) the derivatives of the candidates' part are a_u E_uj, and those of
     * the positives -w_u / (B n_u). The latter, divided by a_u, are put into E; a_u itself goes to the narrow side of
     * both products.
     */
    private double byHand(NDManager scope, Batch batch, double rate) {
        NDArray rows = users.rows(scope, batch.users);
        NDArray all = items.leaf(scope);
        NDArray u = rows.normalize(2, 1, SMALLEST_NORM);
        NDArray v = all.normalize(2, 1, SMALLEST_NORM);
        NDArray e = u.mul(1 / temperature).matMul(v.transpose()).exp();
        NDArray sums = e.sum(new int[] {1});
        NDArray a = batch.weights.mul(lambda).div(sums);
        NDArray flat = e.reshape(-1);
        NDIndex at = new NDIndex("{}", batch.positions);
        NDArray own = flat.get(scope, at);
        flat.set(at, own.sub(batch.shares.div(a.get(scope, new NDIndex("{}", batch.owners)))));
        NDArray column = a.reshape(-1, 1);
        NDArray du = e.matMul(v).muli(column).muli(1 / temperature);
        NDArray dv = e.transpose().matMul(u.mul(column)).muli(1 / temperature);
        double value = lambda * mean(sums, batch.weights)
                - own.log().mul(batch.shares).sum().getFloat();
        users.step(scope, batch.users, throughNormalisation(du, u, rows), rate);
        items.step(scope, throughNormalisation(dv, v, all), rate);
        return value;
    }

    private static NDArray throughNormalisation(NDArray g, NDArray unit, NDArray raw) {
        NDArray along = g.mul(unit).sum(new int[] {1}, true);
        NDArray norms = raw.square().sum(new int[] {1}, true).sqrt();
        return g.sub(unit.mul(along)).divi(norms.maximum(SMALLEST_NORM));
    }

    /** The weighted mean of log( sum / #I ). */
    private double mean(NDArray sums, NDArray weights) {
        return sums.div(train.items()).log().mul(weights).sum().getFloat();
    }

    private static NDArray embedding(NDArray table, NDArray indices) {
        return table.getNDArrayInternal()
                .embedding(indices, table, SparseFormat.DENSE)
                .singletonOrThrow();
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

    /** A block's users and positives as libtorch wants them. */
    private final class Batch {

        final NDArray users;
        final NDArray weights;
        final NDArray owners;
        final NDArray items;
        final NDArray positions;
        final NDArray shares;

        Batch(NDManager scope, int[] block) {
            int n = 0;
            for (int u : block) {
                n += train.count(u);
            }
            long[] rows = new long[block.length];
            float[] weight = new float[block.length];
            long[] owner = new long[n];
            long[] item = new long[n];
            long[] position = new long[n];
            float[] share = new float[n];
            int k = 0;
            for (int b = 0; b < block.length; b++) {
                int count = train.count(block[b]);
                rows[b] = block[b];
                weight[b] = (float) (count / meanCount / block.length);
                for (int p = train.begin(block[b]); p < train.end(block[b]); p++, k++) {
                    owner[k] = b;
                    item[k] = train.columns()[p];
                    position[k] = (long) b * train.items() + item[k];
                    share[k] = weight[b] / count;
                }
            }
            users = scope.create(rows);
            weights = scope.create(weight);
            owners = scope.create(owner);
            items = scope.create(item);
            positions = scope.create(position);
            shares = scope.create(share);
        }
    }
}
