package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mineral.spark.CollectedLists.assertListsOf;
import static org.mineral.spark.CollectedLists.ids;
import static org.mineral.spark.CollectedLists.numbers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.PopularityModel;
import org.mineral.model.rank.Ranking;

/** What a model is asked on the cluster, against the same model in core. */
@Tag("slow")
class ServingTest {

    private static final StructType HISTORIES = new StructType()
            .add("label", DataTypes.StringType)
            .add("history", DataTypes.createArrayType(DataTypes.StringType));
    private static final List<String> SOME = List.of("i3", "i40", "i7", "i11");

    @TempDir
    static Path scratch;

    private static SparkSession spark;
    private static Dataset<Row> frame;
    private static MineralModel model;

    /** The same model, by way of a directory. */
    private static FactorModel core;

    @BeforeAll
    static void start() {
        spark = Clusters.threads(scratch);
        frame = Clusters.frame(spark, Clusters.TASTES.data().train()).cache();
        model = new MineralRecommender()
                .setRank(16)
                .setMaxIter(3)
                .setNumUserBlocks(2)
                .setTrainBlockSize(60)
                .setMeetings(2)
                .setSettings("item_bias=true", "candidate_weight=-0.2", "temperature_exponent=0.3")
                .fit(frame);
        model.saveAsMineral(scratch.resolve("mineral").toString());
        core = FactorModel.load(scratch.resolve("mineral"));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static MineralModel copy() {
        return model.copy(ParamMap.empty());
    }

    private static List<String> named(Ranking ranking) {
        return Arrays.stream(ranking.items()).mapToObj(core.items()::id).toList();
    }

    @Test
    void theDirectoryIsTheModel() {
        Map<String, List<String>> lists = ids(model.recommendForAllUsers(10));
        assertListsOf(core, lists);
        MineralModel again = MineralModel.fromMineral(
                spark, scratch.resolve("mineral").toUri().toString());
        assertThat(ids(again.recommendForAllUsers(10))).isEqualTo(lists);
        assertThat(ids(again.similarItems(List.of("i3"), 5))).isEqualTo(ids(model.similarItems(List.of("i3"), 5)));
        assertThat(again.factors().meanLog).isCloseTo(model.factors().meanLog, within(1e-12));
    }

    @Test
    void otherModelsAndWhatDoesNotFitAreRefused() {
        Path popular = scratch.resolve("popular");
        new PopularityModel(core.users(), core.items(), core.trained()).save(popular);
        assertThatThrownBy(() -> MineralModel.fromMineral(spark, popular.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("popularity")
                .hasMessageContaining("lightgcn, mf and sequence");
        assertThatThrownBy(() -> model.saveAsMineral("s3://bucket/model"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://bucket/model");
        assertThatThrownBy(() -> MineralDirectory.check(100_000_000, 2_000_000, 64, 5_000_000_000L))
                .hasMessageContaining("100,000,000 users of rank 64")
                .hasMessageContaining("at most 33,554,431 users");
        assertThatThrownBy(() -> MineralDirectory.check(33_000_000, 2_000_000, 64, 1))
                .hasMessageContaining("MB on the driver")
                .hasMessageContaining("spark.driver.memory");
        long needed = 2L * 100_000_000 * Matrix.pad(60 + 16) * Float.BYTES >> 20;
        assertThatThrownBy(() -> Memory.check(new JavaSparkContext(spark.sparkContext()), 100_000_000, 60, 2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.format(
                        Locale.ROOT, "100,000,000 items of rank 60, in 2 tables, need %,d MB of one array", needed));
    }

    @Test
    void aFitLeavesNoBroadcasts() {
        String table = model.factors().table().value().getClass().getName();
        assertThat(Clusters.broadcasts(table)).containsExactly(table);
    }

    /** By value, as ALS does; what the type of the training cannot hold is unknown. */
    @Test
    void idsOfAnotherTypeAreAnswered() {
        Dataset<Row> ints =
                frame.selectExpr("cast(substring(user, 2) as int) AS user", "cast(substring(item, 2) as int) AS item");
        MineralModel numbered = new MineralRecommender()
                .setRank(8)
                .setMaxIter(1)
                .setNumUserBlocks(2)
                .setMeetings(1)
                .fit(ints);
        Dataset<Row> some = ints.filter("item in (3, 7)").distinct();
        List<Dataset<Row>> others = List.of(
                some.selectExpr("cast(user as bigint) user", "cast(item as bigint) item")
                        .union(spark.sql("select 3 + (1L << 32), 3 + (1L << 32)")),
                some.selectExpr("cast(user as string) user", "cast(item as string) item")
                        .union(spark.sql("select '03', '03' union all select 'x', 'x' union all select '3.0', '3.0'")));
        MineralModel dropping = numbered.copy(ParamMap.empty()).setColdStartStrategy("drop");
        MineralModel ranking = numbered.copy(ParamMap.empty()).setRankMode(true);
        assertThat(numbered.similarItems(some, 5).count()).isEqualTo(2);
        for (Dataset<Row> other : others) {
            same(numbered.similarItems(other, 5), numbered.similarItems(some, 5));
            same(numbered.recommendForItemSubset(other, 5), numbered.recommendForItemSubset(some, 5));
            same(numbered.recommendForUserSubset(other, 5), numbered.recommendForUserSubset(some, 5));
            same(numbered.transform(other.select("user")), numbered.transform(some.select("user")));
            same(
                    dropping.transform(other).select("prediction"),
                    dropping.transform(some).select("prediction"));
            same(ranking.transform(other), ranking.transform(some));
        }
        same(numbered.similarItems(List.of(3L, "7", "x"), 5), numbered.similarItems(some, 5));
        String path = scratch.resolve("numbered").toString();
        numbered.saveAsMineral(path);
        Dataset<Row> texts = MineralModel.fromMineral(spark, path)
                .similarItems(spark.range(3, 4).toDF("item"), 5);
        assertThat(ids(texts)).containsOnlyKeys("3");

        Dataset<Row> strangers = spark.sql("select 5000L user, 3L item, array(3, 7) history");
        MineralModel folding = numbered.copy(ParamMap.empty()).setColdStartStrategy("fold-in");
        assertThat(folding.transform(strangers).first().getFloat(3)).isNotNaN();
        assertThat(folding.transform(strangers.drop("item")).first().getInt(0)).isEqualTo(5000);
        assertThatThrownBy(() -> folding.transform(spark.sql("select 5000000000L user, 3 item, array(3, 7) history"))
                        .collectAsList())
                .hasStackTraceContaining("userCol = user has the id 5000000000")
                .hasStackTraceContaining("ids of type int");
    }

    private static void same(Dataset<Row> found, Dataset<Row> expected) {
        assertThat(found.schema()).isEqualTo(expected.schema());
        assertThat(found.collectAsList()).containsExactlyInAnyOrderElementsOf(expected.collectAsList());
    }

    /** Bit for bit: also with weights of candidates and temperatures that need what was counted in training. */
    @Test
    void historiesHaveTheListsOfCore() {
        Dataset<Row> rows = spark.createDataFrame(
                List.of(
                        RowFactory.create("some", SOME.toArray(String[]::new)),
                        RowFactory.create("again", new String[] {"i9", "nothing", "i3", "i9"}),
                        RowFactory.create("unknown", new String[] {"nothing"}),
                        RowFactory.create("null", null)),
                HISTORIES);
        Dataset<Row> lists = model.recommendForHistories(rows, 10);
        assertThat(lists.columns()).containsExactly("label", "history", "recommendations");
        HistoryEncoder encoder = core.require(HistoryEncoder.class);
        Ranking expected = encoder.rank(History.of(numbers(core, SOME)), 10, numbers(core, SOME));
        Map<String, List<String>> found = ids(lists);
        assertThat(found.get("some")).isEqualTo(named(expected));
        assertThat(found.get("again"))
                .isEqualTo(named(encoder.rank(
                        History.of(numbers(core, List.of("i3", "i9"))), 10, numbers(core, List.of("i3", "i9")))));
        assertThat(found.get("unknown")).isEmpty();
        assertThat(found.get("null")).isEmpty();
        List<Row> scores = lists.filter("label = 'some'").first().getList(2);
        for (int k = 0; k < 10; k++) {
            assertThat(scores.get(k).getFloat(1)).isEqualTo(expected.scores()[k]);
        }
        // What transform does, for clients that have no other method.
        assertThat(ids(copy().setK(10).transform(rows))).isEqualTo(found);
        assertThat(ids(copy().setFilterSeen(false).recommendForHistories(rows, 300))
                        .get("some"))
                .containsAll(SOME);
    }

    @Test
    void unknownUsersAreFoldedIn() {
        StructType type = new StructType()
                .add("user", DataTypes.StringType)
                .add("item", DataTypes.StringType)
                .add("history", DataTypes.createArrayType(DataTypes.StringType));
        String[] history = SOME.toArray(String[]::new);
        Dataset<Row> rows = spark.createDataFrame(
                List.of(
                        RowFactory.create("stranger", "i1", history),
                        RowFactory.create("stranger", "i2", new String[] {"i5"}),
                        RowFactory.create("blank", "i1", null),
                        RowFactory.create("u1", "i1", history)),
                type);
        MineralModel folding = copy().setColdStartStrategy("fold-in").setK(10);
        float[] expected = core.require(HistoryEncoder.class).scores(History.of(numbers(core, SOME)));
        Map<String, Float> scores = folding.transform(rows).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getString(0) + row.getString(1), row -> row.getFloat(3)));
        assertThat(scores.get("strangeri1")).isCloseTo(expected[core.items().index("i1")], within(1e-5f));
        assertThat(scores.get("strangeri2")).isCloseTo(expected[core.items().index("i2")], within(1e-5f));
        assertThat(scores.get("blanki1")).isNaN();
        assertThat(scores.get("u1i1"))
                .isCloseTo(core.scores(core.users().index("u1"))[core.items().index("i1")], within(1e-5f));
        Map<String, List<String>> lists = ids(folding.transform(rows.drop("item")));
        assertThat(lists).containsOnlyKeys("stranger", "u1");
        assertThat(lists.get("stranger"))
                .isEqualTo(named(core.require(HistoryEncoder.class)
                        .rank(History.of(numbers(core, SOME)), 10, numbers(core, SOME))));
        Dataset<Row> held = rows.filter("user = 'stranger'")
                .withColumn("item", functions.lit(lists.get("stranger").get(0)));
        MineralModel ranking = folding.setRankMode(true);
        assertThat(ranking.transform(held).count()).isEqualTo(1);
        assertThat(new RankingEvaluator().setMetricName("precisionAtK").setK(1).evaluate(ranking.transform(held)))
                .isEqualTo(1);
        assertThatThrownBy(() -> folding.transform(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("historyCol = history does not exist");
        assertThatThrownBy(
                        () -> model.recommendForHistories(rows.withColumn("history", functions.expr("array(1, 2)")), 3))
                .hasMessageContaining("array<int>")
                .hasMessageContaining("array<string>");
    }

    @Test
    void itemsHaveTheUsersThatCoreRanks() {
        int[] all = IntStream.range(0, core.items().size()).toArray();
        Interactions takers = core.known().transpose();
        List<Ranking> expected;
        try (Workers workers = new Workers(2)) {
            expected = core.rankUsers(all, 7, takers, workers);
        }
        Map<String, List<String>> lists = ids(model.recommendForAllItems(7));
        assertThat(lists).hasSize(all.length);
        for (int i : all) {
            assertThat(lists.get(core.items().id(i)))
                    .isEqualTo(Arrays.stream(expected.get(i).items())
                            .mapToObj(core.users()::id)
                            .toList());
        }
        Dataset<Row> some = frame.filter("item in ('i3', 'i4')")
                .select("item")
                .union(frame.limit(1).select(functions.lit("nothing")));
        Map<String, List<String>> subset = ids(model.recommendForItemSubset(some, 7));
        assertThat(subset).containsOnlyKeys("i3", "i4");
        assertThat(subset.get("i3")).isEqualTo(lists.get("i3"));
        assertThat(ids(copy().setFilterSeen(false).recommendForItemSubset(some, 500))
                        .get("i3"))
                .hasSize(core.users().size());
    }

    @Test
    void similarItemsAreThoseOfCore() {
        Map<String, List<String>> lists = ids(model.similarItems(frame, 5));
        assertThat(lists).hasSize(core.items().size());
        lists.forEach((item, list) -> assertThat(list)
                .isEqualTo(core.similarItems(item, 5).stream()
                        .map(one -> one.item())
                        .toList()));
        assertThat(ids(model.similarItems(List.of("i3", "nothing"), 5))).isEqualTo(Map.of("i3", lists.get("i3")));
        assertThatThrownBy(() -> model.similarItems(frame, 0)).hasMessageContaining("numItems = 0");
        assertThatThrownBy(() -> model.recommendForAllItems(0)).hasMessageContaining("numUsers = 0");
    }

    @Test
    void aSavedModelFoldsInTheSame() throws Exception {
        String path = scratch.resolve("saved").toString();
        copy().setHistoryCol("past")
                .setColdStartStrategy("fold-in")
                .write()
                .overwrite()
                .save(path);
        MineralModel again = MineralModel.load(path);
        assertThat(again.getHistoryCol()).isEqualTo("past");
        assertThat(again.getColdStartStrategy()).isEqualTo("fold-in");
        Dataset<Row> rows =
                spark.createDataFrame(List.of(RowFactory.create("some", SOME.toArray(String[]::new))), HISTORIES);
        assertThat(again.setHistoryCol("history")
                        .recommendForHistories(rows, 20)
                        .first()
                        .getList(2))
                .isEqualTo(model.recommendForHistories(rows, 20).first().getList(2));
    }
}
