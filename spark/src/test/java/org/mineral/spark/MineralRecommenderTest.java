package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RankingEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
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
import org.mineral.config.InputException;
import org.mineral.data.Interactions;

/** The estimator and its model beside the rest of Spark ML. */
@Tag("slow")
class MineralRecommenderTest {

    private static final Interactions TRAIN = Clusters.TASTES.data().train();

    @TempDir
    static Path scratch;

    private static SparkSession spark;
    private static Dataset<Row> frame;
    private static MineralModel model;

    @BeforeAll
    static void start() {
        spark = Clusters.threads(scratch);
        frame = Clusters.frame(spark, TRAIN).cache();
        model = quick().fit(frame);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static MineralRecommender quick() {
        return new MineralRecommender()
                .setRank(16)
                .setMaxIter(5)
                .setNumUserBlocks(2)
                .setTrainBlockSize(60)
                .setMeetings(2);
    }

    private static Map<String, List<Row>> lists(Dataset<Row> recommended) {
        Map<String, List<Row>> lists = new HashMap<>();
        for (Row row : recommended.collectAsList()) {
            lists.put(row.getString(0), row.getList(1));
        }
        return lists;
    }

    private static Set<String> seen(String user) {
        Set<String> seen = new HashSet<>();
        for (int item : TRAIN.row(Integer.parseInt(user.substring(1)))) {
            seen.add("i" + item);
        }
        return seen;
    }

    @Test
    void listsAreSortedAndLeaveOutWhatWasSeen() {
        Map<String, List<Row>> lists = lists(model.recommendForAllUsers(10));
        assertThat(lists).hasSize(TRAIN.users() - TRAIN.emptyRows());
        lists.forEach((user, list) -> {
            assertThat(list).hasSize(10);
            for (int k = 1; k < list.size(); k++) {
                assertThat(list.get(k).getFloat(1))
                        .isLessThanOrEqualTo(list.get(k - 1).getFloat(1));
            }
            assertThat(list.stream().map(row -> row.getString(0))).doesNotContainAnyElementsOf(seen(user));
        });
        MineralModel all = model.copy(ParamMap.empty()).setFilterSeen(false);
        assertThat(lists(all.recommendForAllUsers(10)).values())
                .anyMatch(list -> !java.util.Collections.disjoint(
                        list.stream().map(row -> row.getString(0)).toList(), seen("u0")));
    }

    /** More of what users took later than the most popular items have. */
    @Test
    void tastesAreFound() {
        Interactions test = Clusters.TASTES.data().test();
        Map<String, List<Row>> lists = lists(model.recommendForAllUsers(20));
        int[] counts = TRAIN.itemCounts();
        List<Integer> popular = java.util.stream.IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> counts[b] - counts[a])
                .toList();
        int hits = 0;
        int popularHits = 0;
        for (int u = 0; u < test.users(); u++) {
            Set<String> held = new HashSet<>();
            for (int item : test.row(u)) {
                held.add("i" + item);
            }
            Set<String> seen = seen("u" + u);
            hits += lists.getOrDefault("u" + u, List.of()).stream()
                    .filter(row -> held.contains(row.getString(0)))
                    .count();
            popularHits += popular.stream()
                    .map(item -> "i" + item)
                    .filter(item -> !seen.contains(item))
                    .limit(20)
                    .filter(held::contains)
                    .count();
        }
        assertThat(hits).isGreaterThan((int) (1.2 * popularHits));
    }

    @Test
    void aSubsetHasTheListsOfAll() {
        Map<String, List<Row>> all = lists(model.recommendForAllUsers(5));
        Dataset<Row> some = frame.filter("user in ('u1', 'u2', 'u3')").select("user");
        Map<String, List<Row>> subset = lists(model.recommendForUserSubset(some, 5));
        assertThat(subset).hasSize(3);
        subset.forEach((user, list) -> assertThat(list).isEqualTo(all.get(user)));
        assertThat(lists(model.setK(5).transform(some))).isEqualTo(subset);
    }

