package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.spark.CollectedLists.assertListsOf;
import static org.mineral.spark.CollectedLists.ids;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
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
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.shard.SerialShards;
import org.mineral.algorithm.sequence.SequenceModel;
import org.mineral.algorithm.sequence.SequenceShardTraining;
import org.mineral.algorithm.sequence.SerialSequences;
import org.mineral.data.Attributes;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.model.AttributeScorer;
import org.mineral.model.FactorModel;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeVectors;

/** Users take items of their own taste. A table says which taste an item is of; some items are in the table alone, and some in no table. */
@Tag("slow")
class ItemFeaturesTest {

    private static final int TASTES = 5;
    private static final int USERS = 150;
    private static final int TAKEN = 60;

    /** Those that nobody took follow on the others. */
    private static final int ITEMS = 80;

    /** Items above this are of no row of the table, if they were taken. */
    private static final int IN_TABLE = 55;

    private static final StructType TABLE = new StructType()
            .add("taste", DataTypes.StringType)
            .add("tags", DataTypes.createArrayType(DataTypes.StringType))
            .add("item", DataTypes.StringType)
            .add("year", DataTypes.IntegerType)
            .add("seen.from afar", DataTypes.createArrayType(DataTypes.FloatType))
            .add("words", DataTypes.StringType);

    @TempDir
    static Path scratch;

    private static SparkSession spark;
    private static Dataset<Row> frame;
    private static Dataset<Row> table;
    private static MineralModel model;

    @BeforeAll
    static void start() {
        spark = Clusters.threads(scratch);
        SplittableRandom random = new SplittableRandom(3);
        List<Row> pairs = new ArrayList<>();
        for (int u = 0; u < USERS; u++) {
            for (int k = 0; k < 7; k++) {
                int item = random.nextInt(TAKEN / TASTES) * TASTES + u % TASTES;
                pairs.add(RowFactory.create("u" + u, "i" + item, (long) k));
            }
        }
        frame = spark.createDataFrame(
                        pairs,
                        new StructType()
                                .add("user", DataTypes.StringType)
                                .add("item", DataTypes.StringType)
                                .add("timestamp", DataTypes.LongType))
                .cache();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            if (i < IN_TABLE || i >= TAKEN) {
                rows.add(RowFactory.create(
                        "taste " + taste(i),
                        i % 7 == 0 ? null : new String[] {"t" + taste(i), "every"},
                        "i" + i,
                        1950 + random.nextInt(70),
                        new Float[] {(float) Math.sin(taste(i)), (float) Math.cos(taste(i))},
                        "of:" + (1 + taste(i)) + " all:2"));
            }
        }
        rows.add(RowFactory.create(null, null, "nothing is known of it", null, null, null));
        table = spark.createDataFrame(rows, TABLE);
        table.createOrReplaceTempView("films");
        model = recommender().fit(frame);
        model.saveAsMineral(scratch.resolve("mineral").toString());
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static int taste(int item) {
        return item % TASTES;
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }

    private static MineralRecommender recommender() {
        return new MineralRecommender()
                .setRank(16)
                .setMaxIter(6)
                .setNumUserBlocks(2)
                .setTrainBlockSize(30)
                .setMeetings(4)
                .setTemperature(0.2)
                .setSettings("item_bias=true")
                .setItemFeatures("films");
    }

    private static MineralRecommender brief() {
        return recommender().setMaxIter(1).setMeetings(2);
    }

    private static MineralRecommender sequences() {
        return recommender()
                .setMaxIter(4)
                .setMeetings(3)
                .setAlgorithm("sequence")
                .setLearningRate(0.02)
                .setTemperature(0.1);
    }

    private static Layout layout(List<Object> known) {
        return Layout.of(
                new JavaSparkContext(spark.sparkContext()),
                frame.withColumn("weight", functions.lit(1.0))
                        .withColumn("time", functions.col("timestamp").cast("double"))
                        .select("user", "item", "weight", "time"),
                2,
                0,
                known,
                StorageLevel.MEMORY_AND_DISK());
    }

