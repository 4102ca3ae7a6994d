package org.mineral.train;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;

/**
 * What a run will do and cost, known before it starts.
 *
 * @param engine which candidates, in words
 * @param gigaflopsPerEpoch arithmetic of the three products: 6 |U| |C| d
 * @param startSeconds the first embeddings
 * @param epochSeconds one epoch, from a short measurement of the engine
 * @param validationSeconds ranking the validation users after an epoch; 0 without a validation part
 * @param planSeconds what it took to find that out
 * @param bytesEstimate the heap (-Xmx) that the run needs; see {@link Memory}
 */
public record Plan(
        String engine,
        long users,
        long items,
        int dimension,
        int epochs,
        double gigaflopsPerEpoch,
        double startSeconds,
        double epochSeconds,
        double validationSeconds,
        double planSeconds,
        long bytesEstimate) {

    /** The whole run, this plan included, if it does not stop early. */
    public double secondsEstimate() {
        return planSeconds + startSeconds + epochs * (epochSeconds + validationSeconds);
    }

    /** One line for people. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s; %,d users x %,d items, d=%d; plan %.1f s, start %.1f s, %d epochs of %.2f s (%.1f Gflop)%s: about %.0f s and %.2f GB"
                        + " of memory",
                engine,
                users,
                items,
                dimension,
                planSeconds,
                startSeconds,
                epochs,
                epochSeconds,
                gigaflopsPerEpoch,
                validationSeconds == 0
                        ? ""
                        : String.format(Locale.ROOT, " and %.2f s of validation", validationSeconds),
                Math.max(1, secondsEstimate()),
                bytesEstimate / 1e9);
    }

    /**
     * @param active users with training interactions
     * @param draws candidates of a block
     * @param teacher whose factors and lists are part of the start; null without one
     * @throws InputException if a block of scores fits no array, or the run not into Java's memory; nothing large is
     *     allocated before
     */
    static Plan of(
            Dataset data,
            Objective objective,
            TrainOptions options,
            int active,
            int draws,
            @Nullable FactorModel teacher,
            Workers workers,
            Kernels kernels) {
        long started = System.nanoTime();
        Interactions train = data.train();
        long block = CostModel.blockCells(draws, active, options);
        if (block > Integer.MAX_VALUE - 8) {
            throw new InputException(String.format(
                            Locale.ROOT,
                            "block_size = %d with %,d candidates needs a block of %,d scores; allowed: 2^31.",
                            options.blockSize(),
                            draws,
                            block)
                    + " Lower block_size, or sample: --set candidates=uniform:4096");
        }
        checkArrays(train, options);
        Memory memory = Memory.of(data, objective, options, draws);
        long bytes = (teacher == null ? memory : memory.beside(train, teacher.dimension())).heap();
        checkMemory(bytes);
        double flop = 6.0 * active * draws * Matrix.pad(options.dimension());
        Speed speed = Speed.of(
                train, data.valid().size() > 0 || teacher != null, objective, options, draws, workers, kernels);
        double step = speed.stepSeconds(train.items());
        double propagation = PropagationCost.seconds(train, options) / workers.threads();
        double steps = active / (double) Math.min(options.blockSize(), active);
        return new Plan(
                objective.candidates().equals("all")
                        ? "exact: every user against all " + draws + " items"
                        : "sampled: " + objective.candidates() + ", shared by each block of users",
                train.users(),
                train.items(),
                options.dimension(),
                options.epochs(),
                flop / 1e9,
                startSeconds(train, active, teacher, options, speed, workers.threads()),
                steps * (step + propagation),
                validationSeconds(data, speed),
                (System.nanoTime() - started) / 1e9,
                bytes);
    }

    /** A table is one array. */
    private static void checkArrays(Interactions train, TrainOptions options) {
        boolean spectral = options.start() == TrainOptions.Start.SPECTRAL;
        long width = Matrix.pad(options.dimension() + (spectral ? SpectralStart.OVERSAMPLING : 0));
        long rows = Math.max(train.users(), train.items());
        if (rows * width > Integer.MAX_VALUE - 8) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%,d rows of %,d numbers%s need a table of %,d; allowed: 2^31. Lower dimension.",
                    rows,
                    width,
                    spectral ? " (dimension and 16 for start=spectral)" : "",
                    rows * width));
        }
    }

    private static void checkMemory(long bytes) {
        long available = Runtime.getRuntime().maxMemory();
        if (bytes > available) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "this run needs about %.1f GB of memory, and Java may use %.1f GB. %s",
                    bytes / 1e9,
                    available / 1e9,
                    "Lower dimension or block_size, sample with --set candidates=uniform:4096, "
                            + String.format(
                                    Locale.ROOT, "or give Java more (JAVA_TOOL_OPTIONS=-Xmx%dm).", setting(bytes))));
        }
    }

    /** -Xmx in megabytes for so much: the parallel collector's survivors take a ninth that Java does not count as usable. */
    private static long setting(long bytes) {
        return (long) (bytes * 1.15 / (1 << 20)) + 1;
    }

    private static double startSeconds(
            Interactions train,
            int active,
            @Nullable FactorModel teacher,
            TrainOptions options,
            Speed speed,
            int threads) {
        if (teacher == null) {
            return StartCost.seconds(train, options, threads);
        }
        double width = Matrix.pad(teacher.dimension()) / (double) Matrix.pad(options.dimension());
        double lists = active * (double) train.items() * speed.ranking() * width;
        return lists
                + (TeacherStart.fits(teacher, options)
                        ? StartCost.teacherSeconds(train, options, teacher.dimension(), threads)
                        : StartCost.seconds(train, options, threads));
    }

    private static double validationSeconds(Dataset data, Speed speed) {
        Interactions valid = data.valid();
        double users = valid.users() - (double) valid.emptyRows();
        return users * data.items().size() * speed.ranking();
    }
}
