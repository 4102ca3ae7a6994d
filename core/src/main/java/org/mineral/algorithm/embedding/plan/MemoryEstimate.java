package org.mineral.algorithm.embedding.plan;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.encoder.ParameterTable;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Distillation;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.RepeatedRows;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * The peak bytes of a run's arrays, counted.
 *
 * @param data present throughout the run: interactions, ids, ratings and times
 * @param start the spectral start, in addition to the data
 * @param engine parameters, optimiser and block, in addition to the data
 * @param copies of the weights, for the result and for validation
 */
record MemoryEstimate(long data, long start, long engine, long copies) {

    /** An id: its string, its characters, and its place in a table. */
    private static final long ID = 72;

    /** The base memory of JVM and program. */
    private static final long BASE = 40L << 20;

    static MemoryEstimate of(Dataset data, Objective objective, TrainOptions options, long draws) {
        Interactions train = data.train();
        long rows = (long) train.users() + train.items();
        long table = Float.BYTES * rows * Matrix.pad(options.encoder().dimension());
        return new MemoryEstimate(
                data(data),
                start(train, options, table),
                engine(train, objective, options, draws),
                copies(data, options, table));
    }

    /**
     * Of rows that are places of sequences: two tables of items, none of users.
     *
     * @param positions most items of a context
     */
    static MemoryEstimate ofRows(
            Dataset data, Objective objective, TrainOptions options, long rows, long draws, int positions) {
        Interactions train = data.train();
        int dp = Matrix.pad(options.encoder().dimension());
        long block = Math.min(options.optimization().blockSize(), rows) + Kernels.USER_TILE;
        long table = (long) Float.BYTES * train.items() * dp;
        long sequences = 2L * Integer.BYTES * train.size();
        long packed = Float.BYTES * draws * dp * (objective.candidates().equals("all") ? 2 : 3);
        long vectors = 6L * Float.BYTES * dp * block;
        long entries =
                block * (positions * (3L * Integer.BYTES + (long) Float.BYTES * dp) * 3 / 2 + 6L * Integer.BYTES);
        long perItem = Integer.BYTES + (options.objective().candidateWeight() == 0 ? 0 : Float.BYTES);
        long engine = 2
                        * ParameterTable.bytes(
                                train.items(),
                                options.encoder().dimension(),
                                options.optimization().optimizer())
                + (objective.cosine() ? table : 0)
                + Integer.BYTES * rows
                + perItem * train.items()
                + packed
                + vectors
                + entries
                + Float.BYTES * CandidateChoice.blockCells(draws, rows, options);
        long copies = (data.valid().size() == 0 ? 2 : 6) * table + (data.valid().size() == 0 ? 0 : sequences);
        long start = options.run().start() == TrainOptions.Start.SPECTRAL
                ? SpectralInit.bytes(
                        train.items(), train.items(), options.encoder().dimension())
                : table;
        return new MemoryEstimate(data(data) + sequences, start, engine, copies);
    }

    /** The estimate with this many bytes more while the engine runs. */
    MemoryEstimate with(long bytes) {
        return new MemoryEstimate(data, start, engine + bytes, copies);
    }

    /** The estimate with a teacher of this dimension: its tables, and its items packed for ranking. */
    MemoryEstimate beside(Interactions train, int teacher) {
        long rows = (long) train.users() + 2L * train.items();
        return new MemoryEstimate(data + Float.BYTES * rows * Matrix.pad(teacher), start, engine, copies);
    }

    long peak() {
        return BASE + data + Math.max(start, engine + copies);
    }

    /**
     * The heap (-Xmx) that holds the peak: collectors with fixed generations, such as the parallel one, reserve a part of it for the young
     * generation, which does not hold tables.
     */
    long heap() {
        return (long) (peak() / oldShare());
    }

    private static double oldShare() {
        long all = Runtime.getRuntime().maxMemory();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .mapToLong(pool -> pool.getUsage().getMax())
                .filter(old -> old > 0 && old < all)
                .mapToDouble(old -> (double) old / all)
                .max()
                .orElse(1);
    }

    private static long data(Dataset data) {
        long users = data.users().size();
        long pairs =
                (long) data.train().size() + data.valid().size() + data.test().size();
        long events = data.events() == null
                ? 0
                : (data.events().pairs() == data.train() ? 0 : Integer.BYTES * pairs)
                        + (data.events().ratings() == null ? 0 : Double.BYTES * pairs)
                        + (data.events().timestamps() == null ? 0 : Long.BYTES * pairs)
                        + (data.events().order() == null ? 0 : Long.BYTES * pairs)
                        + repeats(data.events().repeats());
        return Integer.BYTES * (pairs + 3 * users)
                + events
                + ID * (users + data.items().size());
    }

    private static long repeats(@Nullable RepeatedRows rows) {
        return rows == null
                ? 0
                : (long) rows.size()
                        * (Integer.BYTES
                                + Byte.BYTES
                                + (rows.ratings() == null ? 0 : Double.BYTES)
                                + (rows.timestamps() == null ? 0 : Long.BYTES)
                                + (rows.order() == null ? 0 : Long.BYTES));
    }

    private static long start(Interactions train, TrainOptions options, long table) {
        return options.run().start() == TrainOptions.Start.SPECTRAL
                ? SpectralInit.bytes(train, options.encoder().dimension())
                : table;
    }

    private static long engine(Interactions train, Objective objective, TrainOptions options, long draws) {
        int dp = Matrix.pad(options.encoder().dimension());
        // Users' and items' weights; an item's place in the sample.
        int perItem = Integer.BYTES + (options.objective().candidateWeight() == 0 ? 0 : Float.BYTES);
        long counts = options.objective().recency() == 0 ? 0 : (long) Float.BYTES * train.size();
        long taught = options.objective().teacherItems() == 0
                ? 0
                : Distillation.bytes(train, options.objective().teacherItems());
        long perRow = Long.BYTES * (long) train.users() + perItem * (long) train.items();
        long packed = Float.BYTES * draws * dp * (objective.candidates().equals("all") ? 2 : 3);
        long users = 4L
                * Float.BYTES
                * dp
                * (Math.min(options.optimization().blockSize(), train.users()) + Kernels.USER_TILE);
        // Of each of a block's positives: item, row, place, score, two derivatives; room for half as many again.
        double block =
                Math.min(options.optimization().blockSize(), train.users()) * (double) train.size() / train.users();
        long positives = (long) (1.5 * block * (5 * Integer.BYTES + Double.BYTES));
        return Encoders.bytes(train, objective, options)
                + positives
                + perRow
                + counts
                + taught
                + packed
                + users
                + Float.BYTES * CandidateChoice.blockCells(draws, train.users(), options);
    }

    /** Averages; the result; with validation also the best weights, those being evaluated, and the arrays of ranking. */
    private static long copies(Dataset data, TrainOptions options, long table) {
        long averages = options.optimization().averaging() > 0 ? table : 0;
        if (data.valid().size() == 0) {
            return averages + table;
        }
        // The packed items, twice while they are copied to a cache-line boundary.
        long packed = 2L
                * Float.BYTES
                * Matrix.pad(options.encoder().dimension())
                * data.train().items();
        return averages
                + 2 * table
                + packed
                + Integer.BYTES * ((long) data.train().size() + data.valid().size());
    }
}
