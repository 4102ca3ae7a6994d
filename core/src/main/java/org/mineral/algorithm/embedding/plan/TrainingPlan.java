package org.mineral.algorithm.embedding.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.embedding.encoder.AttributeLayers;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;

/**
 * The work and memory of a run, counted before it starts. The time is estimated after the first steps, from
 * {@link org.mineral.algorithm.FitListener#progress}.
 *
 * @param engine a description of the candidates
 * @param steps in an epoch: blocks of users
 * @param gigaflopsPerEpoch arithmetic of the three products: 6 |U| |C| d
 * @param rankedUsers number of users ranked after each epoch, for validation
 * @param bytesEstimate the heap (-Xmx) that the run needs; see {@link MemoryEstimate}
 */
public record TrainingPlan(
        String engine,
        long users,
        long items,
        int dimension,
        int epochs,
        int steps,
        double gigaflopsPerEpoch,
        int rankedUsers,
        long bytesEstimate)
        implements Plan {

    private static final String LESS = "Lower dimension or block_size, sample with candidates=uniform:4096";

    /** Of the products. */
    @Override
    public double gigaflops() {
        return epochs * gigaflopsPerEpoch;
    }

    @Override
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s; %,d users x %,d items, d=%d; %d epochs of %,d steps and %.1f Gflop%s; about %.2f GB of memory",
                engine,
                users,
                items,
                dimension,
                epochs,
                steps,
                gigaflopsPerEpoch,
                rankedUsers == 0 ? "" : String.format(Locale.ROOT, ", %,d users ranked after each", rankedUsers),
                bytesEstimate / 1e9);
    }

    private static int dimension(Model teacher) {
        return teacher.as(VectorModel.class).map(VectorModel::dimension).orElse(0);
    }

    /**
     * @param active users with training interactions
     * @param draws candidates of a block
     * @param further bytes of an algorithm's own layers, and of whole rows that threads keep
     * @param teacher null if there is none
     * @throws InputException if a block of scores fits no array, or the run not into Java's memory; nothing large is
     *     allocated before
     */
    public static TrainingPlan of(
            Dataset data,
            Objective objective,
            TrainOptions options,
            int active,
            int draws,
            long further,
            @Nullable Model teacher) {
        Interactions train = data.train();
        checkBlock(CandidateChoice.blockCells(draws, active, options), draws, options);
        checkArrays(train, options);
        MemoryEstimate memory =
                MemoryEstimate.of(data, objective, options, draws).with(further);
        long bytes = (teacher == null ? memory : memory.beside(train, dimension(teacher))).heap();
        Plan.checkMemory(bytes, LESS);
        return new TrainingPlan(
                objective.candidates().equals("all")
                        ? "exact: every user against all " + draws + " items"
                        : "sampled: " + objective.candidates() + ", shared by each block of users",
                train.users(),
                train.items(),
                options.encoder().dimension(),
                options.optimization().epochs(),
                (active + options.optimization().blockSize() - 1)
                        / options.optimization().blockSize(),
                6.0 * active * draws * Matrix.pad(options.encoder().dimension()) / 1e9,
                data.valid().users() - data.valid().emptyRows(),
                bytes);
    }

    /**
     * A run over places of sequences.
     *
     * @param rows places of an epoch
     * @param draws candidates of a block
     * @param positions most items of a context
     * @throws InputException as {@link #of}
     */
    public static TrainingPlan ofRows(
            Dataset data,
            Objective objective,
            TrainOptions options,
            String engine,
            int rows,
            int draws,
            int positions) {
        checkBlock(CandidateChoice.blockCells(draws, rows, options), draws, options);
        checkArrays(data.train(), options);
        long layers = AttributeLayers.ofItems(data, options)
                .bytes(data.train(), options.encoder().dimension());
        long bytes = MemoryEstimate.ofRows(data, objective, options, rows, draws, positions)
                .with(layers)
                .heap();
        Plan.checkMemory(bytes, LESS);
        return new TrainingPlan(
                engine,
                data.users().size(),
                data.items().size(),
                options.encoder().dimension(),
                options.optimization().epochs(),
                (rows + options.optimization().blockSize() - 1)
                        / options.optimization().blockSize(),
                6.0 * rows * draws * Matrix.pad(options.encoder().dimension()) / 1e9,
                data.valid().users() - data.valid().emptyRows(),
                bytes);
    }

    private static void checkBlock(long cells, int draws, TrainOptions options) {
        if (cells > Integer.MAX_VALUE - 8) {
            throw new InputException(String.format(
                            Locale.ROOT,
                            "block_size = %d with %,d candidates needs a block of %,d scores; allowed: 2^31.",
                            options.optimization().blockSize(),
                            draws,
                            cells)
                    + " Lower block_size, or sample: candidates=uniform:4096");
        }
    }

    /** Checks that each table fits one array. */
    private static void checkArrays(Interactions train, TrainOptions options) {
        boolean spectral = options.run().start() == TrainOptions.Start.SPECTRAL;
        long width = Matrix.pad(options.encoder().dimension() + (spectral ? SpectralInit.OVERSAMPLING : 0));
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
}
