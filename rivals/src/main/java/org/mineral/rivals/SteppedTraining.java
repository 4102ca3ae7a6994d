package org.mineral.rivals;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.Dataset;

/** A training run of Mineral that waits after each epoch until the next is asked for, so that it can be run in turns. */
final class SteppedTraining implements AutoCloseable {

    private static final long PATIENCE_MINUTES = 30;

    private final SynchronousQueue<Boolean> orders = new SynchronousQueue<>();
    private final SynchronousQueue<Epoch> epochs = new SynchronousQueue<>();
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private boolean first = true;

    SteppedTraining(EmbeddingTrainer trainer, Dataset data) {
        EmbeddingTrainer stepped = trainer.listener(new FitListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                try {
                    epochs.put(epoch);
                    return orders.take();
                } catch (InterruptedException e) {
                    return false;
                }
            }
        });
        thread = new Thread(
                () -> {
                    try {
                        stepped.train(data);
                    } catch (RuntimeException | Error e) {
                        failure = e;
                    }
                },
                "mineral-training");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs one epoch; the first call has the start of the run in it. */
    Epoch next() {
        try {
            if (!first && !orders.offer(true, PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw failed();
            }
            first = false;
            for (long waited = 0; waited < PATIENCE_MINUTES * 60; waited++) {
                Epoch epoch = epochs.poll(1, TimeUnit.SECONDS);
                if (epoch != null) {
                    return epoch;
                }
                if (!thread.isAlive()) {
                    break;
                }
            }
            throw failed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private IllegalStateException failed() {
        return new IllegalStateException("Mineral's training ended early", failure);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
