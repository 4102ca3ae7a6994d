package org.mineral.algorithm.embedding.encoder;

import java.util.Arrays;
import java.util.List;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;

/**
 * Linear propagation in front of the engine (LightGCN, He et al. 2020, arXiv 2002.02126): the embeddings are
 * {@code E = P E_0, P = sum_{k=0..K} a_k A^k}, with E_0 the parameters and A the {@link Adjacency} of users and items.
 *
 * <p>P is symmetric, so the parameters' gradient is {@code dl/dE_0 = P dl/dE}, the same products once more. Both go by
 * Horner's rule, {@code T_K = a_K E_0, T_k = a_k E_0 + A T_{k+1}, E = T_0}; backward with {@code A dl/dE} as the base of T_1.
 * A step needs only
 *
 * <ul>
 *   <li>forward: T_0 of all items, and of the block's users, computed when they are processed ({@link Side#forward})
 *   <li>backward: in the first product towards the items the block's users; no other user has a gradient
 * </ul>
 *
 * so it costs 2 (2K - 1) products over the interactions instead of 4K.
 *
 * <p>With {@code edge_dropout} the products of the block's users, forward T_0 and backward the first one, leave out some of
 * their items. Otherwise the vector of a user with few items would contain a large part of each positive, which makes the training task
 * trivial.
 */
final class Propagation {

    /**
     * Bytes of embeddings, derivatives twice and up to two terms beside the parameters; the transpose, and the scales of both sides.
     *
     * @param table of both sides' parameters
     */
    static long bytes(Interactions train, int layers, long table) {
        long rows = (long) train.users() + train.items();
        return (3 + Math.min(2, layers - 1)) * table + Integer.BYTES * (train.size() + 2 * rows);
    }

    /** Users' and items' rows. */
    private record Tables(Matrix users, Matrix items) {

        static Tables like(Tables other) {
            int d = other.users.columns();
            return new Tables(new Matrix(other.users.rows(), d), new Matrix(other.items.rows(), d));
        }
    }

    private static final int CHUNK = Kernels.STRIP;

    private final Adjacency graph;

    /** a_0 to a_K. */
    private final float[] weights;

    private final Workers workers;
    private final Kernels kernels;
    private final Tables parameters;
    private final Tables embeddings;

    /** dl/dE; users outside the block have zeros. */
    private final Tables gradients;

    /** A^T dl/dE. */
    private final Tables passed;

    /** T_k of the parameters or of {@link #passed}, k from 1 to K - 1, is in the (k mod 2)-th. */
    private final Tables[] terms;

    private final Side users;
    private final Side items;
    private final Interactions train;
    private final EdgeDropout edges;

    /**
     * @param start E_0, users' and items'; every step changes it
     * @param weights a_0 to a_K, K at least 1
     */
    Propagation(
            Interactions train,
            Matrix[] start,
            float[] weights,
            TrainOptions options,
            Workers workers,
            Kernels kernels) {
        this.graph = new Adjacency(train, workers, kernels);
        this.weights = weights;
        this.workers = workers;
        this.kernels = kernels;
        this.parameters = new Tables(start[0], start[1]);
        this.embeddings = Tables.like(parameters);
        this.gradients = Tables.like(parameters);
        this.passed = Tables.like(parameters);
        this.terms = new Tables[2];
        for (int k = 1; k <= Math.min(2, weights.length - 2); k++) {
            terms[k % 2] = Tables.like(parameters);
        }
        this.users = new Side(true, options);
        this.items = new Side(false, options);
        this.edges = new EdgeDropout(options.encoder().edgeDropout());
        this.train = train;
        forward();
    }

    Side users() {
        return users;
    }

    Side items() {
        return items;
    }

    /** One side's embeddings E, encoded as rows of P E_0. */
    final class Side implements Encoder {

        private final boolean ofUsers;
        private final ParameterTable table;

        private Side(boolean ofUsers, TrainOptions options) {
            this.ofUsers = ofUsers;
            this.table = new ParameterTable(of(parameters), options, kernels);
        }

        private Matrix of(Tables tables) {
            return ofUsers ? tables.users : tables.items;
        }

        @Override
        public Matrix vectors() {
            return of(embeddings);
        }

        @Override
        public boolean temporary() {
            return false;
        }

        @Override
        public boolean collects() {
            return true;
        }

        @Override
        public boolean prepare(StepContext step) {
            UserBlock edgesOfStep = step.entries(train);
            if (ofUsers || edges.none()) {
                return false;
            }
            workers.run(
                    edgesOfStep.stripBegin.length - 1,
                    (strip, worker) -> leaveOut(edgesOfStep, step.rows(), strip, step.seed()));
            return true;
        }

        /** Items' rows are always up to date; a user's last edges may be missing in a step. */
        @Override
        public void forward(RowSet rows, StepContext step) {
            for (int r = 0; r < rows.count() && ofUsers; r++) {
                if (rows.marked[r]) {
                    forward(rows.first() + r, step);
                }
            }
        }

        private void forward(int row, StepContext step) {
            Matrix to = embeddings.users;
            Adjacency.scale(parameters.users, weights[0], to, row);
            if (edges.none() || !step.training()) {
                graph.addToUser(row, inner().items, share(), to.values(), to.offset(row));
            } else {
                addKept(row, inner().items, share() * edges.weight(), to, step.seed());
            }
        }

        @Override
        public void backward(RowSet rows, float[] g, StepContext step) {
            Matrix to = of(gradients);
            int n = to.stride();
            for (int r = 0; r < rows.count(); r++) {
                if (rows.marked[r]) {
                    System.arraycopy(g, r * n, to.values(), to.offset(rows.first() + r), n);
                }
            }
        }

