package org.mineral.app.bench;

import java.util.Locale;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.loss.Losses;

/** Measures whole epochs of training as in {@code train}, without the first, in which code is compiled. */
public final class EpochBench {

    private static final String GROUP = "training";
    private static final double MOST_FLOP = 2e13;

    private EpochBench() {}

    /** Exact and sampled epochs on all threads; {@code first}: also exact ones on a single thread. */
    public static void run(Bench bench, Dataset data, int dimension, boolean first) {
        // Without a validation part, an epoch is steps and nothing else.
        Dataset train = Dataset.of(data.name(), data.users(), data.items(), data.train(), none(data), none(data));
        double flop = 6.0 * data.train().users() * data.train().items() * dimension;
        if (flop > MOST_FLOP) {
            bench.progress(String.format(Locale.ROOT, "no exact epoch: it would take %.0f Tflop", flop / 1e12));
        } else {
            Timer exact = new Timer(bench, train, "all", dimension, bench.all);
            bench.add(exact.row("exact epoch"));
            if (first && bench.all != bench.one) {
                Timer alone = new Timer(bench, train, "all", dimension, bench.one);
                bench.add(alone.row("exact epoch"));
                bench.add(speedUp(exact, alone));
            }
        }
        Timer sampled = new Timer(bench, train, "uniform:2048", dimension, bench.all);
        bench.add(sampled.row("epoch of 2048 shared samples"));
    }

    private static BenchRow speedUp(Timer all, Timer one) {
        double speedUp = one.meter().medianSeconds() / all.meter().medianSeconds();
        double possible = all.meter().medianLimit() / one.meter().medianLimit();
        return new BenchRow(
                GROUP,
                "exact epoch, all threads against one",
                all.dimension,
                all.team.threads(),
                Double.NaN,
                speedUp,
                "x",
                "multiply-adds in registers, all threads against one",
                possible,
                speedUp / possible);
    }

    private static Interactions none(Dataset data) {
        return Interactions.empty(data.users().size(), data.items().size());
    }

    /** Laps of a run of training. */
    private static final class Timer implements FitListener {

        private final Bench bench;
        private final int dimension;
        private final Roofline team;
        private @org.jspecify.annotations.Nullable Meter meter;
        private final double flop;
        private long started;

        Timer(Bench bench, Dataset data, String candidates, int dimension, Roofline team) {
            this.bench = bench;
            this.dimension = dimension;
            this.team = team;
            bench.progress("epochs, candidates " + candidates + ", d = " + dimension + ", threads " + team.threads());
            TrainOptions options = TrainOptions.defaults()
                    .with("candidates", candidates)
                    .with("dimension", dimension)
                    .with("start", "random")
                    .withEpochs(bench.fewLaps() + 1);
            EmbeddingTrainer trainer = new EmbeddingTrainer(Losses.minePlus(1.2), options)
                    .threads(team.threads())
                    .listener(this);
            flop = trainer.plan(data).gigaflopsPerEpoch() * 1e9;
            trainer.fit(data);
        }

        @Override
        public boolean epoch(Epoch epoch) {
            double seconds = (System.nanoTime() - started) / 1e9;
            if (meter == null) {
                meter = new Meter(flop, bench.arithmetic(team));
            } else {
                meter.lap(seconds);
            }
            started = System.nanoTime();
            return true;
        }

        Meter meter() {
            return java.util.Objects.requireNonNull(meter);
        }

        BenchRow row(String name) {
            return meter().row(GROUP, name, dimension, team.threads());
        }
    }
}
