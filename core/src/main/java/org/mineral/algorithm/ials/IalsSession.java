package org.mineral.algorithm.ials;

import java.util.Arrays;
import org.mineral.algorithm.embedding.init.Initializer;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.TallMatrix;
import org.mineral.linalg.Workers;

/** A training of {@link Ials}, a sweep at a time. Rows are independent of each other, so the result is the same for any number of threads. */
public final class IalsSession {

    private static final int ROWS = 64;

    /** Of the entries of random first vectors, times the root of the dimension. */
    private static final double RANDOM_NORM = 0.1;

    private final SparseMatrix users;
    private final SparseMatrix items;
    private final IalsSettings settings;
    private final Workers workers;
    private final Kernels kernels;
    private final Matrix userVectors;
    private final Matrix itemVectors;
    private final double[] userRidge;
    private final double[] itemRidge;

    /** With the first vectors that the settings choose. */
    public IalsSession(SparseMatrix train, IalsSettings settings, Workers workers, Kernels kernels) {
        this(train, first(train.entries(), settings, workers, kernels), settings, workers, kernels);
    }

    /**
     * @param train c, users x items, positive
     * @param first vectors of users and items; changed, and those of rows without interactions set to 0
     */
    public IalsSession(SparseMatrix train, Matrix[] first, IalsSettings settings, Workers workers, Kernels kernels) {
        this.users = train;
        this.items = train.transpose();
        this.settings = settings;
        this.workers = workers;
        this.kernels = kernels;
        this.userVectors = cleared(first[0], users.entries());
        this.itemVectors = cleared(first[1], items.entries());
        this.userRidge = ridge(users, settings);
        this.itemRidge = ridge(items, settings);
    }

    private static Matrix[] first(Interactions users, IalsSettings settings, Workers workers, Kernels kernels) {
        int d = settings.dimension();
        if (settings.start() == IalsSettings.Start.SPECTRAL) {
            TrainOptions options = TrainOptions.defaults().withDimension(d).with("seed", settings.seed());
            return Initializer.SPECTRAL.parameters(users, options, workers, kernels);
        }
        double deviation = RANDOM_NORM / Math.sqrt(d);
        return new Matrix[] {
            SpectralInit.random(users.users(), d, deviation, settings.seed() + 1),
            SpectralInit.random(users.items(), d, deviation, settings.seed() + 2)
        };
    }

    private static Matrix cleared(Matrix vectors, Interactions rows) {
        for (int r = 0; r < vectors.rows(); r++) {
            if (rows.count(r) == 0) {
                Arrays.fill(vectors.values(), vectors.offset(r), vectors.offset(r) + vectors.stride(), 0);
            }
        }
        return vectors;
    }

    private static double[] ridge(SparseMatrix rows, IalsSettings settings) {
        double[] ridge = new double[rows.rows()];
        Interactions entries = rows.entries();
        double others = taken(entries);
        Arrays.setAll(ridge, r -> {
            double sum = 0;
            for (int k = entries.begin(r); k < entries.end(r); k++) {
                sum += rows.values()[k];
            }
            return ridge(sum, others, settings);
        });
        return ridge;
    }

    /** Number of columns that have an entry. */
    static long taken(Interactions rows) {
        return Arrays.stream(rows.itemCounts()).filter(n -> n > 0).count();
    }

    /**
     * {@code l2 (n + alpha0 m)^nu} of a row.
     *
     * @param entries n, their number or the sum of their weights
     * @param others m, the rows of the other side that have entries
     */
    static double ridge(double entries, double others, IalsSettings settings) {
        return settings.l2() * Math.pow(entries + settings.alpha0() * others, settings.nu());
    }

    /** Solves all users, then all items. */
    public void sweep() {
        solve(users, userVectors, itemVectors, userRidge);
        solve(items, itemVectors, userVectors, itemRidge);
    }

    /** A step of one row, with space of its thread. */
    private interface Step {
        void take(int row);
    }

    private void solve(SparseMatrix weighted, Matrix own, Matrix others, double[] ridge) {
        Interactions rows = weighted.entries();
        RowSolver solver = new RowSolver(others, settings.alpha0(), settings.blockSize(), kernels, workers);
        Step[] steps = new Step[workers.threads()];
        workers.run((rows.users() + ROWS - 1) / ROWS, (task, worker) -> {
            Step step = steps[worker] == null ? step(solver, weighted, own, others, ridge) : steps[worker];
            steps[worker] = step;
            for (int r = task * ROWS; r < Math.min(rows.users(), (task + 1) * ROWS); r++) {
                if (rows.count(r) > 0) {
                    step.take(r);
                }
            }
        });
    }

    private Step step(RowSolver solver, SparseMatrix weighted, Matrix own, Matrix others, double[] ridge) {
        Interactions rows = weighted.entries();
        float[] c = weighted.values();
        float[] x = own.values();
        int[] entries = rows.columns();
        if (settings.steps() == 0) {
            RowSolver.Scratch space = solver.new Scratch();
            return r -> solver.improve(x, own.offset(r), entries, rows.begin(r), rows.end(r), c, ridge[r], space);
        }
        ConjugateGradients gradients =
                new ConjugateGradients(others, solver.gram(), (float) settings.alpha0(), settings.steps(), kernels);
        ConjugateGradients.Scratch space = gradients.new Scratch();
        return r ->
                gradients.improve(x, own.offset(r), entries, rows.begin(r), rows.end(r), c, (float) ridge[r], space);
    }

    /** The value of the objective at the present vectors. */
    public double objective() {
        Interactions pairs = users.entries();
        int tasks = (pairs.users() + ROWS - 1) / ROWS;
        double[] parts = new double[tasks];
        workers.run(tasks, (task, worker) -> {
            for (int u = task * ROWS; u < Math.min(pairs.users(), (task + 1) * ROWS); u++) {
                for (int k = pairs.begin(u); k < pairs.end(u); k++) {
                    double error = dot(userVectors, u, itemVectors, pairs.columns()[k]) - 1;
                    parts[task] += users.values()[k] * error * error;
                }
                parts[task] += userRidge[u] * dot(userVectors, u, userVectors, u);
            }
        });
        double sum = Arrays.stream(parts).sum();
        for (int i = 0; i < items.rows(); i++) {
            sum += itemRidge[i] * dot(itemVectors, i, itemVectors, i);
        }
        double[][] userGram = TallMatrix.gram(userVectors, workers);
        double[][] itemGram = TallMatrix.gram(itemVectors, workers);
        double all = 0;
        for (int i = 0; i < userGram.length; i++) {
            for (int j = 0; j < userGram.length; j++) {
                all += userGram[i][j] * itemGram[i][j];
            }
        }
        return sum + settings.alpha0() * all;
    }

    private static double dot(Matrix a, int row, Matrix b, int other) {
        double sum = 0;
        for (int k = 0; k < a.columns(); k++) {
            sum += (double) a.values()[a.offset(row) + k] * b.values()[b.offset(other) + k];
        }
        return sum;
    }

    /** U x d, changed by {@link #sweep}; users without interactions have rows of zeros. */
    public Matrix userVectors() {
        return userVectors;
    }

    /** I x d, changed by {@link #sweep}; items without interactions have rows of zeros. */
    public Matrix itemVectors() {
        return itemVectors;
    }
}
