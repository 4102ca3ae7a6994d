package org.mineral.algorithm.embedding.shard;

import java.io.Serializable;
import java.util.List;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.options.TrainOptions;

/**
 * When shards meet: after each of {@code perEpoch} equal parts of their users, in each epoch. Between two meetings items stand still, so a run has
 * {@code epochs * perEpoch} steps of the items.
 *
 * @param epochs passes over the users
 * @param perEpoch meetings in each
 */
public record Meetings(int epochs, int perEpoch) implements Serializable {

    /** Steps of the items in a whole run that are enough, as measured in docs/lab/spark.md. */
    private static final int ENOUGH = 300;

    /** @throws IllegalArgumentException if one of them is below 1 */
    public Meetings {
        if (epochs < 1 || perEpoch < 1) {
            throw new IllegalArgumentException(epochs + " epochs of " + perEpoch + " meetings; allowed: 1 or more");
        }
    }

    /** ceil(300 / epochs) an epoch, at most as many as one machine takes steps. */
    public static Meetings of(TrainOptions options, long users) {
        int epochs = options.optimization().epochs();
        int size = options.optimization().blockSize();
        long steps = Math.max(1, (users + size - 1) / size);
        return new Meetings(epochs, (int) Math.min(steps, (ENOUGH + epochs - 1) / epochs));
    }

    /** Number of meetings in the whole run. */
    public int count() {
        return epochs * perEpoch;
    }

    /** The epoch of a meeting, from 0. */
    public int epoch(int meeting) {
        return meeting / perEpoch;
    }

    /** The place of a meeting's first user in the epoch's order of {@code users}; that of the next meeting is behind its last one. */
    public int first(int users, int meeting) {
        return (int) ((long) users * (meeting % perEpoch) / perEpoch);
    }

    /** The place behind its last user. */
    public int last(int users, int meeting) {
        return (int) ((long) users * (meeting % perEpoch + 1) / perEpoch);
    }

    /** Users of all shards between two meetings. */
    long users(List<ShardCounts> shards, int meeting) {
        return shards.stream()
                .mapToLong(shard -> last(shard.users(), meeting) - first(shard.users(), meeting))
                .sum();
    }

    /** What happens between two sums: shards meet, and the tables step. */
    @FunctionalInterface
    public interface Meeting {

        /**
         * @param meeting its number, from 0
         * @param rate of the step
         * @return the sum of the losses of its rows
         */
        double at(int meeting, double rate);
    }

    /**
     * Holds the meetings of all epochs.
     *
     * @param rows of all shards in an epoch
     * @param listener is told each epoch, and may end the run
     * @throws DivergedException if the mean loss of an epoch is not finite
     */
    public void hold(TrainOptions options, long rows, Meeting meeting, FitListener listener) {
        long began = System.nanoTime();
        boolean goesOn = true;
        for (int epoch = 1; goesOn && epoch <= epochs; epoch++) {
            double loss = 0;
            for (int m = (epoch - 1) * perEpoch; m < epoch * perEpoch; m++) {
                loss += meeting.at(m, rate(options, m, 0));
                listener.progress((m + 1.0) / count());
            }
            double mean = DivergedException.finite(
                    loss / rows, epoch, epochs, options.optimization().learningRate());
            goesOn = listener.epoch(new Epoch(epoch, epochs, mean, (System.nanoTime() - began) / 1e9, Double.NaN));
        }
    }

    /** The learning rate when this share of a meeting's users has stepped. */
    public double rate(TrainOptions options, int meeting, double share) {
        return options.optimization().learningRate()
                * options.optimization().schedule().factor((meeting + share) / count());
    }
}
