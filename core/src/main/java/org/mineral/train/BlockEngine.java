package org.mineral.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.candidate.Candidates;
import org.mineral.data.Interactions;
import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;

/**
 * One optimiser step: a block of users against all candidates.
 *
 * <ol>
 *   <li>{@link UserPass}, split by users: scores, the rows' sums, the loss, and the users' step. It leaves phi'(s_uj)
 *       of every pair, and for each user the one factor that turns them into derivatives.
 *   <li>{@link #candidatePass}, split by strips of candidates: their derivatives, a product of what step 1 left.
 *   <li>{@link #updateStrip}, split by strips of the catalogue: the positives' derivatives join in, and the items step.
 *   <li>with a {@link Propagation} nothing has stepped so far, derivatives were collected: now all parameters step at once.
 * </ol>
 *
 * With all items as candidates 2 and 3 are one pass while a strip is in cache. Every value is written by one task only
 * and summed in an order that depends on indices alone, so results do not depend on the number of threads.
 */
final class BlockEngine {

    /** Floats of users' vectors that stay in the first-level cache during the candidates' product, beside what it sums up. */
    private static final int NEAR = 7680;

    /** Users below which fetching and storing the sums takes longer than fetching vectors from the second-level cache. */
    private static final int FEWEST = 60;

    /** Users whose vectors and derivatives stay in the second-level cache. */
    private static final int FAR_USERS = 240;

    /** Steps after which is asked again where cache lines begin: the garbage collector may have moved the arrays. */
    private static final int ALIGNED_STEPS = 16;

    /** Floats of a block of scores above which steps take long enough for that to pay. */
    private static final int LARGE = 1 << 22;

    private static final int STRIP = Kernels.STRIP;
    private static final int PANEL = Kernels.PANEL;

    private final Embeddings items;
    private final @Nullable Propagation propagation;
    private final @Nullable History history;
    private final Workers workers;
    private final Kernels kernels;
    private final Block block;
    private final PackedCandidates candidates;
    private final UserRows rows;
    private final RowEnd rowEnd;
    private final UserPass userPass;
    private final int chunk;
    private final float[][] stripGradients;
    private final float[][] rescaledUsers;
    private final boolean[][] touched;
    private int steps;
    private float[] candidateGradients = new float[0];

    BlockEngine(
            Objective objective,
            TrainOptions options,
            Embeddings users,
            Embeddings items,
            Interactions train,
            Workers workers,
            Kernels kernels) {
        this(objective, options, users, items, train, Positives.of(train), workers, kernels);
    }

    /** @param train what users', items' and candidates' weights are counted from */
    BlockEngine(
            Objective objective,
            TrainOptions options,
            Embeddings users,
            Embeddings items,
            Interactions train,
            Positives positives,
            Workers workers,
            Kernels kernels) {
        this.items = items;
        this.propagation = items.propagation();
        this.history = users.history();
        this.workers = workers;
        this.kernels = kernels;
        this.block = new Block(positives);
        this.candidates = new PackedCandidates(
                items,
                objective.estimatesTotal(),
                CandidateWeights.of(train, options.candidateWeight()),
                kernels,
                workers);
        this.rows = new UserRows(items.stride());
        this.rowEnd = new RowEnd(objective, options, users, items, train, kernels, block, candidates, rows);
        this.userPass =
                new UserPass(objective, options, users, items, workers, kernels, block, candidates, rows, rowEnd);
        this.chunk = chunk(items.stride());
        this.stripGradients = new float[workers.threads()][STRIP * items.stride()];
        this.rescaledUsers = new float[workers.threads()][chunk * items.stride()];
        this.touched = new boolean[workers.threads()][STRIP];
    }

    /** The weighted mean loss of the block's users, before their step. */
    double step(int[] users, Candidates drawn, double rate, long seed) {
        return step(users, drawn, rate, seed, true, null);
    }

    /** As {@link #step} without a propagation, but the items stay as they are. */
    double usersStep(int[] users, Candidates drawn, double rate, long seed) {
        block.fill(users);
        alignNowAndThen();
        candidates.fill(drawn);
        return userPass.run(rate, seed, true);
    }

    /** As {@link #step} without a propagation, but users stay as they are, and all items but those marked. */
    double itemsStep(int[] users, Candidates drawn, double rate, long seed, boolean[] moving) {
        return step(users, drawn, rate, seed, false, moving);
    }

