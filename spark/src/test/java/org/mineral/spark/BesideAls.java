package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;

/**
 * Measures training and lists on two executors beside one machine and beside Spark's ALS, in one session. Not among the tests of a build: run by {@code
 * mvn -B test -pl spark -am -Dtest=BesideAls -Dspark.heap=4g -Dmineral.measure=DATA}, DATA a directory with a train and a test part;
 * {@code -Dmineral.parts} takes some of {@code alone,ours,rules,als,lists}.
 */
class BesideAls {

    private static final int RANK = 64;
    private static final int LISTED = 20;
    private static final String LOSS = "mine+";
    private static final double TEMPERATURE = 0.12;
    private static final double LAMBDA = 1.25;
    private static final int MEETINGS = 20;
    private static final int EPOCHS = 15;

    /** Epochs of the short recipe of docs/lab/convergence.md, among which the fewest are sought that rank as well as ALS. */
    private static final List<Integer> SHORT = List.of(1, 2, 3);

    private static final int SHORT_MEETINGS = 40;
    private static final double SHORT_TEMPERATURE = 0.13;
    private static final String[] SHORT_RECIPE = {
        "history=2", "item_bias=true", "learning_rate=0.08", "schedule=one-cycle"
    };

    /** Confidence of an interaction and penalty. The best by the test part is taken, which is in favour of ALS. */
    private static final List<double[]> ALPHA_AND_PENALTY =
            List.of(new double[] {1, 0.01}, new double[] {10, 0.1}, new double[] {40, 0.1}, new double[] {40, 0.5});

    private static final int ITERATIONS = 10;

    @TempDir
    static Path scratch;

    private org.mineral.data.Dataset data;
    private Dataset<Row> rows;

    private record Measured<T>(T result, double seconds) {

        static <T> Measured<T> of(Supplier<T> work) {
            long began = System.nanoTime();
            T result = work.get();
            return new Measured<>(result, (System.nanoTime() - began) / 1e9);
        }
    }

    @Test
    void measure() {
        String directory = System.getProperty("mineral.measure");
        assertThat(directory).as("-Dmineral.measure=DATA").isNotNull();
        List<String> parts = List.of(System.getProperty("mineral.parts", "alone,ours,rules,als,lists")
                .split(","));
        data = Datasets.read(directory).withValidInTrain();
        double bar = 0;
        if (parts.contains("alone")) {
            Measured<FactorModel> alone = Measured.of(this::oneMachine);
            bar = recall(say("one machine, 2 threads, " + EPOCHS + " epochs", alone.seconds, alone.result));
        }
        SparkSession spark = Clusters.processes(2, scratch, "3g");
        try {
            rows = frame(spark).cache();
            rows.count();
            if (parts.contains("ours")) {
                double own = ours(EPOCHS + " epochs", recommender(EPOCHS).setMeetings(MEETINGS)).recall;
                if (bar > 0) {
                    say("beside one machine: Recall@20 %+.2f %%", 100 * (own / bar - 1));
                }
            }
            double rules =
                    parts.contains("rules") ? ours("nothing said", new MineralRecommender().setRank(RANK)).recall : 0;
            if (parts.contains("als")) {
                besideAls(rules);
            }
            if (parts.contains("lists")) {
                lists(
                        recommender(1).setNumUserBlocks(2).fit(rows),
                        als(ALPHA_AND_PENALTY.get(0)).setMaxIter(1).fit(rows));
            }
        } finally {
            spark.stop();
        }
    }

    private record Trained(double seconds, double recall) {}

    private Trained ours(String settings, MineralRecommender recommender) {
        Measured<MineralModel> ours =
                Measured.of(() -> recommender.setNumUserBlocks(2).fit(rows));
        FactorModel model = model(ours.result.userFactors(), ours.result.itemFactors());
        return new Trained(ours.seconds, recall(say("2 executors, " + settings, ours.seconds, model)));
    }