    /** The table as core understands it, in the order of the items of a run. */
    private static Attributes attributes(Object[] items) {
        return ItemFeatures.of(frame, recommender())
                .read(new JavaSparkContext(spark.sparkContext()), 1)
                .of(items);
    }

    private static Object[] known() {
        return ItemFeatures.of(frame, recommender())
                .read(new JavaSparkContext(spark.sparkContext()), 1)
                .described()
                .toArray();
    }

    /** Of each user, what is in the list and was taken by nobody is of the user's taste. */
    private static void assertTasteOfNewItems(Map<String, List<String>> lists, double share) {
        assertThat(lists).hasSize(USERS);
        int fresh = 0;
        int right = 0;
        for (Map.Entry<String, List<String>> list : lists.entrySet()) {
            for (String id : list.getValue()) {
                boolean isNew = number(id) >= TAKEN;
                fresh += isNew ? 1 : 0;
                right += isNew && taste(number(id)) == number(list.getKey()) % TASTES ? 1 : 0;
            }
        }
        assertThat(fresh).as("new items in lists").isGreaterThan(USERS);
        assertThat(right).as("of the taste, of %s", fresh).isGreaterThan((int) (share * fresh));
    }

    @Test
    void newItemsAreRecommendedByTaste() {
        Map<String, List<String>> lists = ids(model.recommendForAllUsers(10));
        assertTasteOfNewItems(lists, 0.9);
        assertThat(model.itemFactors().count()).isEqualTo(ITEMS);
        assertThat(lists.values()).allMatch(list -> !list.contains("nothing is known of it"));
        Map<String, List<String>> similar = ids(model.similarItems(List.of("i60", "i63"), 3));
        similar.forEach((item, list) -> assertThat(list).allMatch(id -> taste(number(id)) == taste(number(item))));
        assertThat(ids(model.recommendForItemSubset(frame.limit(1).withColumn("item", functions.lit("i71")), 5))
                        .get("i71"))
                .hasSize(5)
                .allMatch(user -> number(user) % TASTES == taste(71));
        Dataset<Row> history = spark.createDataFrame(
                List.of(RowFactory.create("s", new String[] {"i62", "i67"})),
                new StructType()
                        .add("session", DataTypes.StringType)
                        .add("history", DataTypes.createArrayType(DataTypes.StringType)));
        assertThat(ids(model.recommendForHistories(history, 3)).get("s"))
                .doesNotContain("i62", "i67")
                .allMatch(id -> taste(number(id)) == 2);
    }

    @Test
    void bitsAreThoseOfASerialRun() {
        Layout layout = layout(List.of(known()));
        List<Interactions> shards =
                layout.rows.collect().stream().map(ShardRows::interactions).toList();
        Object[] items = layout.items;
        layout.close();
        assertThat(items).hasSize(ITEMS).startsWith("i0", "i1", "i10").endsWith("i78", "i79");
        Map<String, String> settings = Map.of(
                "dimension", "16",
                "epochs", "6",
                "block_size", "30",
                "temperature", "0.2",
                "item_bias", "true");
        EmbeddingSettings given = EmbeddingSettings.of(settings);
        SerialShards.Trained expected = SerialShards.train(given, 4, shards, attributes(items), 1);
        assertThat(vectors(model)).isEqualTo(expected.result().items().values());
    }

    private static float[] vectors(MineralModel trained) {
        return trained.factors().table().value().matrix().values();
    }

    /** Nor on the order of the rows of either. */
    @Test
    void bitsDoNotDependOnPartitions() {
        float[] first = vectors(brief().fit(frame.repartition(1)));
        for (int partitions : new int[] {2, 3}) {
            table.repartition(partitions).orderBy(functions.rand(partitions)).createOrReplaceTempView("divided");
            MineralModel again = brief().setItemFeatures("divided").fit(frame.repartition(partitions));
            assertThat(vectors(again)).isEqualTo(first);
        }
    }

