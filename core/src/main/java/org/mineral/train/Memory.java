package org.mineral.train;

import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.loss.Similarity;
import org.mineral.optim.Optimizer;

/**
 * The bytes of Java's heap that a run holds at its peak, by count. The process takes more: garbage, and the JVM itself.
 *
 * @param data what is there before the run and stays: interactions, ids, ratings and times
 * @param start the spectral start, beyond the data
 * @param epochs parameters, optimiser, the block, and copies of the weights, beyond the data
 */
record Memory(long data, long start, long epochs) {

    /** An id: its string, its characters, and its place in a table. */
    private static final long ID = 72;

    /** What the JVM and the program need anyway. */
    private static final long BASE = 40L << 20;

    static Memory of(Dataset data, Objective objective, TrainOptions options, long draws) {
        Interactions train = data.train();
        long rows = (long) train.users() + train.items();
        long table = Float.BYTES * rows * Matrix.pad(options.dimension());
        return new Memory(data(data), start(train, options, table), epochs(data, objective, options, draws, table));
    }

    long peak() {
        return BASE + data + Math.max(start, epochs);
    }

    private static long data(Dataset data) {
        long users = data.users().size();
        long pairs =
                (long) data.train().size() + data.valid().size() + data.test().size();
        long events = data.events() == null
                ? 0
                : (data.events().pairs() == data.train() ? 0 : Integer.BYTES * pairs)
                        + (data.events().ratings() == null ? 0 : Float.BYTES * pairs)
                        + (data.events().timestamps() == null ? 0 : Long.BYTES * pairs);
        return Integer.BYTES * (pairs + 3 * users)
                + events
                + ID * (users + data.items().size());
    }

    private static long start(Interactions train, TrainOptions options, long table) {
        if (options.start() != TrainOptions.Start.SPECTRAL) {
            return table;
        }
        long width = Matrix.pad(options.dimension() + SpectralStart.OVERSAMPLING);
        long users = Float.BYTES * width * train.users();
        long items = Float.BYTES * width * train.items();
        // The transpose; Q and Y; at the end both with their rotated copies.
        return Integer.BYTES * (long) train.size() + users + 2 * items + 2 * table;
    }

    private static long epochs(Dataset data, Objective objective, TrainOptions options, long draws, long table) {
        Interactions train = data.train();
        int dp = Matrix.pad(options.dimension());
        int states =
                options.optimizer() == Optimizer.Kind.ADAM ? 2 : options.optimizer() == Optimizer.Kind.ADAGRAD ? 1 : 0;
        int tables = 1 + (objective.similarity() == Similarity.COSINE ? 1 : 0) + states;
        // The result; with validation the best weights and those that are judged.
        int copies = (data.valid().size() > 0 ? 2 : 1) + (options.averaging() > 0 ? 1 : 0);
        long packed = Float.BYTES * draws * dp * (objective.candidates().equals("all") ? 1 : 3);
        long ranking = data.valid().size() > 0 ? Float.BYTES * (long) dp * train.items() : 0;
        long block = Float.BYTES * CostModel.blockCells(draws, train.users(), options);
        long seen = data.valid().size() > 0
                ? Integer.BYTES * ((long) train.size() + data.valid().size())
                : 0;
        return (tables + copies) * table
                + block
                + packed
                + propagation(train, options, table)
                + ranking
                + seen
                + Long.BYTES * (long) (Kernels.USER_TILE + train.users());
    }

    /** Embeddings, derivatives twice and up to two terms beside the parameters; the transpose, and the scales of both sides. */
    private static long propagation(Interactions train, TrainOptions options, long table) {
        long terms = Math.min(2, options.layers() - 1);
        return options.layers() == 0
                ? 0
                : (3 + terms) * table + Integer.BYTES * (train.size() + 2 * ((long) train.users() + train.items()));
    }
}