    /** @param rules Recall of the training with nothing said; 0: there was none */
    private void besideAls(double rules) {
        Trained theirs = new Trained(0, 0);
        for (double[] setting : ALPHA_AND_PENALTY) {
            Measured<ALSModel> als = Measured.of(() -> als(setting).fit(rows));
            String run = String.format(
                    Locale.ROOT, "ALS, %d iterations, alpha %s, regParam %s", ITERATIONS, setting[0], setting[1]);
            double recall = recall(say(run, als.seconds, model(als.result.userFactors(), als.result.itemFactors())));
            if (recall > theirs.recall) {
                theirs = new Trained(als.seconds, recall);
            }
        }
        if (rules > 0) {
            say("nothing said beside the best of ALS: Recall@20 %+.1f %%", 100 * (rules / theirs.recall - 1));
        }
        for (int epochs : SHORT) {
            MineralRecommender recipe = recommender(epochs)
                    .setTemperature(SHORT_TEMPERATURE)
                    .setSettings(SHORT_RECIPE)
                    .setMeetings(SHORT_MEETINGS / epochs);
            Trained own = ours(epochs + " epochs of the short recipe", recipe);
            if (own.recall >= theirs.recall) {
                say(
                        "beside the best of ALS: Recall@20 %+.1f %%, in %.2f of its time",
                        100 * (own.recall / theirs.recall - 1), own.seconds / theirs.seconds);
                break;
            }
        }
    }

    private void lists(MineralModel ours, ALSModel theirs) {
        for (String round : List.of("first", "second")) {
            double own = Measured.of(() -> written(ours.recommendForAllUsers(LISTED))).seconds;
            double als = Measured.of(() -> written(theirs.recommendForAllUsers(LISTED))).seconds;
            say("recommendForAllUsers(20), " + round + ": ours %.1f s, ALS %.1f s, ratio %.1f", own, als, als / own);
        }
    }

    private static boolean written(Dataset<Row> lists) {
        lists.write().format("noop").mode("overwrite").save();
        return true;
    }

    private FactorModel oneMachine() {
        EmbeddingSettings settings = EmbeddingSettings.of(Map.of(
                "loss", LOSS,
                "temperature", String.valueOf(TEMPERATURE),
                "lambda", String.valueOf(LAMBDA),
                "dimension", String.valueOf(RANK),
                "candidates", "all",
                "epochs", String.valueOf(EPOCHS)));
        return new EmbeddingTrainer(settings.loss(), settings.options())
                .threads(2)
                .fit(data);
    }

    private static MineralRecommender recommender(int epochs) {
        return new MineralRecommender()
                .setLoss(LOSS)
                .setTemperature(TEMPERATURE)
                .setLossLambda(LAMBDA)
                .setRank(RANK)
                .setCandidates("all")
                .setMaxIter(epochs);
    }

    private static ALS als(double[] alphaAndPenalty) {
        return new ALS()
                .setImplicitPrefs(true)
                .setRank(RANK)
                .setMaxIter(ITERATIONS)
                .setAlpha(alphaAndPenalty[0])
                .setRegParam(alphaAndPenalty[1])
                .setNumBlocks(2)
                .setSeed(42);
    }

    private Dataset<Row> frame(SparkSession spark) {
        Interactions train = data.train();
        List<Row> all = new ArrayList<>(train.size());
        for (int u = 0; u < train.users(); u++) {
            for (int item : train.row(u)) {
                all.add(RowFactory.create(u, item, 1f));
            }
        }
        return spark.createDataFrame(
                        all,
                        new StructType()
                                .add("user", DataTypes.IntegerType)
                                .add("item", DataTypes.IntegerType)
                                .add("rating", DataTypes.FloatType))
                .repartition(2);
    }

    private FactorModel model(Dataset<Row> users, Dataset<Row> items) {
        return new FactorModel(
                matrix(users, data.users().size()),
                matrix(items, data.items().size()),
                data.users(),
                data.items(),
                data.train(),
                ModelInfo.of(FactorModel.NAME));
    }

    private static Matrix matrix(Dataset<Row> factors, int n) {
        Matrix matrix = new Matrix(n, RANK);
        for (Row row : factors.collectAsList()) {
            List<Float> values = row.getList(1);
            for (int k = 0; k < RANK; k++) {
                matrix.set(row.getInt(0), k, values.get(k));
            }
        }
        return matrix;
    }

    private static double recall(Evaluation evaluation) {
        return evaluation.metric("Recall@20");
    }

    private Evaluation say(String run, double seconds, FactorModel model) {
        try (Workers workers = new Workers(2)) {
            Evaluation evaluation = Evaluator.at(LISTED).evaluate(model, data.test(), workers);
            say(
                    "%s: %.0f s, Recall@20 %.4f, NDCG@20 %.4f",
                    run, seconds, recall(evaluation), evaluation.metric("NDCG@20"));
            return evaluation;
        }
    }

    private static void say(String format, Object... values) {
        System.out.println("measured: " + String.format(Locale.ROOT, format, values));
    }
}