        /** Parameters of both sides move together, in the items' turn: the users' is before it. */
        @Override
        public void step(StepContext step) {
            if (!ofUsers) {
                Propagation.this.step(step);
            }
        }

        /** The optimiser's step of all rows with a_0 dl/de and the propagated derivatives; both are overwritten. */
        private void move(Matrix inner, double rate) {
            float[] own = of(gradients).values();
            float[] g = inner.values();
            int n = inner.stride();
            eachChunk(inner.rows(), (from, to) -> {
                for (int k = from * n; k < to * n; k++) {
                    g[k] = weights[0] * own[k] + share() * g[k];
                }
                for (int row = from; row < to; row++) {
                    table.move(row, g, row * n, rate);
                }
                Arrays.fill(own, from * n, to * n, 0);
            });
        }

        @Override
        public List<Inflow> inflows(Encoder source) {
            return List.of();
        }

        @Override
        public float bound() {
            return Float.POSITIVE_INFINITY;
        }

        @Override
        public void project(Matrix means) {
            // Any vector is one.
        }

        @Override
        public void state(State state) {
            table.state(state);
            if (state.restores()) {
                Propagation.this.forward();
            }
        }

        /** All of the propagation's arrays are the items'. */
        @Override
        public long bytes() {
            long tables = (long) Float.BYTES * (parameters.users.values().length + parameters.items.values().length);
            return table.bytes() + (ofUsers ? 0 : Propagation.bytes(train, weights.length - 1, tables));
        }

        @Override
        public boolean folded() {
            return true;
        }
    }

    /** Removes the dropped edges from the vectors of one strip's items, until the end of the step. */
    private void leaveOut(UserBlock block, int[] rows, int strip, long seed) {
        Matrix from = inner().users;
        int n = from.stride();
        for (int p = block.stripBegin[strip]; p < block.stripBegin[strip + 1]; p++) {
            int k = block.byStrip[p];
            int user = rows[block.owner[k]];
            if (!edges.keeps(user, block.items[k], seed)) {
                float weight = -share() * graph.entry(user, block.items[k]);
                kernels.axpy(weight, from.values(), user * n, embeddings.items.values(), block.items[k] * n, n);
            }
        }
    }

    /** to += share R from, for one user's row, without the dropped edges. */
    private void addKept(int user, Matrix from, float share, Matrix to, long seed) {
        int n = to.stride();
        for (int k = train.begin(user); k < train.end(user); k++) {
            int item = train.columns()[k];
            if (edges.keeps(user, item, seed)) {
                kernels.axpy(share * graph.entry(user, item), from.values(), item * n, to.values(), user * n, n);
            }
        }
    }

    /** Updates the parameters by the derivatives collected from users and items, then propagates them. */
    private void step(StepContext step) {
        graph.toUsers(gradients.items, 1, null, 0, passed.users);
        if (!edges.none()) {
            eachChunk(step.rows().length, (from, to) -> {
                for (int b = from; b < to; b++) {
                    int user = step.rows()[b];
                    Adjacency.scale(null, 0, passed.users, user);
                    addKept(user, gradients.items, 1, passed.users, step.seed());
                }
            });
        }
        fromBlock(step.entries(train), step.rows(), step.seed());
        Tables derivatives = inner(passed);
        users.move(derivatives.users, step.rate());
        items.move(derivatives.items, step.rate());
        forward();
    }

    /** T_1 of the parameters, as {@link #forward} left it. */
    private Tables inner() {
        return weights.length == 2 ? parameters : terms[1];
    }

    private void forward() {
        graph.toItems(inner(parameters).users, share(), parameters.items, weights[0], embeddings.items);
    }

    /** T_1 of a base; what is read of it is to be multiplied by {@link #share}. */
    private Tables inner(Tables base) {
        Tables above = base;
        for (int k = weights.length - 2; k >= 1; k--) {
            float share = above == base ? weights[k + 1] : 1;
            Tables to = terms[k % 2];
            graph.toUsers(above.items, share, base.users, weights[k], to.users);
            graph.toItems(above.users, share, base.items, weights[k], to.items);
            above = to;
        }
        return above;
    }

    /** a_1 where T_1 is the base itself, because there is one layer only. */
    private float share() {
        return weights.length == 2 ? weights[1] : 1;
    }

    /** The items' part of A^T dl/dE, from the block's users only: the others have no derivative. */
    private void fromBlock(UserBlock block, int[] rows, long seed) {
        Matrix to = passed.items;
        int n = to.stride();
        eachChunk(to.rows(), (from, end) -> {
            Arrays.fill(to.values(), from * n, end * n, 0);
            int strip = from / Kernels.STRIP;
            for (int p = block.stripBegin[strip]; p < block.stripBegin[strip + 1]; p++) {
                int k = block.byStrip[p];
                int item = block.items[k];
                int user = rows[block.owner[k]];
                if (edges.keeps(user, item, seed)) {
                    float weight = edges.weight() * graph.entry(user, item);
                    kernels.axpy(weight, gradients.users.values(), user * n, to.values(), item * n, n);
                }
            }
        });
    }

    private interface Rows {
        void run(int from, int to);
    }

    private void eachChunk(int rows, Rows task) {
        workers.run(
                (rows + CHUNK - 1) / CHUNK,
                (chunk, worker) -> task.run(chunk * CHUNK, Math.min(rows, (chunk + 1) * CHUNK)));
    }
}
