package org.mineral.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.algorithm.embedding.training.TrainingSession;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.loss.Losses;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.PairwiseLoss;

/**
 * What an epoch of each loss costs beside one of another loss with the same candidates, in processor time of one thread. Epochs of the two take turns, so that a
 * slow minute of the machine falls on both; the ratio is the median over the pairs.
 */
public final class LossBench {

    private static final String GROUP = "losses";

    /** Epochs of each loss that are not counted: code is compiled in them. */
    private static final int WARM_UP = 2;

    /** What losses are compared with that see their candidates through statistics of the row. */
    private static final String SUM = "mine+";

    /** What losses of pairs are compared with. */
    private static final String PAIRS = "bpr";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LossBench() {}

    /** One row for each loss, with its own defaults. */
    public static void run(Bench bench, Dataset data, int dimension, List<String> losses) {
        Dataset train = Dataset.of(data.name(), data.users(), data.items(), data.train(), none(data), none(data));
        for (String loss : losses) {
            String candidates = Losses.typeOf(Losses.recordOf(loss)).candidates();
            Loss one = Losses.of(loss);
            String other = one instanceof PairwiseLoss || one instanceof PairedLoss ? PAIRS : SUM;
            bench.progress("epochs of " + loss + " and " + other + ", d = " + dimension);
            bench.add(row(bench, train, dimension, loss, other, candidates));
        }
    }

    private static BenchRow row(
            Bench bench, Dataset data, int dimension, String loss, String other, String candidates) {
        int laps = bench.manyLaps();
        List<Double> seconds = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (TrainingSession one = session(data, loss, candidates, dimension, WARM_UP + laps);
                TrainingSession two = session(data, other, candidates, dimension, WARM_UP + laps)) {
            for (int lap = 0; lap < WARM_UP + laps; lap++) {
                double a = lap % 2 == 0 ? epoch(one) : 0;
                double b = epoch(two);
                a = lap % 2 == 0 ? a : epoch(one);
                if (lap >= WARM_UP) {
                    seconds.add(a);
                    others.add(b);
                    ratios.add(a / b);
                }
            }
        }
        double ratio = Meter.median(ratios);
        return new BenchRow(
                GROUP,
                loss + ", " + candidates,
                dimension,
                1,
                Meter.median(seconds),
                ratio,
                "x",
                String.format(Locale.ROOT, "an epoch of %s, %.3f s of processor time", other, Meter.median(others)),
                1,
                ratio);
    }

    private static TrainingSession session(Dataset data, String loss, String candidates, int dimension, int epochs) {
        TrainOptions options = TrainOptions.defaults()
                .with("candidates", candidates)
                .with("dimension", dimension)
                .withEpochs(epochs);
        return new EmbeddingTrainer(Losses.of(loss), options).threads(1).session(data);
    }

    /** Processor time, in seconds: with one thread, the caller does all the work. */
    private static double epoch(TrainingSession session) {
        long before = THREADS.getCurrentThreadCpuTime();
        session.next();
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
    }

    private static Interactions none(Dataset data) {
        return Interactions.empty(data.users().size(), data.items().size());
    }
}
