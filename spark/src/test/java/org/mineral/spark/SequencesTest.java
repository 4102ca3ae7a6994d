package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.spark.CollectedLists.assertListsOf;
import static org.mineral.spark.CollectedLists.ids;
import static org.mineral.spark.CollectedLists.numbers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.evaluation.RankingEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.sequence.SequenceData;
import org.mineral.algorithm.sequence.SequenceModel;
import org.mineral.algorithm.sequence.SequenceShardTraining;
import org.mineral.algorithm.sequence.SerialSequences;
import org.mineral.config.InputException;
import org.mineral.data.Sequences;
import org.mineral.model.History;
import org.mineral.model.Models;

/** Training over sequences and what is asked of such a model, against core. */
@Tag("slow")
class SequencesTest {

    private static final org.mineral.data.Dataset DATA = SequenceData.of(300, 120, 7);
    private static final List<String> SOME = List.of("i3", "i5", "i6");

    @TempDir
    static Path scratch;

    private static SparkSession spark;
    private static Dataset<Row> frame;
    private static MineralModel model;

    /** The same model, by way of a directory. */
    private static SequenceModel core;

    @BeforeAll
    static void start() {
        spark = Clusters.threads(scratch);
        Sequences train = Sequences.of(DATA.name(), DATA.train(), DATA.events());
        List<Row> rows = new ArrayList<>();
        for (int u = 0; u < train.pairs().users(); u++) {
            int[] own = train.of(u);
            for (int k = 0; k < own.length; k++) {
                rows.add(RowFactory.create("u" + u, "i" + own[k], (long) k));
            }
        }
        frame = spark.createDataFrame(
                        rows,
                        new StructType()
                                .add("user", DataTypes.StringType)
                                .add("item", DataTypes.StringType)
                                .add("timestamp", DataTypes.LongType))
                .cache();
        // Other partitions, another order, and some rows again with an earlier time.
        Dataset<Row> mixed = frame.union(frame.limit(100).withColumn("timestamp", functions.lit(-1L)))
                .repartition(5)
                .sort("item");
        model = recommender().fit(mixed);
        model.saveAsMineral(scratch.resolve("mineral").toString());
        core = Models.load(scratch.resolve("mineral"), SequenceModel.class);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static MineralRecommender recommender() {
        return new MineralRecommender()
                .setAlgorithm("sequence")
                .setRank(16)
                .setMaxIter(6)
                .setMeetings(8)
                .setNumUserBlocks(2)
                .setTrainBlockSize(100)
                .setLearningRate(0.02);
    }

    private static Layout layout() {
        return Layout.of(
                new JavaSparkContext(spark.sparkContext()),
                frame.withColumn("weight", functions.lit(1.0))
                        .withColumn("time", functions.col("timestamp").cast("double"))
                        .select("user", "item", "weight", "time"),
                2,
                0,
                List.of(),
                StorageLevel.MEMORY_AND_DISK());
    }

    @Test
    void bitsAreThoseOfASerialRun() {
        Layout layout = layout();
        List<Sequences> shards =
                layout.rows.collect().stream().map(ShardRows::sequences).toList();
        layout.close();
        SequenceShardTraining.Result expected = SerialSequences.train(
                Map.of("dimension", "16", "epochs", "6", "block_size", "100", "learning_rate", "0.02"), 8, shards, 1);
        ItemTable table = model.factors().table().value();
        assertThat(table.matrix().values()).isEqualTo(expected.items().values());
        assertThat(core.contextVectors().values()).isEqualTo(expected.context().values());
        assertThat(core.positionWeights().values())
                .isEqualTo(expected.positions().values());
    }

    @Test
    void usersHaveTheListsOfCore() {
        Map<String, List<String>> lists = ids(model.recommendForAllUsers(10));
        assertListsOf(core, lists);
        MineralModel again =
                MineralModel.fromMineral(spark, scratch.resolve("mineral").toString());
        assertThat(ids(again.recommendForAllUsers(10))).isEqualTo(lists);
        assertThat(ids(again.recommendForUserSubset(frame.filter("user = 'u1'"), 10)))
                .isEqualTo(Map.of("u1", lists.get("u1")));
    }

    /** The order counts. */
    @Test
    void historiesHaveTheListsOfCore() {
        StructType type = new StructType()
                .add("label", DataTypes.StringType)
                .add("history", DataTypes.createArrayType(DataTypes.StringType));
        List<String> reversed = List.of("i6", "i5", "i3");
        Dataset<Row> rows = spark.createDataFrame(
                List.of(
                        RowFactory.create("some", SOME.toArray(String[]::new)),
                        RowFactory.create("reversed", reversed.toArray(String[]::new))),
                type);
        Map<String, List<String>> lists = ids(model.recommendForHistories(rows, 10));
        for (Map.Entry<String, List<String>> each :
                Map.of("some", SOME, "reversed", reversed).entrySet()) {
            int[] history = numbers(core, each.getValue());
            assertThat(lists.get(each.getKey()))
                    .isEqualTo(Arrays.stream(
                                    core.rank(History.of(history), 10, history).items())
                            .mapToObj(core.items()::id)
                            .toList());
        }
        assertThat(lists.get("some")).isNotEqualTo(lists.get("reversed"));
    }

    /** Most users' next item is one of the three after the last one of their circle. */
    @Test
    void whatComesNextIsFound() {
        List<Row> rows = new ArrayList<>();
        for (int u = 0; u < DATA.valid().users(); u++) {
            for (int item : DATA.valid().row(u)) {
                rows.add(RowFactory.create("u" + u, "i" + item));
            }
        }
        Dataset<Row> held = spark.createDataFrame(
                rows, new StructType().add("user", DataTypes.StringType).add("item", DataTypes.StringType));
        double recall = new RankingEvaluator()
                .setMetricName("recallAtK")
                .setK(5)
                .evaluate(model.copy(ParamMap.empty()).setRankMode(true).setK(5).transform(held));
        assertThat(recall).isGreaterThan(0.5);
    }

    @Test
    void aSavedModelGivesTheSameLists() throws Exception {
        String path = scratch.resolve("saved").toString();
        model.write().overwrite().save(path);
        assertThat(ids(MineralModel.load(path).recommendForAllUsers(5))).isEqualTo(ids(model.recommendForAllUsers(5)));
        assertThat(ids(MineralModel.load(path).recommendForAllItems(5))).isEqualTo(ids(model.recommendForAllItems(5)));
    }

    /** Neither one that ends nor one whose questions fail. */
    @Test
    void aFitLeavesNoBroadcasts() {
        String table = model.factors().table().value().getClass().getName();
        Layout layout = layout();
        PartitionParts<Integer> broken =
                new PartitionParts<>(new JavaSparkContext(spark.sparkContext()), layout.rows, (part, workers) -> {
                    throw new IllegalStateException("broken off");
                });
        assertThatThrownBy(() -> broken.ask(part -> part)).hasStackTraceContaining("broken off");
        assertThatThrownBy(() -> broken.sum(part -> new float[1])).hasStackTraceContaining("broken off");
        layout.close();
        assertThat(Clusters.broadcasts(table)).containsExactly(table);
    }

    @Test
    void datesAndTimestampsAreTimes() {
        Dataset<Row> dated =
                frame.withColumn("timestamp", functions.expr("date_add(date '2020-01-01', cast(timestamp as int))"));
        Dataset<Row> stamped =
                dated.withColumn("timestamp", functions.col("timestamp").cast("timestamp"));
        MineralRecommender brief = recommender().setMaxIter(1).setMeetings(1);
        float[] numbered = brief.fit(frame).factors().table().value().matrix().values();
        assertThat(brief.fit(dated).factors().table().value().matrix().values()).isEqualTo(numbered);
        assertThat(brief.fit(stamped).factors().table().value().matrix().values())
                .isEqualTo(numbered);
    }

    @Test
    void whatHasNoOrderIsRefused() {
        assertThatThrownBy(() -> recommender().fit(frame.drop("timestamp")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timestampCol = timestamp does not exist");
        assertThatThrownBy(() -> recommender().setTimestampCol("item").fit(frame))
                .hasMessageContaining("times are numbers, timestamps or dates");
        assertThatThrownBy(
                        () -> recommender().fit(frame.withColumn("timestamp", functions.expr("nullif(timestamp, 0)"))))
                .hasMessageContaining("a time that is null or NaN");
        assertThatThrownBy(() -> recommender().setSettings("history=1").fit(frame))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("history");
        assertThatThrownBy(() -> recommender().fit(frame.filter("timestamp = 0")))
                .hasMessageContaining("nothing comes after anything");
    }
}
