package org.mineral.algorithm.ease;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.algorithm.NonIterativeAlgorithm;
import org.mineral.algorithm.Plan;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.ItemWeights;

/**
 * EASE (Steck 2019, arXiv 1905.03375): the linear model of items from items that minimises {@code |X - X B|^2 + l2 |B|^2} under
 * {@code B_jj = 0}. With {@code P = (X'X + l2 I)^-1},
 *
 * <pre>{@code B_ij = -P_ij / P_jj for i != j,   B_jj = 0,   score(u, j) = sum over the items i of u of B_ij}</pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><td>X</td><td>users x items, 1 where a user took an item in training</td></tr>
 * <tr><td>P</td><td>{@code inverse}, items x items, by Cholesky in double precision</td></tr>
 * <tr><td>l2</td><td>{@link EaseSettings#l2}</td></tr>
 * <tr><td>B</td><td>{@link ItemSimilarityModel#weights}, of each row the {@link EaseSettings#neighbours} largest absolute values</td></tr>
 * </table>
 *
 * <p>Time grows with the third power of the number of items, memory with the second.
 */
public final class Ease extends NonIterativeAlgorithm<EaseSettings, ItemSimilarityModel> {

    /** X'X, its inverse, and the solver's copy of one of them in blocks. */
    private static final int TABLES = 3;

    public Ease() {
        super(EaseSettings.class);
    }

    @Override
    protected void check(Dataset data) {
        FitContext.refuseNothingToLearn(data);
    }

    @Override
    public String name() {
        return "ease";
    }

    @Override
    public String description() {
        return "linear weights between items in closed form; no epochs, no vectors";
    }

    @Override
    public String source() {
        return "Steck 2019, arXiv 1905.03375";
    }

    @Override
    public String formula(EaseSettings settings) {
        return "|X - X B|^2 + l2 |B|^2, B_jj = 0";
    }

    @Override
    public Class<ItemSimilarityModel> modelType() {
        return ItemSimilarityModel.class;
    }

    /** @throws InputException if {@code items^2} doubles fit no array, or the run not into memory */
    @Override
    public Plan plan(Dataset data, EaseSettings settings, FitContext context) {
        int items = data.items().size();
        long cells = (long) items * items;
        if (cells > Integer.MAX_VALUE - 8) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "ease inverts a matrix of items x items, here %,d x %,d; allowed: up to 46,340 items. Leave rare items"
                            + " out, or train rp3beta or mf.",
                    items,
                    items));
        }
        long bytes = TABLES * Double.BYTES * cells
                + ItemWeightRows.bytes(items, settings.neighbours(), context.threads())
                + 2L * Integer.BYTES * data.train().size();
        return Plan.of(
                data,
                String.format(Locale.ROOT, "closed form: the inverse of %,d x %,d", items, items),
                bytes,
                "Leave rare items out, or train rp3beta or mf");
    }

    @Override
    protected ItemSimilarityModel make(Dataset data, EaseSettings settings, FitContext context) {
        ItemWeights weights;
        try (Workers workers = new Workers(context.threads())) {
            DMatrixRMaj inverse = inverse(data.train(), settings.l2(), workers);
            context.listener().progress(0.9);
            weights = ItemWeightRows.of(
                    data.items().size(), settings.neighbours(), workers, (i, row) -> fill(inverse, i, row));
        }
        context.listener().progress(1);
        return new ItemSimilarityModel(
                weights,
                data.users(),
                data.items(),
                data.train(),
                data.seen(),
                context.info(name(), describe(settings), data));
    }

    /** Row i of B. */
    private static void fill(DMatrixRMaj inverse, int i, double[] row) {
        for (int j = 0; j < row.length; j++) {
            row[j] = -inverse.get(i, j) / inverse.get(j, j);
        }
    }

    private static DMatrixRMaj inverse(Interactions train, double l2, Workers workers) {
        int n = train.items();
        DMatrixRMaj gram = gram(train, workers);
        for (int j = 0; j < n; j++) {
            gram.add(j, j, l2);
        }
        LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.symmPosDef(n);
        if (!cholesky.setA(gram)) {
            throw new InputException(
                    "ease: X'X + l2 I is too close to singular with l2 = " + l2 + "; set a larger l2.");
        }
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        cholesky.invert(inverse);
        return inverse;
    }

    /** X'X: how many users took both items. Sums of ones, so that their order does not matter. */
    private static DMatrixRMaj gram(Interactions train, Workers workers) {
        int n = train.items();
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        Interactions takers = train.transpose();
        workers.run(n, (i, worker) -> {
            for (int a = takers.begin(i); a < takers.end(i); a++) {
                int user = takers.columns()[a];
                for (int b = train.begin(user); b < train.end(user); b++) {
                    gram.data[i * n + train.columns()[b]]++;
                }
            }
        });
        return gram;
    }
}