    @Test
    void withoutWeightNothingIsReadOfThem() {
        MineralModel none =
                brief().setSettings("item_bias=true", "attribute_weight=0").fit(frame);
        MineralModel plain = brief().setItemFeatures("").fit(frame);
        assertThat(vectors(none)).isEqualTo(vectors(plain));
        assertThat(none.factors().attributes).isNull();
    }

    @Test
    void aSavedModelHasThemStill() throws Exception {
        String path = scratch.resolve("saved").toString();
        model.write().overwrite().save(path);
        MineralModel again = MineralModel.load(path);
        assertThat(ids(again.recommendForAllUsers(5))).isEqualTo(ids(model.recommendForAllUsers(5)));
        again.saveAsMineral(scratch.resolve("again").toString());
        assertSame("again");
        recommender().write().overwrite().save(scratch.resolve("estimator").toString());
        assertThat(MineralRecommender.load(scratch.resolve("estimator").toString())
                        .getItemFeatures())
                .isEqualTo("films");
    }

    private static AttributeVectors attributes(String directory) {
        return Models.load(scratch.resolve(directory), VectorModel.class)
                .attributeTables()
                .items()
                .orElseThrow();
    }

    private static void assertSame(String directory) {
        AttributeVectors found = attributes(directory);
        AttributeVectors expected = attributes("mineral");
        assertThat(found.attributes().x()).isEqualTo(expected.attributes().x());
        assertThat(found.attributes().names().ids())
                .isEqualTo(expected.attributes().names().ids());
        assertThat(found.attributes().fields()).isEqualTo(expected.attributes().fields());
        assertThat(found.vectors().values()).isEqualTo(expected.vectors().values());
        assertThat(found.weights()).isEqualTo(expected.weights());
        assertThat(found.norms()).isEqualTo(expected.norms());
    }

