package org.mineral.algorithm.embedding.foldin;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.CandidateSampler;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.random.Random64;
import org.mineral.random.Streams;

/**
 * Computes vectors, and biases if the model has them, for new items, with all known parameters fixed.
 *
 * <p>Fitting a new item only to its own users would place it closer to them, and to similar users, than any trained item, because trained
 * items are also pushed away by all other users. New items would then rank above known ones in most lists. So the model's objective is
 * minimised, that of the <em>users'</em> rows with all items, with known items and all users fixed: {@value #PASSES} passes over the users,
 * or more over few, in which only the new items are updated.
 *
 * <p>They start at the mean of their users' vectors, and with the bias of known items with the same number of users.
 */
public final class ItemFoldIn {

    private static final int PASSES = 3;
    private static final double RATE = 0.05;

    private final Interactions train;
    private final Objective objective;
    private final TrainOptions options;
    private final Workers workers;
    private final Kernels kernels;

    /** @param options without encoders that combine several parameters in a vector */
    public ItemFoldIn(Interactions train, Objective objective, TrainOptions options, Workers workers, Kernels kernels) {
        this.train = train;
        this.objective = objective;
        this.options = options;
        this.workers = workers;
        this.kernels = kernels;
    }

    /**
     * @param users parameters of all users, U x d
     * @param items parameters, I x d, of which the new ones are overwritten
     * @param least steps to take, if a few passes over few users are fewer
     */
    public void settle(Matrix users, Matrix items, boolean[] isNew, int least) {
        if (!BlockEngine.any(isNew, 0, isNew.length)) {
            return;
        }
        // Plain gradient descent has no state for rows that are never updated.
        Encoder fixed = Encoders.plainUsers(users.copy(), objective, options.with("optimizer", "sgd"), kernels);
        Matrix settled = items.copy();
        Encoder moving = Encoders.plainItems(settled, objective, options, kernels);
        BlockEngine engine =
                new BlockEngine(objective, options, fixed, moving, Targets.of(train, options), workers, kernels);
        CandidateSampler sampler = CandidateSampler.of(
                objective.candidates(), train, options.objective().correction() == TrainOptions.Correction.IMPORTANCE);
        Random64 random = Streams.ofEpochs(options.run().seed());
        int[] order = IntStream.range(0, train.users())
                .filter(u -> train.count(u) > 0)
                .toArray();
        int size = options.optimization().blockSize();
        int steps = (order.length + size - 1) / size;
        int all = Math.max(PASSES * steps, least);
        for (int step = 0; step < all; step++) {
            if (step % steps == 0) {
                random.shuffle(order);
            }
            int from = step % steps * size;
            int[] block = Arrays.copyOfRange(order, from, Math.min(order.length, from + size));
            double rate = RATE * (1 - step / (double) all);
            engine.itemsStep(block, sampler.draw(block, options.run().seed(), step), rate, random.nextLong(), isNew);
        }
        for (int item = 0; item < items.rows(); item++) {
            if (isNew[item]) {
                items.setRow(item, settled.row(item));
            }
        }
    }
}