    @Test
    void transformScoresPairs() {
        Dataset<Row> pairs = spark.createDataFrame(
                List.of(
                        RowFactory.create("u1", "i1"),
                        RowFactory.create("nobody", "i1"),
                        RowFactory.create("u1", "nothing")),
                frame.schema());
        List<Row> scored = model.transform(pairs).collectAsList();
        assertThat(scored).hasSize(3);
        assertThat(scored.stream().filter(row -> Float.isNaN(row.getFloat(2)))).hasSize(2);
        MineralModel dropping = model.copy(ParamMap.empty()).setColdStartStrategy("drop");
        Row kept = dropping.transform(pairs).collectAsList().get(0);
        assertThat(dropping.transform(pairs).count()).isEqualTo(1);
        MineralModel seen = model.copy(ParamMap.empty()).setFilterSeen(false);
        float listed = lists(seen.recommendForUserSubset(pairs, 300)).get("u1").stream()
                .filter(row -> row.getString(0).equals("i1"))
                .findFirst()
                .orElseThrow()
                .getFloat(1);
        assertThat(kept.getFloat(2)).isCloseTo(listed, within(1e-5f));
    }

    /** A program of ALS with one line replaced: int ids stay int. */
    @Test
    void replacingAlsIsOneLine() {
        Dataset<Row> numbers = frame.select(
                functions.expr("cast(substring(user, 2) as int)").alias("user"),
                functions.expr("cast(substring(item, 2) as int)").alias("item"),
                functions.lit(1f).alias("rating"));
        ALS als = new ALS()
                .setRank(8)
                .setMaxIter(2)
                .setRegParam(0.01)
                .setImplicitPrefs(true)
                .setUserCol("user")
                .setItemCol("item")
                .setRatingCol("rating")
                .setColdStartStrategy("drop")
                .setSeed(1);
        ALSModel theirs = als.fit(numbers);
        MineralRecommender mineral = new MineralRecommender()
                .setRank(8)
                .setMaxIter(2)
                .setRegParam(0.01)
                .setImplicitPrefs(true)
                .setUserCol("user")
                .setItemCol("item")
                .setRatingCol("rating")
                .setColdStartStrategy("drop")
                .setSeed(1);
        MineralModel ours = mineral.fit(numbers);
        assertThat(ours.rank()).isEqualTo(theirs.rank());
        assertThat(ours.recommendForAllUsers(3).schema().simpleString())
                .isEqualTo(theirs.recommendForAllUsers(3).schema().simpleString());
        assertThat(ours.recommendForAllItems(3).schema().simpleString())
                .isEqualTo(theirs.recommendForAllItems(3).schema().simpleString());
        assertThat(ours.recommendForItemSubset(numbers.limit(5), 3).schema().simpleString())
                .isEqualTo(theirs.recommendForItemSubset(numbers.limit(5), 3)
                        .schema()
                        .simpleString());
        assertThat(ours.userFactors().schema().simpleString())
                .isEqualTo(theirs.userFactors().schema().simpleString());
        assertThat(ours.itemFactors().count()).isEqualTo(theirs.itemFactors().count());
        assertThat(ours.transform(numbers).count())
                .isEqualTo(theirs.transform(numbers).count());
        assertThat(ours.transform(numbers).columns())
                .isEqualTo(theirs.transform(numbers).columns());
    }

    @Test
    void aSavedModelGivesTheSameLists() throws Exception {
        String path = scratch.resolve("saved").toString();
        model.write().overwrite().save(path);
        MineralModel again = MineralModel.load(path);
        assertThat(again.getUserCol()).isEqualTo("user");
        assertThat(lists(again.recommendForAllUsers(5))).isEqualTo(lists(model.recommendForAllUsers(5)));
        String estimator = scratch.resolve("estimator").toString();
        quick().setSettings("history=1").write().overwrite().save(estimator);
        MineralRecommender loaded = MineralRecommender.load(estimator);
        assertThat(loaded.getRank()).isEqualTo(16);
        assertThat(loaded.getSettings()).containsExactly("history=1");
    }

    @Test
    void itIsAStageOfAPipeline() throws Exception {
        PipelineModel pipeline = new Pipeline()
                .setStages(new PipelineStage[] {quick().setMaxIter(1)})
                .fit(frame);
        String path = scratch.resolve("pipeline").toString();
        pipeline.write().overwrite().save(path);
        Dataset<Row> scored = PipelineModel.load(path).transform(frame.limit(10));
        assertThat(scored.filter("prediction is not null").count()).isEqualTo(10);
    }

