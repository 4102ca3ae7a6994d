package org.mineral.app.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;

/** Evaluation of all users, and recommendations for one and for all. */
public final class RankingBench {

    private static final int LENGTH = 20;

    private RankingBench() {}

    /** Evaluator at 20 over all users with test items. */
    public static void evaluation(Bench bench, Dataset data, FactorModel model) {
        bench.progress("evaluation, d = " + model.dimension());
        Interactions test = data.test();
        long users = IntStream.range(0, test.users())
                .filter(u -> test.count(u) > 0 && data.train().count(u) > 0)
                .count();
        try (Workers workers = new Workers(bench.threads)) {
            Runnable lap = () -> Evaluator.at(LENGTH).evaluate(model, test, data.train(), null, workers);
            lap.run();
            lap.run();
            Meter meter = new Meter(flop(users, model), bench.arithmetic(bench.all)).laps(bench.manyLaps(), lap);
            bench.add(meter.row(
                    "ranking",
                    String.format(Locale.ROOT, "evaluation of %,d users", users),
                    model.dimension(),
                    bench.threads));
        }
    }

    /** The best 20 for all users at once, and for one at a time. */
    public static void topK(Bench bench, Dataset data, FactorModel model) {
        bench.progress("top " + LENGTH + ", d = " + model.dimension());
        int[] users = IntStream.range(0, data.train().users())
                .filter(u -> data.train().count(u) > 0)
                .toArray();
        try (Workers workers = new Workers(bench.threads)) {
            Runnable lap = () -> model.rank(users, LENGTH, data.train(), workers);
            lap.run();
            Meter meter = new Meter(flop(users.length, model), bench.arithmetic(bench.all)).laps(bench.manyLaps(), lap);
            String name = String.format(Locale.ROOT, "top %d for %,d users", LENGTH, users.length);
            bench.add(meter.row("ranking", name, model.dimension(), bench.threads));
        }
        oneByOne(bench, data, model, users);
    }

    private static void oneByOne(Bench bench, Dataset data, FactorModel model, int[] users) {
        long bytes = (long) data.items().size() * Matrix.pad(model.dimension()) * Float.BYTES;
        Limit limit = bench.reading(bench.one, bytes);
        SplittableRandom random = new SplittableRandom(1);
        int calls = bench.quick ? 300 : 2000;
        double[] seconds = new double[calls];
        Runnable call = () -> model.recommend(data.users().id(users[random.nextInt(users.length)]), LENGTH);
        Rounds.warm(call);
        double before = limit.now();
        for (int c = 0; c < calls; c++) {
            long start = System.nanoTime();
            call.run();
            seconds[c] = (System.nanoTime() - start) / 1e9;
        }
        double around = (before + limit.now()) / 2;
        Arrays.sort(seconds);
        for (int percent : new int[] {50, 99}) {
            double time = seconds[(int) Math.min(calls - 1L, (long) calls * percent / 100)];
            String name = "top " + LENGTH + " for one user, " + (percent == 50 ? "median" : "99th percentile");
            double rate = bytes / time;
            bench.add(new BenchRow(
                    "ranking", name, model.dimension(), 1, time, rate, "B/s", limit.name(), around, rate / around));
        }
    }

    private static double flop(long users, FactorModel model) {
        return 2.0 * users * model.items().size() * Matrix.pad(model.dimension());
    }
}
