package org.mineral.algorithm.embedding.update;

import java.util.function.IntPredicate;
import org.mineral.algorithm.MergedData;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.foldin.ItemFoldIn;
import org.mineral.algorithm.embedding.foldin.UserFoldIn;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.VectorModel;

/**
 * The initial parameters of an update: the model's vectors, and new ones for new users and items. Users and items of the model that nothing
 * was learnt about, such as items of the test part only, count as new.
 *
 * <ol>
 *   <li>New users are folded in with known items fixed ({@link UserFoldIn}).
 *   <li>New items start from their users and are folded in with all others fixed ({@link ItemFoldIn}).
 *   <li>Users with new items only follow.
 *   <li>If no epochs follow, known users with new interactions are updated too. Epochs would update them anyway, with no better result
 *       ({@code docs/how-to/update.md}).
 * </ol>
 */
final class WarmInit {

    private final Interactions before;
    private final Interactions train;
    private final Objective objective;
    private final TrainOptions options;
    private final UpdateOptions settings;
    private final UserFoldIn newcomers;
    private final Workers workers;
    private final Kernels kernels;
    private final Matrix users;
    private final Matrix items;
    private final boolean[] newUsers;
    private final boolean[] newItems;

    /**
     * @param train the merged interactions, the model's users and items first
     * @param options of the model
     * @param settings of the update
     */
    WarmInit(
            VectorModel model,
            Interactions train,
            Objective objective,
            TrainOptions options,
            UpdateOptions settings,
            Workers workers,
            Kernels kernels) {
        this.before = model.known();
        this.train = train;
        this.objective = objective;
        this.options = options;
        this.settings = settings;
        this.newcomers = new UserFoldIn(objective, options, workers, kernels);
        this.workers = workers;
        this.kernels = kernels;
        this.users = model.userVectors().enlarged(train.users());
        this.items = parameters(model.itemVectors()).enlarged(train.items());
        if (options.encoder().itemBias()) {
            BiasColumn.clear(users);
        }
        this.newUsers = new boolean[train.users()];
        for (int u = 0; u < newUsers.length; u++) {
            newUsers[u] = train.count(u) > 0
                    && (u >= before.users()
                            || before.count(u) == 0
                            || !model.population().hasUser(u)
                            || isZero(users, u));
        }
        int[] counts = model.trained().itemCounts();
        int[] now = train.itemCounts();
        this.newItems = new boolean[train.items()];
        for (int i = 0; i < newItems.length; i++) {
            newItems[i] = i >= counts.length || counts[i] == 0 && now[i] > 0;
        }
    }

    /** Users' and items' parameters, in this order. */
    Matrix[] parameters() {
        replace(users, new Matrix(users.rows(), users.columns()), u -> newUsers[u]);
        Interactions known = MergedData.select(train, (u, i) -> newUsers[u] && !newItems[i]);
        solveFromMeans(known);
        firstItems();
        fill(items, options.run().seed() + 2);
        new ItemFoldIn(train, objective, options.plain(), workers, kernels)
                .settle(users, items, newItems, settings.foldSteps());
        solveFromMeans(MergedData.select(train, (u, i) -> newUsers[u] && known.count(u) == 0));
        if (settings.epochs() == 0) {
            solve(MergedData.select(train, (u, i) -> !newUsers[u] && train.count(u) > before.count(u)), users);
        }
        fill(users, options.run().seed() + 1);
        return new Matrix[] {users, items};
    }

    private void solveFromMeans(Interactions rows) {
        solve(rows, UserFoldIn.means(rows, items, kernels));
    }

    /** Folds in the users with entries in {@code rows}. */
    private void solve(Interactions rows, Matrix start) {
        Matrix solved = newcomers.vectors(rows, start, items, settings.foldSteps());
        replace(users, solved, u -> rows.count(u) > 0);
    }

    private void firstItems() {
        Matrix means = UserFoldIn.means(train.transpose(), users, kernels);
        replace(items, means, i -> newItems[i]);
        if (options.encoder().itemBias()) {
            BiasColumn.byCount(items, train.itemCounts(), newItems);
        }
    }

    private Matrix parameters(Matrix scored) {
        return options.encoder().itemBias() ? BiasColumn.parameters(scored, objective.temperature()) : scored;
    }

    /** Rows without information get random vectors, as in training: the gradient of a cosine is undefined at zero. */
    private void fill(Matrix vectors, long seed) {
        int own = directions(vectors);
        double deviation = SpectralInit.MEAN_NORM / Math.sqrt(own);
        Matrix random = SpectralInit.random(vectors.rows(), own, deviation, seed);
        for (int r = 0; r < vectors.rows(); r++) {
            if (isZero(vectors, r)) {
                System.arraycopy(random.values(), random.offset(r), vectors.values(), vectors.offset(r), own);
            }
        }
    }

    /** Whether a row is zero. */
    private boolean isZero(Matrix matrix, int row) {
        for (int k = 0; k < directions(matrix); k++) {
            if (matrix.get(row, k) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Number of columns without the bias. */
    private int directions(Matrix matrix) {
        return matrix.columns() - (options.encoder().itemBias() ? 1 : 0);
    }

    private static void replace(Matrix rows, Matrix by, IntPredicate which) {
        for (int r = 0; r < rows.rows(); r++) {
            if (which.test(r)) {
                rows.setRow(r, by.row(r));
            }
        }
    }
}
