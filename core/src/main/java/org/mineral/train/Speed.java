package org.mineral.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.PairwiseLoss;

/**
 * How long a step of the engine takes here, with these options: seconds, linear in the number of items.
 *
 * <p>Measured with the engine itself on one or two small catalogues, with the rows of some real users folded into them. So
 * it knows whatever the engine does, and the time is not lost: the kernels are compiled by then.
 *
 * @param fixed seconds of a step on no items
 * @param perItem further seconds for each item of the catalogue
 */
record Speed(double fixed, double perItem) {

    /** Catalogues of an exact run, whose steps cost by the item. */
    private static final int[] EXACT = {8192, 32_768};

    /** The catalogue of a sampled run: larger ones cost little more, since a step touches the sample and its positives. */
    private static final int SAMPLED = 131_072;

    /** A shorter run is over before a measurement means anything. */
    private static final double SHORT_RUN = 3;

    /** The kernels are compiled while the first catalogue is measured, the second finds them so. */
    private static final double[] LEAST = {0.7, 0.15};

    private static final double LONGEST = 2.5;
    private static final double PATIENCE = 0.3;
    private static final int LAST = 5;

    /** Of one core where nothing was measured: a guess that is right within a factor of a few. */
    private static final double GUESSED_FLOPS = 5e10;

    private static final double GUESSED_SCALAR_FLOPS = 1.5e9;

    /** Of one core: fetching and stepping an interaction's item; a pair of a pairwise loss. */
    private static final double GUESSED_INTERACTION = 60e-9;

    private static final double GUESSED_PAIR = 2e-9;

    /** Measured where the run is long enough for it, otherwise guessed. */
    static Speed of(
            Interactions train,
            Objective objective,
            TrainOptions options,
            long draws,
            Workers workers,
            Kernels kernels) {
        double flops = kernels.lanes() == 1 ? GUESSED_SCALAR_FLOPS : GUESSED_FLOPS;
        double pair = objective.loss() instanceof PairwiseLoss ? draws * GUESSED_PAIR : 0;
        int active = train.users() - train.emptyRows();
        double each = train.size() / (double) active * (GUESSED_INTERACTION + pair)
                + 6.0 * draws * Matrix.pad(options.dimension()) / flops;
        double run = each * active * options.epochs() / workers.threads();
        return run > SHORT_RUN
                ? measure(train, objective, options, workers, kernels)
                : new Speed(Math.min(options.blockSize(), active) * each / workers.threads(), 0);
    }

    static Speed measure(
            Interactions train, Objective objective, TrainOptions options, Workers workers, Kernels kernels) {
        boolean all = objective.candidates().equals("all");
        if (!all || train.items() <= EXACT[1]) {
            int items = all ? train.items() : Math.min(train.items(), SAMPLED);
            return new Speed(step(train, items, LEAST[0], objective, options, workers, kernels), 0);
        }
        double few = step(train, EXACT[0], LEAST[0], objective, options, workers, kernels);
        double many = step(train, EXACT[1], LEAST[1], objective, options, workers, kernels);
        double perItem = Math.max(0, (many - few) / (EXACT[1] - EXACT[0]));
        return new Speed(many - perItem * EXACT[1], perItem);
    }

    double stepSeconds(long items) {
        return fixed + perItem * items;
    }

    /** Seconds of a step on so many items: the median of the last ones, when they do not become faster any more. */
    private static double step(
            Interactions train,
            int items,
            double least,
            Objective objective,
            TrainOptions options,
            Workers workers,
            Kernels kernels) {
        Interactions small = some(train, items, 2 * options.blockSize());
        Embeddings users = table(small.users(), objective, options, kernels);
        Embeddings catalogue = table(items, objective, options, kernels);
        BlockEngine engine = new BlockEngine(objective, options, users, catalogue, small, workers, kernels);
        CandidateSampler sampler = CandidateSampler.of(
                objective.candidates(), small, options.correction() == TrainOptions.Correction.IMPORTANCE);
        int size = Math.min(options.blockSize(), small.users());
        int[][] blocks = {range(0, size), range(small.users() - size, small.users())};
        double[] last = new double[LAST];
        double best = Double.POSITIVE_INFINITY;
        double bestAt = 0;
        long started = System.nanoTime();
        double now = 0;
        int n = 0;
        // At least one step; then until enough time has passed and the last improvement lies behind.
        while (n == 0 || now < LONGEST && (n < LAST || now < least || now < bestAt + Math.min(least, PATIENCE))) {
            int[] block = blocks[n % 2];
            Candidates candidates = sampler.draw(block, options.seed(), n);
            engine.step(block, candidates, 0, n);
            double before = now;
            now = (System.nanoTime() - started) / 1e9;
            last[n++ % LAST] = now - before;
            if (now - before < 0.95 * best) {
                best = now - before;
                bestAt = now;
            }
        }
        double[] sorted = Arrays.copyOf(last, Math.min(n, LAST));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Rows of users who have any, spread over all, items folded into the small catalogue. */
    private static Interactions some(Interactions train, int items, int count) {
        int[] active = range(0, train.users());
        active = Arrays.stream(active).filter(u -> train.count(u) > 0).toArray();
        int[][] rows = new int[Math.min(count, active.length)][];
        for (int r = 0; r < rows.length; r++) {
            int[] row = train.row(active[(int) ((long) r * active.length / rows.length)]);
            rows[r] = Arrays.stream(row).map(item -> item % items).toArray();
        }
        return Interactions.of(items, rows);
    }

    private static Embeddings table(int rows, Objective objective, TrainOptions options, Kernels kernels) {
        Matrix matrix = new Matrix(rows, options.dimension());
        SplittableRandom random = new SplittableRandom(rows);
        double scale = SpectralStart.MEAN_NORM * Math.sqrt(12.0 / options.dimension());
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < options.dimension(); k++) {
                matrix.set(r, k, (float) (scale * (random.nextDouble() - 0.5)));
            }
        }
        return new Embeddings(matrix, objective.cosine(), options, kernels);
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        Arrays.setAll(range, k -> from + k);
        return range;
    }
}
