package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Inflow;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.algorithm.embedding.encoder.UserBlock;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.Candidates;
import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;

/**
 * One optimiser step: a block of rows against all candidates. A row is a user with all their items; the engine knows it by its vector, its
 * positives and its weights, and neither what the vector is made of nor where the positives come from.
 *
 * <ol>
 *   <li>{@link UserPass}, split by users: scores, the rows' sums, the loss, and the users' step. It leaves phi'(s_uj)
 *       of every pair, and for each user the one factor that turns them into derivatives.
 *   <li>{@link #candidatePass}, split by strips of candidates: their derivatives, a product of what step 1 left.
 *   <li>{@link #updateStrip}, split by strips of the catalogue: the positives' derivatives join in, and the items step.
 *   <li>where an encoder only collected derivatives so far ({@link Encoder#collects}), all its parameters step now, and all items are encoded again.
 * </ol>
 *
 * With all items as candidates 2 and 3 are one pass while a strip is in cache. Every value is written by one task only
 * and summed in an order that depends on indices alone, so results do not depend on the number of threads.
 */
public final class BlockEngine {

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

    private final Encoder users;
    private final Encoder items;
    private final int itemCount;
    private final int dp;
    private final Inflow[] inflows;
    private final StepContext context;
    private final Workers workers;
    private final Kernels kernels;
    private final UserBlock block;
    private final PackedCandidates candidates;
    private final BlockScratch rows;
    private final RowGradient rowEnd;
    private final UserPass userPass;
    private final int chunk;
    private final float[][] stripGradients;
    private final float[][] rescaledUsers;
    private final RowSet[] strips;
    private int steps;
    private float[] candidateGradients = new float[0];

    public BlockEngine(
            Objective objective,
            TrainOptions options,
            Encoder users,
            Encoder items,
            Targets targets,
            Workers workers,
            Kernels kernels) {
        this.users = users;
        this.items = items;
        this.itemCount = items.vectors().rows();
        this.dp = items.vectors().stride();
        this.inflows = users.inflows(items).toArray(Inflow[]::new);
        this.workers = workers;
        this.kernels = kernels;
        this.block = new UserBlock(targets.rows(), targets.counts());
        this.context = new StepContext(block);
        this.candidates =
                new PackedCandidates(items, objective.estimatesTotal(), targets.candidateWeights(), kernels, workers);
        this.rows = new BlockScratch(dp);
        this.rowEnd =
                new RowGradient(objective, options, users, items, targets, kernels, context, block, candidates, rows);
        this.userPass = new UserPass(
                objective, options, users, items, workers, kernels, context, block, candidates, rows, rowEnd);
        this.chunk = chunk(dp);
        this.stripGradients = new float[workers.threads()][STRIP * dp];
        this.rescaledUsers = new float[workers.threads()][chunk * dp];
        this.strips = new RowSet[workers.threads()];
        Arrays.setAll(strips, worker -> new RowSet(STRIP));
        encodeItems();
    }

    /** The weighted mean loss of the block's users, before their step. */
    public double step(int[] users, Candidates drawn, double rate, long seed) {
        return step(users, drawn, rate, seed, true, null);
    }

    /** As {@link #step}, but the items stay as they are. For encoders that do not collect. */
    public double usersStep(int[] users, Candidates drawn, double rate, long seed) {
        begin(users, drawn, rate, seed);
        return userPass.run(true);
    }

    /** As {@link #step}, but users stay as they are, and all items but those marked. For encoders that do not collect. */
    public double itemsStep(int[] users, Candidates drawn, double rate, long seed, boolean[] moving) {
        return step(users, drawn, rate, seed, false, moving);
    }

    private void begin(int[] stepUsers, Candidates drawn, double rate, long seed) {
        context.begin(stepUsers, rate, seed);
        boolean stale = items.prepare(context);
        users.prepare(context);
        if (stale) {
            encodeItems();
            candidates.forget();
        }
        alignNowAndThen();
        candidates.fill(drawn);
    }

