package org.mineral.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.Ensemble;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.algorithm.embedding.update.Update;
import org.mineral.algorithm.embedding.update.UpdateOptions;
import org.mineral.data.Dataset;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.eval.PopularityStrata;
import org.mineral.eval.Recall;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;

/** What is done with trained models, by the names that the table has for it. Each takes a number of threads and returns checksums. */
final class GoldenUses {

    static final Map<String, IntFunction<String>> ALL = new LinkedHashMap<>();

    private static final Dataset DATA = GoldenData.ALL;

    static {
        ALL.put("every user ranked", GoldenUses::rankings);
        ALL.put("evaluation", GoldenUses::evaluation);
        ALL.put("judged by the test part", GoldenUses::judgedByTest);
        ALL.put("checkpoint resumed", GoldenUses::resumed);
        ALL.put("ensemble", GoldenUses::ensemble);
        for (String model : List.of("mine+", "bce item_bias=true", "ccl", "bpr candidates=uniform:40")) {
            ALL.put("users folded into " + model, threads -> foldedIn(model, threads));
            ALL.put("newcomers folded into " + model, threads -> updated(model, 0, threads));
            ALL.put("update of " + model, threads -> updated(model, 2, threads));
        }
    }

    private GoldenUses() {}

    private static FactorModel model(String training, Dataset data, int threads) {
        return GoldenTraining.parse(training).trainer(threads).fit(data);
    }

    private static String checksums(FactorModel model) {
        return new Checksum().add(model.userFactors()) + " " + new Checksum().add(model.itemFactors());
    }

    private static String rankings(int threads) {
        FactorModel model = model("mine+", DATA, threads);
        int[] users = IntStream.range(0, GoldenData.USERS).toArray();
        try (Workers workers = new Workers(threads)) {
            return new Checksum()
                    .add(model.rank(users, 20, DATA.train(), workers))
                    .toString();
        }
    }

    private static String evaluation(int threads) {
        FactorModel model = model("mine+", DATA, threads);
        Evaluator plain = Evaluator.at(1, 5, 20)
                .withStrata(PopularityStrata.of(DATA.train()))
                .withExposure()
                .withAuc();
        Checksum checksum = new Checksum();
        try (Workers workers = new Workers(threads)) {
            for (Evaluator evaluator : List.of(plain, plain.with(Recall.CALIBRATED), plain.withUsers(40, 6))) {
                Evaluation evaluation = evaluator.evaluate(model, DATA.test(), DATA.seen(), null, workers);
                checksum.add(evaluation.metrics());
                evaluation.strata().forEach(stratum -> checksum.add(stratum.recall()));
            }
        }
        return checksum.toString();
    }

    private static String judgedByTest(int threads) {
        return checksums(GoldenTraining.parse("mine+ epochs=4 patience=1 learning_rate=0.3")
                .trainer(threads)
                .judgedBy(DATA.test())
                .fit(DATA));
    }

    /** A run that is stopped after the second of its three epochs, and one that goes on from there. */
    private static String resumed(int threads) {
        EmbeddingTrainer trainer = GoldenTraining.parse(
                        "ccl optimizer=adagrad history=1 averaging=1 candidates=in-batch epochs=3")
                .trainer(threads);
        try {
            Path directory = Files.createTempDirectory("golden");
            Checkpoints checkpoints =
                    Checkpoints.beside(directory.resolve("model")).every(1);
            try {
                stopIn(3, trainer.checkpoints(checkpoints));
                FactorModel model = trainer.checkpoints(checkpoints).fit(DATA);
                return checksums(model);
            } finally {
                checkpoints.delete();
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stopIn(int epoch, EmbeddingTrainer trainer) {
        IllegalStateException stop = new IllegalStateException("stopped in epoch " + epoch);
        try {
            trainer.listener(new FitListener() {
                        @Override
                        public boolean epoch(Epoch now) {
                            if (now.number() == epoch) {
                                throw stop;
                            }
                            return true;
                        }
                    })
                    .fit(DATA);
        } catch (IllegalStateException e) {
            if (e != stop) {
                throw e;
            }
        }
    }

    private static String ensemble(int threads) {
        return checksums(Ensemble.of(List.of(
                model("mine+ item_bias=true seed=1", DATA, threads),
                model("mine+ item_bias=true seed=2", DATA, threads))));
    }

    private static String foldedIn(String training, int threads) {
        FactorModel model = model(training, DATA, threads);
        Checksum checksum = new Checksum();
        checksum.add(FoldIn.vector(model, new int[] {3}));
        checksum.add(FoldIn.vector(model, new int[] {80, 7, 12, 22}));
        checksum.add(FoldIn.vector(model, new int[] {80, 7, 12, 22}, new double[] {1, 0.5, 2, 0.1}));
        return checksum.toString();
    }

    private static String updated(String training, int epochs, int threads) {
        FactorModel old = model(training, GoldenData.PAST, threads);
        UpdateOptions options = UpdateOptions.defaults().with("fold_steps", 10).with("epochs", epochs);
        return checksums(Update.of(old, GoldenData.NEWS, options, threads, FitListener.NONE)
                .model());
    }
}
