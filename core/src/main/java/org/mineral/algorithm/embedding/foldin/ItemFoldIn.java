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

/**
 * Vectors, and biases where a model has them, for items that it did not know, beside those that it did.
 *
 * <p>An item may not be fitted to its own users alone: a vector near theirs is nearer to them, and to everybody like them, than
 * any item that was trained, because an item that was trained is pushed away by all users who did not take it. New items would stand above
 * the known ones in everybody's list. So they minimise the model's own objective, that of the <em>users'</em> rows with all items in
 * them, known items and all users fixed: {@value #PASSES} passes over the users, or more over few, in which nothing but the new items steps.
 *
 * <p>They start at the mean of their users' vectors, and with the bias that known items of as many users have.
 */
public final class ItemFoldIn {

    private static final int PASSES = 3;
    private static final double RATE = 0.05;

    private final Interactions train;
    private final Objective objective;
    private final TrainOptions options;
    private final Workers workers;
    private final Kernels kernels;

    /** @param options without anything that makes a vector of more than its own parameters */
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
        // Plain gradient descent remembers nothing of rows that never step.
        Encoder fixed = Encoders.plainUsers(users.copy(), objective, options.with("optimizer", "sgd"), kernels);
        Matrix settled = items.copy();
        Encoder moving = Encoders.plainItems(settled, objective, options, kernels);
        BlockEngine engine =
                new BlockEngine(objective, options, fixed, moving, Targets.of(train, options), workers, kernels);
        CandidateSampler sampler = CandidateSampler.of(
                objective.candidates(), train, options.correction() == TrainOptions.Correction.IMPORTANCE);
        Random64 random = new Random64(options.seed());
        int[] order = IntStream.range(0, train.users())
                .filter(u -> train.count(u) > 0)
                .toArray();
        int size = options.blockSize();
        int steps = (order.length + size - 1) / size;
        int all = Math.max(PASSES * steps, least);
        for (int step = 0; step < all; step++) {
            if (step % steps == 0) {
                random.shuffle(order);
            }
            int from = step % steps * size;
            int[] block = Arrays.copyOfRange(order, from, Math.min(order.length, from + size));
            double rate = RATE * (1 - step / (double) all);
            engine.itemsStep(block, sampler.draw(block, options.seed(), step), rate, random.nextLong(), isNew);
        }
        for (int item = 0; item < items.rows(); item++) {
            if (isNew[item]) {
                items.setRow(item, settled.row(item));
            }
        }
    }
}