    private double step(
            int[] stepUsers, Candidates drawn, double rate, long seed, boolean usersMove, boolean @Nullable [] moving) {
        begin(stepUsers, drawn, rate, seed);
        double loss = userPass.run(usersMove);
        int catalogueStrips = block.stripBegin.length - 1;
        if (candidates.chosen == null) {
            workers.run(catalogueStrips, (strip, worker) -> {
                if (moving != null && !any(moving, strip * STRIP, (strip + 1) * STRIP)) {
                    return;
                }
                candidatePass(strip, worker, stripGradients[worker]);
                updateStrip(strip, worker, moving);
                if (!items.collects()) {
                    candidates.pack(strip);
                }
            });
            stepCollected();
            return loss;
        }
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
            updateStrip(strip, worker, moving);
        });
        stepCollected();
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

    private void stepCollected() {
        users.step(context);
        items.step(context);
        if (items.collects()) {
            encodeItems();
            candidates.forget();
        }
    }

    private void encodeItems() {
        workers.run((itemCount + STRIP - 1) / STRIP, (strip, worker) -> {
            RowSet all = strip(strip, worker);
            Arrays.fill(all.marked, true);
            items.forward(all, context);
        });
    }

    /** The worker's own set of rows, at a strip of the catalogue. */
    private RowSet strip(int strip, int worker) {
        return strips[worker].at(strip * STRIP, Math.min(STRIP, itemCount - strip * STRIP));
    }

    /** Users that one call of the candidates' product takes. */
    private static int chunk(int dp) {
        int near = NEAR / dp / Kernels.USER_TILE * Kernels.USER_TILE;
        return near >= FEWEST ? Math.min(near, FAR_USERS) : FAR_USERS;
    }

    /** Derivatives of one strip of candidates: to = G^T (a U). */
    private void candidatePass(int strip, int worker, float[] to) {
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
        Arrays.fill(strips[worker].marked, true);
    }

    /** Fetches what the candidate pass found for the items of one strip of the catalogue. */
    private void gatherCandidates(int strip, int worker) {
        int first = strip * STRIP;
        float[] to = stripGradients[worker];
        boolean[] touched = strips[worker].marked;
        Arrays.fill(to, 0);
        int last = Math.min(first + STRIP, itemCount);
        for (int item = first; item < last; item++) {
            int j = candidates.position(item);
            touched[item - first] = j >= 0;
            if (j >= 0) {
                System.arraycopy(candidateGradients, j * dp, to, (item - first) * dp, dp);
            }
        }
    }

    /** @param moving the other items stay as they are; null if all move */
    private void updateStrip(int strip, int worker, boolean @Nullable [] moving) {
        float[] gradients = stripGradients[worker];
        RowSet touched = strip(strip, worker);
        if (inflows.length == 0) {
            addPositives(strip, block.stripBegin[strip], block.size(), gradients, touched.marked);
        } else {
            addPositivesAndInflows(strip, gradients, touched.marked);
        }
        for (int local = 0; local < touched.count() && moving != null; local++) {
            touched.marked[local] &= moving[touched.first() + local];
        }
        items.backward(touched, gradients, context);
        if (!items.collects()) {
            items.forward(touched, context);
        }
    }

    /** Derivatives by way of positives of rows below {@code end}, from an entry of the strip on; returns the entry after them. */
    private int addPositives(int strip, int from, int end, float[] gradients, boolean[] touched) {
        int p = from;
        for (; p < block.stripBegin[strip + 1] && block.owner[block.byStrip[p]] < end; p++) {
            int k = block.byStrip[p];
            int local = block.items[k] - strip * STRIP;
            touched[local] = true;
            kernels.axpy(block.gradients[k], rows.vectors, block.owner[k] * dp, gradients, local * dp, dp);
        }
        return p;
    }

    /** Row by row, a row's positives before what it passes on: the order of an item's sum does not depend on strips. */
    private void addPositivesAndInflows(int strip, float[] gradients, boolean[] touched) {
        int p = block.stripBegin[strip];
        int[] from = new int[inflows.length];
        Arrays.setAll(from, f -> inflows[f].begin(context, strip));
        for (int u = 0; u < block.size(); u++) {
            p = addPositives(strip, p, u + 1, gradients, touched);
            for (int f = 0; f < from.length; f++) {
                from[f] = inflows[f].add(context, u, from[f], strip, gradients, touched);
            }
        }
    }

    /** Whether one of the marks is set. */
    public static boolean any(boolean[] marks, int from, int to) {
        for (int k = from; k < Math.min(to, marks.length); k++) {
            if (marks[k]) {
                return true;
            }
        }
        return false;
    }
}
