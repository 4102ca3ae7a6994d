package org.mineral.algorithm.ease;

import java.util.Arrays;
import java.util.Locale;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightAlgorithm;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.SharedWork;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.SparseRow;
import org.mineral.linalg.SymmetricTiles;
import org.mineral.linalg.Workers;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.similarity.ItemWeights;

/**
 * EASE (Steck 2019, arXiv 1905.03375): the linear model of items from items that minimises {@code |X - X B|^2 + l2 |B|^2} under
 * {@code B_jj = 0}. With {@code P = (X'X + l2 I)^-1},
 *
 * <pre>{@code B_ij = -P_ij / P_jj for i != j,   B_jj = 0,   score(u, j) = sum over the items i of u of B_ij}</pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><td>X</td><td>users x items, where a user took an item in training 1, or its rating to the power {@link EaseSettings#ratingPower}</td></tr>
 * <tr><td>P</td><td>{@link SymmetricTiles}, items x items in double precision, of which half is stored</td></tr>
 * <tr><td>l2</td><td>{@link EaseSettings#l2}</td></tr>
 * <tr><td>B</td><td>{@link ItemSimilarityModel#weights}, of each row the {@link EaseSettings#neighbours} largest absolute values</td></tr>
 * </table>
 *
 * <p>Time grows with the third power of the number of items, memory with the second: 4 items^2 bytes for P.
 */
public final class Ease extends ItemWeightAlgorithm<EaseSettings> {

    /** The share of the inversion in the time of a run. */
    private static final double INVERSION = 0.95;

    public Ease() {
        super(EaseSettings.class);
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

    /** @throws org.mineral.config.HeapException if the run does not fit into memory */
    @Override
    public Plan plan(Dataset data, EaseSettings settings, FitContext context) {
        int items = data.items().size();
        long bytes = SymmetricTiles.bytes(items, context.threads())
                + (context.shared() != null && SharedGram.pays(items) ? SymmetricTiles.bytes(items, 0) : 0)
                + ItemWeightRows.bytes(items, settings.kept(items), context.threads())
                + SparseRow.bytes(items) * context.threads()
                + SparseMatrix.bytes(data.users().size(), data.train().size())
                + SparseMatrix.bytes(items, data.train().size());
        return Plan.of(
                data,
                String.format(Locale.ROOT, "closed form: the inverse of %,d x %,d", items, items),
                ItemWeightRows.gigaflopsOfCommonUsers(data.train()) + Math.pow(items, 3) / 1e9,
                bytes,
                "Leave rare items out, keep fewer neighbours, or train rp3beta or mf");
    }

    @Override
    protected ItemWeights weights(Dataset data, EaseSettings settings, Workers workers, FitContext context) {
        Interactions train = data.train();
        SymmetricTiles inverse = gram(data.weightedTrain(settings.ratingPower()), workers, context);
        invert(inverse, settings.l2(), workers, context);
        double[] diagonal = diagonal(inverse);
        return ItemWeightRows.of(
                train.items(), settings.kept(train.items()), workers, (i, row) -> fill(inverse, diagonal, i, row));
    }

    /** Row i of B: row i of P, each entry divided by its column's diagonal entry. */
    private static void fill(SymmetricTiles inverse, double[] diagonal, int i, double[] row) {
        inverse.row(i, row);
        for (int j = 0; j < row.length; j++) {
            row[j] = -row[j] / diagonal[j];
        }
    }

    private static double[] diagonal(SymmetricTiles matrix) {
        double[] diagonal = new double[matrix.size()];
        Arrays.setAll(diagonal, j -> matrix.get(j, j));
        return diagonal;
    }

    /** X'X, shared by the runs of a search. */
    private static SymmetricTiles gram(SparseMatrix x, Workers workers, FitContext context) {
        SharedWork shared = context.shared();
        return shared != null && SharedGram.pays(x.columns())
                ? shared.of(SharedGram.class, SharedGram::new).of(x, workers)
                : SharedGram.gram(x, workers);
    }

    /** {@code X'X} becomes {@code (X'X + l2 I)^-1}. */
    private static void invert(SymmetricTiles matrix, double l2, Workers workers, FitContext context) {
        for (int i = 0; i < matrix.size(); i++) {
            matrix.set(i, i, matrix.get(i, i) + l2);
        }
        try {
            matrix.invert(
                    workers, context.kernels(), share -> context.listener().progress(INVERSION * share));
        } catch (ArithmeticException e) {
            throw new InputException(
                    "ease: X'X + l2 I is too close to singular with l2 = " + l2 + "; set a larger l2.", e);
        }
    }
}
