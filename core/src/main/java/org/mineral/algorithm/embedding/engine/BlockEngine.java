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
import org.mineral.algorithm.embedding.target.RowTargets;
import org.mineral.algorithm.embedding.target.UserTemperatures;
import org.mineral.candidate.Candidates;
import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;

/**
 * One optimiser step: a block of rows against all candidates. A row is a user with all their items; the engine knows it by its vector, its
 * positives and its weights, and neither what the vector is made of nor where the positives come from.
 *
 * <ol>
 *   <li>{@link #userPass}, split by users: scores, the rows' sums, the loss, and the users' step. It leaves phi'(s_uj)
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

    /** Steps after which is asked again where cache lines begin: the garbage collector may have moved the arrays. */
    private static final int ALIGNED_STEPS = 16;

    /** Floats of a block of scores above which steps take long enough for that to pay. */
    private static final int LARGE = 1 << 22;

    private static final int STRIP = Kernels.STRIP;
    private static final int TILE = Kernels.USER_TILE;

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
    private final BlockGradient gradient;
    private final BlockRows rows;
    private final RowTargets targets;
    private final UserTemperatures temperatures;
    private final ThreadScratch[] scratch;
    private final float[][] stripGradients;
    private final RowSet[] rowOf;
    private final RowSet[] strips;
    private int steps;
    private float[] candidateGradients = new float[0];

    public BlockEngine(
            Objective objective,
            TrainOptions options,
            Encoder users,
            Encoder items,
            RowTargets targets,
            Workers workers,
            Kernels kernels) {
        this.users = users;
        this.items = items;
        this.itemCount = items.vectors().rows();
        this.dp = items.vectors().stride();
        this.inflows = users.inflows(items).toArray(Inflow[]::new);
        this.workers = workers;
        this.kernels = kernels;
        this.block = new UserBlock(targets);
        this.context = new StepContext(block);
        this.candidates = new PackedCandidates(
                items.vectors(), objective.estimatesTotal(), targets.candidateWeights(), kernels, workers);
        this.gradient = new BlockGradient(objective, options, candidates, kernels);
        this.rows = gradient.rows;
        this.targets = targets;
        this.temperatures = new UserTemperatures(
                targets.meanLog(), objective, options.objective().temperatureExponent());
        this.scratch = new ThreadScratch[workers.threads()];
        Arrays.setAll(scratch, worker -> gradient.scratch());
        this.rowOf = new RowSet[workers.threads()];
        Arrays.setAll(rowOf, worker -> new RowSet(1));
        this.stripGradients = new float[workers.threads()][STRIP * dp];
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
        return userPass(true);
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
        }
        alignNowAndThen();
        candidates.fill(drawn);
    }

    private double step(
            int[] stepUsers, Candidates drawn, double rate, long seed, boolean usersMove, boolean @Nullable [] moving) {
        begin(stepUsers, drawn, rate, seed);
        double loss = userPass(usersMove);
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
        if (steps++ % ALIGNED_STEPS == 1 && gradient.cells() >= LARGE) {
            align(CacheLine::begin);
        }
    }

    /** Lets what the products read begin where cache lines do. Values stay the same; only the place in the arrays changes. */
    void align(CacheLine.Finder lines) {
        gradient.align(lines);
        candidates.align(lines);
    }

    private void stepCollected() {
        users.step(context);
        items.step(context);
        if (items.collects()) {
            encodeItems();
        }
    }

    /** Encodes all items, and packs them if they are the candidates, while they are in cache. */
    private void encodeItems() {
        boolean packs = candidates.holdAll();
        workers.run((itemCount + STRIP - 1) / STRIP, (strip, worker) -> {
            RowSet all = strip(strip, worker);
            Arrays.fill(all.marked, true);
            items.forward(all, context);
            if (packs) {
                candidates.pack(strip);
            }
        });
    }

    /** The worker's own set of rows, at a strip of the catalogue. */
    private RowSet strip(int strip, int worker) {
        return strips[worker].at(strip * STRIP, Math.min(STRIP, itemCount - strip * STRIP));
    }

    /** Scores, sums and losses of all users of the block, and their own steps, unless they are to stay; returns the loss. */
    private double userPass(boolean usersMove) {
        gradient.begin(block.size(), block.items.length);
        rows.begin = block.begin;
        rows.positives = block.items;
        rows.counts = block.counts;
        rows.positiveGradients = block.gradients;
        rows.seed = context.seed();
        rows.bound = items.bound();
        int tiles = rows.size() / TILE;
        int groups = Math.min(tiles, workers.threads());
        workers.run(groups, (group, worker) -> {
            int from = (int) ((long) tiles * group / groups) * TILE;
            int to = Math.min(block.size(), (int) ((long) tiles * (group + 1) / groups) * TILE);
            for (int u = from; u < to; u++) {
                encodeUser(u, rowOf[worker]);
            }
            gradient.pass(from, to, scratch[worker], usersMove);
            for (int u = from; u < to; u++) {
                float[] g = gradient.finish(u, scratch[worker]);
                if (usersMove) {
                    users.backward(rowOf[worker].one(place(u), u), g, context);
                }
            }
        });
        return gradient.loss();
    }

    private void encodeUser(int u, RowSet row) {
        int user = block.users[u];
        double temperature = temperatures.of(block.begin[u + 1] - block.begin[u]);
        rows.temperatures[u] = temperature;
        rows.weights[u] = targets.weight(user) / block.size();
        rows.keys[u] = user;
        int place = place(u);
        users.forward(row.one(place, u), context);
        float scale = (float) (1 / temperature);
        float[] vectors = users.vectors().values();
        for (int k = 0; k < dp; k++) {
            rows.vectors[u * dp + k] = vectors[place * dp + k] * scale;
        }
    }

    /** The row of the users' vectors that holds the block's u-th row. */
    private int place(int u) {
        return users.ofStep() ? u : block.users[u];
    }

    /** Derivatives of one strip of candidates. */
    private void candidatePass(int strip, int worker, float[] to) {
        gradient.candidates(strip, scratch[worker], to);
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