    private double step(
            int[] users, Candidates drawn, double rate, long seed, boolean usersMove, boolean @Nullable [] moving) {
        block.fill(users);
        if (propagation != null && propagation.leavesOut()) {
            workers.run(block.stripBegin.length - 1, (strip, worker) -> {
                propagation.leaveOut(block, strip, seed);
                items.refresh(strip * STRIP, Math.min(items.rows(), (strip + 1) * STRIP));
            });
            candidates.forget();
        }
        alignNowAndThen();
        candidates.fill(drawn);
        double loss = userPass.run(rate, seed, usersMove);
        int catalogueStrips = block.stripBegin.length - 1;
        if (candidates.chosen == null) {
            workers.run(catalogueStrips, (strip, worker) -> {
                if (moving != null && !any(moving, strip * STRIP, (strip + 1) * STRIP)) {
                    return;
                }
                candidatePass(strip, worker, stripGradients[worker]);
                updateStrip(strip, worker, rate, moving);
                if (propagation == null) {
                    candidates.pack(strip);
                }
            });
            propagate(rate, seed);
            return loss;
        }
        int dp = items.stride();
        if (candidateGradients.length < candidates.strips() * STRIP * dp) {
            candidateGradients = new float[candidates.strips() * STRIP * dp];
        }
        workers.run(candidates.strips(), (strip, worker) -> {
            candidatePass(strip, worker, stripGradients[worker]);
            System.arraycopy(
                    stripGradients[worker], 0, candidateGradients, strip * STRIP * dp, candidates.width(strip) * dp);
        });
        workers.run(catalogueStrips, (strip, worker) -> {
            gatherCandidates(strip, worker);
            updateStrip(strip, worker, rate, moving);
        });
        propagate(rate, seed);
        return loss;
    }

    private void alignNowAndThen() {
        if (steps++ % ALIGNED_STEPS == 1 && rows.cells.cells.length >= LARGE) {
            align(CacheLine::begin);
        }
    }

    /** Lets what the products read begin where cache lines do. Values stay the same; only the place in the arrays changes. */
    void align(CacheLine.Finder lines) {
        rows.cells.align(lines);
        rowEnd.align(lines);
        candidates.align(lines);
    }

    /** Where the rows are no parameters themselves: moves the parameters, and the items' rows follow. */
    private void propagate(double rate, long seed) {
        if (propagation != null) {
            propagation.step(block, rate, seed);
            workers.run(block.stripBegin.length - 1, (strip, worker) -> {
                items.refresh(strip * STRIP, Math.min(items.rows(), (strip + 1) * STRIP));
                if (candidates.chosen == null) {
                    candidates.pack(strip);
                }
            });
        }
    }

    /** Users that one call of the candidates' product takes. */
    private static int chunk(int dp) {
        int near = NEAR / dp / Kernels.USER_TILE * Kernels.USER_TILE;
        return near >= FEWEST ? Math.min(near, FAR_USERS) : FAR_USERS;
    }

    /** Derivatives of one strip of candidates: to = G^T (a U). */
    private void candidatePass(int strip, int worker, float[] to) {
        int dp = items.stride();
        BlockScores g = rows.cells;
        int panels = (candidates.width(strip) + PANEL - 1) / PANEL;
        Arrays.fill(to, 0);
        for (int u = 0; u < block.size(); u += chunk) {
            int count = Math.min(chunk, block.size() - u);
            float[] factors = rowEnd.factors();
            int offset = rowEnd.factorsAt(u);
            if (rowEnd.rescales()) {
                factors = rescaledUsers[worker];
                offset = 0;
                rowEnd.rescale(strip, u, count, factors);
            }
            for (int p = 0; p < panels; p++) {
                int at = g.at(strip, u) + p * g.stride();
                int ahead = p + 1 < panels ? at + g.stride() : g.at(strip, u);
                kernels.accumulateItems(g.cells, at, count, factors, offset, dp, to, p * PANEL * dp, ahead);
            }
        }
        Arrays.fill(touched[worker], 0, STRIP, true);
    }

    /** Fetches what the candidate pass found for the items of one strip of the catalogue. */
    private void gatherCandidates(int strip, int worker) {
        int dp = items.stride();
        int first = strip * STRIP;
        float[] to = stripGradients[worker];
        Arrays.fill(to, 0);
        int last = Math.min(first + STRIP, items.rows());
        for (int item = first; item < last; item++) {
            int j = candidates.position(item);
            touched[worker][item - first] = j >= 0;
            if (j >= 0) {
                System.arraycopy(candidateGradients, j * dp, to, (item - first) * dp, dp);
            }
        }
    }

    /** @param moving the other items stay as they are; null if all move */
    private void updateStrip(int strip, int worker, double rate, boolean @Nullable [] moving) {
        int dp = items.stride();
        int first = strip * STRIP;
        float[] gradients = stripGradients[worker];
        for (int p = block.stripBegin[strip]; p < block.stripBegin[strip + 1]; p++) {
            int k = block.byStrip[p];
            int local = block.items[k] - first;
            touched[worker][local] = true;
            kernels.axpy(block.gradients[k], rows.vectors, block.owner[k] * dp, gradients, local * dp, dp);
            if (history != null) {
                float weight = history.weight(block.items[k]) * (block.counts == null ? 1 : block.counts[k]);
                kernels.axpy(weight, rows.toItems, block.owner[k] * dp, gradients, local * dp, dp);
            }
        }
        int count = Math.min(STRIP, items.rows() - first);
        for (int local = 0; local < count && moving != null; local++) {
            touched[worker][local] &= moving[first + local];
        }
        items.steps(first, count, touched[worker], gradients, rate);
    }

    /** Whether one of the marks is set. */
    static boolean any(boolean[] marks, int from, int to) {
        for (int k = from; k < Math.min(to, marks.length); k++) {
            if (marks[k]) {
                return true;
            }
        }
        return false;
    }
}
