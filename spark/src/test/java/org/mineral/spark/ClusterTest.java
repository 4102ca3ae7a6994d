package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.shard.SerialShards;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;

/** Training in executors that are processes of their own, against a serial run of the same schedule in this one. */
@Tag("slow")
class ClusterTest {

    private static final int SHARDS = 3;
    private static final int MEETINGS = 4;

    @TempDir
    static Path scratch;

    private static SparkSession spark;
    private static Dataset<Row> frame;
    private static List<ShardRows> shards;

    @BeforeAll
    static void start() {
        spark = Clusters.processes(2, scratch);
        frame = Clusters.frame(spark, Clusters.TASTES.data().train());
        spark.sparkContext().setCheckpointDir(scratch.resolve("checkpoints").toString());
        Layout layout = Layout.of(
                new JavaSparkContext(spark.sparkContext()),
                weighted(frame),
                SHARDS,
                0,
                List.of(),
                StorageLevel.MEMORY_AND_DISK());
        shards = layout.rows.collect();
        layout.close();
    }

    private static Dataset<Row> weighted(Dataset<Row> pairs) {
        return pairs.withColumn("weight", functions.lit(1.0)).withColumn("time", functions.lit(0.0));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static MineralRecommender recommender() {
        return new MineralRecommender()
                .setRank(16)
                .setMaxIter(3)
                .setNumUserBlocks(SHARDS)
                .setMeetings(MEETINGS)
                .setTrainBlockSize(40)
                .setSettings("item_bias=true", "history=1", "temperature_rule=closed-form");
    }

    private static SerialShards.Trained serial() {
        EmbeddingSettings settings = EmbeddingSettings.of(Map.of(
                "dimension", "16",
                "epochs", "3",
                "block_size", "40",
                "item_bias", "true",
                "history", "1",
                "temperature_rule", "closed-form"));
        List<Interactions> rows = shards.stream().map(ShardRows::interactions).toList();
        return SerialShards.train(settings, MEETINGS, rows, 2);
    }

    private static void checkBits(MineralModel model) {
        SerialShards.Trained expected = serial();
        Map<Object, float[]> users = vectors(model.factors().users());
        for (int p = 0; p < SHARDS; p++) {
            Matrix own = expected.users().get(p);
            for (int u = 0; u < own.rows(); u++) {
                assertThat(users.remove(shards.get(p).users()[u])).isEqualTo(own.row(u));
            }
        }
        assertThat(users).isEmpty();
        List<Row> items = model.factors().items.orderBy("number").collectAsList();
        for (int i = 0; i < items.size(); i++) {
            assertThat(Bytes.floats(items.get(i).getAs("vector")))
                    .isEqualTo(expected.result().items().row(i));
        }
    }

    private static Map<Object, float[]> vectors(Dataset<Row> side) {
        Map<Object, float[]> vectors = new HashMap<>();
        for (Row row : side.collectAsList()) {
            vectors.put(row.getAs("id"), Bytes.floats(row.getAs("vector")));
        }
        return vectors;
    }

    @Test
    void bitsAreThoseOfASerialRun() {
        checkBits(recommender().fit(frame));
    }

    /** Rows in another order, in other partitions, some twice. */
    @Test
    void bitsDoNotDependOnHowRowsAreGiven() {
        checkBits(recommender().fit(frame.union(frame.limit(500)).repartition(7).sort("item")));
    }

    @Test
    void anExecutorThatIsKilledInTheMiddleChangesNoBit() {
        AtomicInteger jobs = new AtomicInteger();
        AtomicReference<Long> killed = new AtomicReference<>();
        SparkListener killer = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                // In the second of three epochs: layout and start take about fifteen jobs, a meeting one.
                if (jobs.incrementAndGet() == 22) {
                    ProcessHandle.current()
                            .descendants()
                            .filter(ClusterTest::executor)
                            .findFirst()
                            .ifPresent(process -> {
                                killed.set(process.pid());
                                process.destroyForcibly();
                            });
                }
            }
        };
        spark.sparkContext().addSparkListener(killer);
        MineralModel model;
        try {
            model = recommender().fit(frame);
        } finally {
            spark.sparkContext().removeSparkListener(killer);
        }
        assertThat(killed).as("an executor was there to kill, %s jobs", jobs).doesNotHaveValue(null);
        assertThat(jobs.get()).as("jobs of the run").isGreaterThan(28);
        checkBits(model);
    }

    /** By all of its command line, of which Java itself shows the first 4,096 bytes. */
    private static boolean executor(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .contains("CoarseGrainedExecutorBackend");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void onlyTheNewestCheckpointOfARunIsKept() throws Exception {
        MineralModel model = recommender().fit(frame);
        assertThat(model.recommendForAllUsers(3).count()).isGreaterThan(400);
        List<Path> left = new ArrayList<>();
        try (var files = Files.walk(scratch.resolve("checkpoints"), 2)) {
            files.filter(path -> path.getFileName().toString().startsWith("rdd-"))
                    .forEach(left::add);
        }
        // Of each model its users, and nothing of its training.
        assertThat(left.size()).isLessThanOrEqualTo(4);
    }
}
