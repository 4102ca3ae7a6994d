package org.mineral.train;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.WorkTimes;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;

/**
 * Takes the time of the engine itself, with a run's own options, on small problems made of some of its users. The time is
 * not lost: the kernels are compiled by then. Steps are timed as if alone, because Java's compiler goes on in
 * the background for a second or more, and what other programs take is put on top ({@link WorkTimes}).
 */
final class Calibration {

    /** Small enough that a step ends soon even in the interpreter; neither a whole number of strips nor of tiles. */
    private static final int WARM_USERS = 50;

    private static final int WARM_ITEMS = 1000;

    /** With a sample: large enough that not every item is drawn, or what follows would meet code that was not compiled. */
    private static final int WARM_SAMPLED = 20_000;

    /** A kernel takes the compiler so long; a second thread in the interpreter would only keep it from its core. */
    private static final Patience COMPILING = new Patience(0.4, 0.6, 3.0);

    private static final Patience COMPILED = new Patience(0.15, 0.15, 3.0);

    /** Steps that a median needs at least. */
    private static final int LEAST = 5;

    /** Blocks of users: enough that a step does not find the rows of the one before the last still in cache. */
    private static final int BLOCKS = 20;

    private static final int RANKED_USERS = 480;
    private static final int RANKED_ITEMS = 8192;
    private static final int DEPTH = 20;

    private static final AtomicBoolean WARM = new AtomicBoolean();

    private final Interactions train;
    private final Objective objective;
    private final TrainOptions options;
    private final Workers workers;
    private final Kernels kernels;

    /**
     * When to stop repeating something: not before {@code least} seconds, and then when it has not become faster for
     * {@code idle}; after {@code most} as soon as it does not become much faster any more. A single step may take longer
     * than all that while its code waits for the compiler, and says nothing.
     */
    private record Patience(double least, double idle, double most) {

        boolean goesOn(double now, int n, double best, double before, double bestAt) {
            return n < 2 || best < 0.8 * before || now < most && (n < LEAST || now < least || now < bestAt + idle);
        }
    }

    Calibration(Interactions train, Objective objective, TrainOptions options, Workers workers, Kernels kernels) {
        this.train = train;
        this.objective = objective;
        this.options = options;
        this.workers = workers;
        this.kernels = kernels;
    }

    /** Whether this process has gone through a calibration: what runs now is mostly compiled. */
    static boolean warm() {
        return WARM.get();
    }

    /** Has the engine compiled. */
    void warmUp() {
        TrainOptions few = options.with("block_size", Math.min(options.blockSize(), WARM_USERS));
        try (Workers one = new Workers(1)) {
            int items = objective.candidates().equals("all") ? WARM_ITEMS : WARM_SAMPLED;
            repeat(COMPILING, one, steps(Math.min(train.items(), items), 2, few, one));
        }
        WARM.set(true);
    }

    /** Seconds of a step on a catalogue of so many items. */
    double stepSeconds(int items) {
        return repeat(COMPILED, workers, steps(items, BLOCKS, options, workers));
    }

    /** Seconds of ranking one item for one user. */
    double rankSeconds() {
        Matrix users = table(RANKED_USERS);
        Matrix items = table(Math.min(train.items(), RANKED_ITEMS));
        Interactions none = Interactions.empty(users.rows(), items.rows());
        FactorModel model = new FactorModel(
                        users,
                        items,
                        IdMap.numbered(users.rows()),
                        IdMap.numbered(items.rows()),
                        none,
                        ModelInfo.of(FactorModel.NAME, Map.of(), Map.of()))
                .withKernels(kernels);
        int[] all = range(0, users.rows());
        return repeat(COMPILED, workers, n -> model.rank(all, DEPTH, none, workers))
                / ((double) users.rows() * items.rows());
    }

    private IntConsumer steps(int items, int blocks, TrainOptions with, Workers on) {
        Interactions small = some(items, blocks * with.blockSize());
        Embeddings catalogue = new Embeddings(table(items), objective.cosine(), with, kernels);
        History history = with.history() > 0 ? new History(small, catalogue, with, kernels) : null;
        Embeddings users = new Embeddings(table(small.users()), objective.cosine(), with, kernels, history, null, null);
        BlockEngine engine = new BlockEngine(objective, with, users, catalogue, small, on, kernels);
        CandidateSampler sampler = CandidateSampler.of(
                objective.candidates(), small, with.correction() == TrainOptions.Correction.IMPORTANCE);
        int size = Math.min(with.blockSize(), small.users());
        int whole = small.users() / size;
        return n -> {
            int[] block = range(n % whole * size, (n % whole + 1) * size);
            Candidates candidates = sampler.draw(block, with.seed(), n);
            engine.step(block, candidates, 0, n);
        };
    }

    /** The median time of the later half of the repetitions, as the machine is now. */
    private static double repeat(Patience patience, Workers clock, IntConsumer what) {
        double[] times = new double[64];
        double best = Double.POSITIVE_INFINITY;
        double before = Double.POSITIVE_INFINITY;
        double bestAt = 0;
        WorkTimes started = clock.times();
        double now = 0;
        int n = 0;
        while (patience.goesOn(now, n, best, before, bestAt)) {
            what.accept(n);
            double last = clock.times().since(started).alone() - now;
            now += last;
            if (n == times.length) {
                times = Arrays.copyOf(times, 2 * n);
            }
            times[n++] = last;
            before = best;
            if (last < 0.95 * best) {
                best = last;
                bestAt = now;
            }
        }
        return median(Arrays.copyOfRange(times, n / 2, n))
                * clock.times().since(started).crowding();
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    /** Rows of users who have any, spread over all, items folded into the small catalogue. */
    private Interactions some(int items, int count) {
        int[] active = Arrays.stream(range(0, train.users()))
                .filter(u -> train.count(u) > 0)
                .toArray();
        int[][] rows = new int[Math.min(count, active.length)][];
        for (int r = 0; r < rows.length; r++) {
            int[] row = train.row(active[(int) ((long) r * active.length / rows.length)]);
            rows[r] = Arrays.stream(row).map(item -> item % items).toArray();
        }
        return Interactions.of(items, rows);
    }

    private Matrix table(int rows) {
        Matrix matrix = new Matrix(rows, options.dimension());
        SplittableRandom random = new SplittableRandom(rows);
        double scale = SpectralStart.MEAN_NORM * Math.sqrt(12.0 / options.dimension());
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < options.dimension(); k++) {
                matrix.set(r, k, (float) (scale * (random.nextDouble() - 0.5)));
            }
        }
        return matrix;
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        Arrays.setAll(range, k -> from + k);
        return range;
    }
}
