package org.mineral.algorithm.ials;

import org.mineral.algorithm.VectorContributions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.Explainable;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.Lookup;
import org.mineral.model.VectorModel;

/**
 * The vector of a history by the least squares problem of a user, with the weights of the history as weights of its interactions: a user's training
 * items give the vector that is best for them with the items as they are.
 */
final class IalsFoldIn implements HistoryEncoder, Explainable {

    /** Enough for blocks to converge; a single block is solved at once, and the second time without its rounding errors. */
    private static final int BLOCK_STEPS = 30;

    private final VectorModel model;
    private final IalsSettings settings;
    private final RowSolver solver;
    private final long others;

    IalsFoldIn(VectorModel model, IalsSettings settings) {
        this.model = model;
        this.others = IalsSession.taken(model.trained());
        this.settings = settings;
        try (Workers workers = new Workers(1)) {
            this.solver = new RowSolver(
                    model.itemVectors(), settings.alpha0(), settings.blockSize(), model.kernels(), workers);
        }
    }

    @Override
    public VectorModel model() {
        return model;
    }

    @Override
    public float[] vector(History history) {
        history.checked(model);
        int[] order = history.ascending();
        int[] items = new int[order.length];
        float[] weights = new float[order.length];
        double total = 0;
        for (int k = 0; k < order.length; k++) {
            items[k] = history.item(order[k]);
            weights[k] = (float) history.weight(order[k]);
            total += weights[k];
        }
        Matrix vector = new Matrix(1, model.dimension());
        double ridge = IalsSession.ridge(total, others, settings);
        RowSolver.Scratch scratch = solver.new Scratch();
        for (int step = 0; step < (solver.exact() ? 2 : BLOCK_STEPS); step++) {
            solver.improve(vector.values(), 0, items, 0, items.length, weights, ridge, scratch);
        }
        return vector.row(0);
    }

    @Override
    public Contributions explain(int user, int item) {
        return explain(model.userVectors().row(user), model.known().row(user), item);
    }

    @Override
    public Contributions explain(History history, int item) {
        return explain(vector(history), history.items(), item);
    }

    private Contributions explain(float[] vector, int[] items, int item) {
        Lookup.checkItem(item, model.items().size());
        return VectorContributions.of(
                vector, model.itemVectors(), items, model.itemVectors().row(item));
    }
}