    @Test
    void theDirectoryHasTheListsAndRecommendsByAttributes() {
        FactorModel core = Models.load(scratch.resolve("mineral"), FactorModel.class);
        assertListsOf(core, ids(model.recommendForAllUsers(10)));
        AttributeVectors kept = attributes("mineral");
        assertThat(kept.attributes().names().ids())
                .contains("taste=taste 3", "tags=t3", "seen.from afar=0", "words=all")
                .anyMatch(name -> name.startsWith("year="));
        Interactions row = Interactions.of(
                kept.attributes().columns(),
                new int[] {kept.attributes().names().index("taste=taste 3")});
        float[] scores = core.require(AttributeScorer.class).scoresOfItem(SparseMatrix.ofOnes(row));
        List<Integer> best = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing(i -> -scores[i]))
                .limit(10)
                .toList();
        assertThat(best).allMatch(i -> taste(number(core.items().id(i))) == 3);
        MineralModel from =
                MineralModel.fromMineral(spark, scratch.resolve("mineral").toString());
        assertThat(ids(from.recommendForAllUsers(5))).isEqualTo(ids(model.recommendForAllUsers(5)));
        from.saveAsMineral(scratch.resolve("back").toString());
        assertSame("back");
    }

    @Test
    void sequencesLearnThemToo() {
        MineralModel next = sequences().fit(frame);
        Layout layout = layout(List.of(known()));
        SequenceShardTraining.Result expected = SerialSequences.train(
                new HashMap<>(Map.of(
                        "dimension", "16",
                        "epochs", "4",
                        "block_size", "30",
                        "temperature", "0.1",
                        "learning_rate", "0.02",
                        "item_bias", "true")),
                3,
                layout.rows.collect().stream().map(ShardRows::sequences).toList(),
                attributes(layout.items),
                1);
        layout.close();
        assertThat(vectors(next)).isEqualTo(expected.items().values());
        assertTasteOfNewItems(ids(next.recommendForAllUsers(10)), 0.9);
        next.saveAsMineral(scratch.resolve("next").toString());
        SequenceModel core = Models.load(scratch.resolve("next"), SequenceModel.class);
        assertThat(core.contextVectors().values()).isEqualTo(expected.context().values());
        assertThat(core.population().hasItem(core.items().index("i79"))).isTrue();
        assertListsOf(core, ids(next.recommendForAllUsers(10)));
    }

    private static void view(Dataset<Row> rows) {
        rows.createOrReplaceTempView("wrong");
    }

    private static void assertRefused(Dataset<Row> rows, String... words) {
        view(rows);
        assertThatThrownBy(() -> recommender().setItemFeatures("wrong").fit(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("itemFeatures = wrong")
                .message()
                .contains(words);
    }

    @Test
    void wrongTablesAreRefusedBeforeAnyJob() {
        List<Integer> jobs = new ArrayList<>();
        SparkListener counter = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                jobs.add(job.jobId());
            }
        };
        spark.sparkContext().addSparkListener(counter);
        for (String name : List.of("nowhere", "not a name", "a.b.c.d")) {
            assertThatThrownBy(() -> recommender().setItemFeatures(name).fit(frame))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("itemFeatures = " + name + " is no table or temporary view");
        }
        assertRefused(table.drop("item"), "itemCol = item does not exist", "taste, tags, year");
        assertRefused(table.select("item"), "no column beside item");
        assertRefused(table.withColumn("day", functions.current_date()), "the column day of type date", "leave it out");
        assertRefused(table.withColumn("m", functions.expr("map(1, 2)")), "the column m of type map<int,int>");
        assertRefused(table.withColumn("item", functions.lit(1.5)), "itemCol = item is of type double");
        spark.sparkContext().removeSparkListener(counter);
        assertThat(jobs).isEmpty();
    }

    @Test
    void wrongRowsAreRefused() {
        assertRefused(table.limit(0), "has no rows");
        assertRefused(table.union(table.filter("item = 'i3'")), "the row of 'i3'", "each id once");
        assertRefused(
                table.withColumn("item", functions.expr("nullif(item, 'i3')")),
                "of 76 rows, 1 have an item that is null");
        assertRefused(
                table.withColumn("share", functions.expr("if(item = 'i4', double('NaN'), 0.5d)")),
                "the row of 'i4': found NaN in 'share'");
        assertRefused(
                table.withColumn("v", functions.expr("if(item = 'i4', array(1f), array(1f, 2f))")),
                "the row of 'i4': found a vector of 1 numbers in v");
        assertRefused(
                table.withColumn("item", functions.concat(functions.lit("film "), functions.col("item"))),
                "none of the 60 items of the interactions",
                "its first is 'film i0', theirs is 'i0'");
        view(table);
        Dataset<Row> numbers = frame.withColumn("item", functions.expr("cast(substring(item, 2) as int)"));
        assertThatThrownBy(() -> recommender().setItemFeatures("wrong").fit(numbers))
                .hasMessageContaining("of 76 rows, 76 have an item that is null or no int");
        JavaSparkContext sc = new JavaSparkContext(spark.sparkContext());
        assertThatThrownBy(() -> Memory.checkFeatures(sc, "films", 30_000_000, 9, 5_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30,000,000 rows and 9 columns of itemFeatures = films need 2,293 MB")
                .hasMessageContaining("spark.driver.maxResultSize");
        assertThatThrownBy(() -> Memory.check(sc, 10, 16, 1, 1L << 50))
                .hasMessageContaining("10 items of rank 16 with attributes need")
                .hasMessageContaining("spark.driver.memory");
    }

    /** Ids of the interactions' type, whatever the table has them in. */
    @Test
    void idsHaveTheTypeOfTheInteractions() {
        Dataset<Row> numbers = frame.withColumn("item", functions.expr("cast(substring(item, 2) as int)"));
        view(table.filter("item like 'i%'").withColumn("item", functions.expr("substring(item, 2)")));
        MineralModel trained = brief().setItemFeatures("wrong").fit(numbers);
        int[] found = trained.itemFactors().collectAsList().stream()
                .mapToInt(row -> row.getInt(0))
                .sorted()
                .toArray();
        assertThat(found).isEqualTo(IntStream.range(0, ITEMS).toArray());
        for (float value : vectors(trained)) {
            assertThat(value).isFinite();
        }
    }
}