    /** Spark's own evaluator measures the lists, and its cross-validation prefers a training to none worth the name. */
    @Test
    void crossValidationChoosesByRankingMeasures() {
        MineralRecommender ranking = quick().setRankMode(true).setK(20);
        CrossValidator validator = new CrossValidator()
                .setEstimator(ranking)
                .setEvaluator(new RankingEvaluator().setMetricName("ndcgAtK").setK(20))
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(
                                ranking.settings(),
                                scala.jdk.javaapi.CollectionConverters.asScala(
                                        List.of(new String[] {"start=random", "learning_rate=1e-9"}, new String[0])))
                        .build())
                .setNumFolds(2)
                .setSeed(3);
        CrossValidatorModel chosen = validator.fit(frame);
        assertThat(chosen.avgMetrics()[1]).isGreaterThan(1.5 * chosen.avgMetrics()[0]);
    }

    /** NDCG by Spark's evaluator from the ranks is that of the lists. */
    @Test
    void ranksMeasureTheLists() {
        Interactions test = Clusters.TASTES.data().test();
        Dataset<Row> held = Clusters.frame(spark, test);
        double measured = new RankingEvaluator()
                .setMetricName("ndcgAtK")
                .setK(10)
                .evaluate(
                        model.copy(ParamMap.empty()).setRankMode(true).setK(10).transform(held));
        Map<String, List<Row>> lists = lists(model.recommendForAllUsers(10));
        double sum = 0;
        int users = 0;
        for (int u = 0; u < test.users(); u++) {
            if (test.count(u) == 0 || !lists.containsKey("u" + u)) {
                continue;
            }
            users++;
            double gain = 0;
            double ideal = 0;
            for (int k = 0; k < 10; k++) {
                String item = lists.get("u" + u).get(k).getString(0);
                gain += test.contains(u, Integer.parseInt(item.substring(1))) ? 1 / Math.log(k + 2) : 0;
                ideal += k < test.count(u) ? 1 / Math.log(k + 2) : 0;
            }
            sum += gain / ideal;
        }
        assertThat(measured).isCloseTo(sum / users, within(1e-9));
    }

    @Test
    void wrongColumnsAndParametersAreRefusedBeforeAnyJob() {
        List<Integer> jobs = new ArrayList<>();
        SparkListener counter = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                jobs.add(job.jobId());
            }
        };
        Dataset<Row> doubles = frame.select(functions.rand(1).alias("user"), functions.col("item"));
        spark.sparkContext().addSparkListener(counter);
        assertThatThrownBy(() -> quick().setUserCol("nope").fit(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nope")
                .hasMessageContaining("user, item");
        assertThatThrownBy(() -> quick().fit(doubles))
                .hasMessageContaining("double")
                .hasMessageContaining("Cast");
        assertThatThrownBy(() -> quick().setRatingCol("item").fit(frame)).hasMessageContaining("must hold numbers");
        assertThatThrownBy(() -> quick().setRank(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank");
        assertThatThrownBy(() -> quick().setMaxIter(-1)).hasMessageContaining("maxIter");
        assertThatThrownBy(() -> quick().setColdStartStrategy("guess")).hasMessageContaining("guess");
        assertThatThrownBy(() -> quick().setImplicitPrefs(false).fit(frame)).hasMessageContaining("implicitPrefs");
        assertThatThrownBy(() -> quick().setLoss("als").fit(frame)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> quick().setSettings("layers=2").fit(frame)).hasMessageContaining("layers = 2");
        assertThatThrownBy(() -> quick().setSettings("history").fit(frame))
                .hasMessageContaining("name, =, and a value");
        spark.sparkContext().removeSparkListener(counter);
        assertThat(jobs).isEmpty();
    }

    @Test
    void nullsAndNanAndNothingAreRefused() {
        StructType type = new StructType()
                .add("user", DataTypes.StringType)
                .add("item", DataTypes.StringType)
                .add("rating", DataTypes.DoubleType);
        List<Row> bad = List.of(
                RowFactory.create(null, "a", 1.0),
                RowFactory.create("u", null, 1.0),
                RowFactory.create("u", "a", Double.NaN));
        assertThatThrownBy(() -> quick().fit(spark.createDataFrame(bad, type)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Of 3 rows, 1 have a null user, 1 a null item and 1 a rating");
        assertThatThrownBy(() -> quick().fit(frame.limit(0))).hasMessageContaining("Nothing to learn from: 0 rows");
        assertThatThrownBy(() -> quick().fit(spark.createDataFrame(List.of(RowFactory.create("u", "a", -1.0)), type)))
                .hasMessageContaining("1 rows, none of them with a rating above 0");
    }
}
