package org.mineral.spark;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.storage.StorageLevel;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.shard.ItemAttributes;
import org.mineral.algorithm.embedding.shard.ShardRun;
import org.mineral.algorithm.embedding.shard.ShardTraining;
import org.mineral.algorithm.embedding.shard.SharedItems;
import org.mineral.algorithm.embedding.shard.UserShard;
import org.mineral.data.Attributes;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.tune.preset.AutoPreset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of fit, after the parameters have been checked. */
final class Training {

    private static final Logger LOG = LoggerFactory.getLogger(MineralRecommender.class);

    /** Interactions of the users that settings by a rule are read from. */
    private static final int SAMPLE = 2_000_000;

    private final MineralRecommender p;
    private final Map<String, String> given;

    Training(MineralRecommender p, Map<String, String> given) {
        this.p = p;
        this.given = given;
    }

    MineralModel fit(Dataset<?> dataset, ItemFeatures features) {
        SparkSession spark = dataset.sparkSession();
        JavaSparkContext sc = new JavaSparkContext(spark.sparkContext());
        TrainOptions options = EmbeddingSettings.of(given).options();
        ItemFeatures.Read read = features.read(sc, options.encoder().attributeWeight());
        Layout layout = Layout.of(sc, dataset, p, lit(0.0), p.getAlpha(), read.described());
        StorageLevel level = StorageLevel.fromString(p.getIntermediateStorageLevel());
        try {
            Attributes attributes = read.of(layout);
            Memory.check(sc, layout.items.length, p.getRank(), 1, ItemAttributes.bytes(attributes, options));
            Map<String, String> settings = settings(layout);
            ShardRun run =
                    ShardRun.of(EmbeddingSettings.of(settings), layout.totals(settings), p.getMeetings(), attributes);
            LOG.info(
                    "{} users, {} items with {}, {} interactions in {} shards; {} meetings in each of {} epochs; {}",
                    run.totals().users(),
                    run.totals().items(),
                    attributes,
                    run.totals().interactions(),
                    run.totals().shards().size(),
                    run.meetings().perEpoch(),
                    run.meetings().epochs(),
                    run.settings());
            try (SparkShards shards = new SparkShards(sc, layout.rows, run, level);
                    Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
                ShardTraining.Result result = ShardTraining.train(run, attributes, shards, workers, logged());
                Dataset<Row> kept = users(spark, sc, shards, result, layout.userType);
                Dataset<Row> items = spark.createDataFrame(
                        items(layout.items, result.items(), run.totals().itemCounts()), Factors.items(layout.itemType));
                MineralModel model = new MineralModel(
                        p.uid(),
                        new Factors(
                                kept,
                                items,
                                result.run().settings(),
                                run.totals().meanLog(),
                                null,
                                AttributeFrames.of(spark, result.attributes())));
                ParamTable.copy(p, model);
                return model;
            }
        } finally {
            layout.close();
        }
    }

    static FitListener logged() {
        return new FitListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                LOG.info("epoch {} of {}: loss {}, {} s", epoch.number(), epoch.of(), epoch.loss(), epoch.seconds());
                return true;
            }
        };
    }

    /** The given settings, and those by the rules of {@link AutoPreset} where these cover them. */
    private Map<String, String> settings(Layout layout) {
        Map<String, String> settings = new LinkedHashMap<>(given);
        Set<String> names = new HashSet<>(given.keySet());
        // Its own length replaces that of the rules.
        names.remove("epochs");
        long size = layout.size();
        if (AutoPreset.fits(p.getLoss(), names)) {
            new AutoPreset().settings(p.getLoss(), layout.sample(size, SAMPLE)).forEach(settings::putIfAbsent);
        }
        if (!given.containsKey("epochs")) {
            settings.put("epochs", String.valueOf(AutoPreset.epochs((int) Math.min(Integer.MAX_VALUE, size))));
        }
        return settings;
    }

    /** The users, kept: nothing computes them again, so that nothing needs what was broadcast for them. */
    private Dataset<Row> users(
            SparkSession spark,
            JavaSparkContext sc,
            SparkShards shards,
            ShardTraining.Result result,
            DataType userType) {
        Broadcast<ShardRun> run = sc.broadcast(result.run());
        Broadcast<SharedItems> items = sc.broadcast(result.shared());
        try {
            Dataset<Row> users = spark.createDataFrame(rows(shards, run, items), Factors.users(userType));
            return kept(sc, users, p.getFinalStorageLevel());
        } finally {
            run.destroy();
            items.destroy();
        }
    }

    private static JavaRDD<Row> rows(SparkShards shards, Broadcast<ShardRun> run, Broadcast<SharedItems> items) {
        return shards.with((part, held) -> {
                    try (Workers workers = new Workers(ResidentShards.threads())) {
                        Matrix vectors = new UserShard(
                                        run.value(),
                                        part.shard(),
                                        part.interactions(),
                                        part.counts(),
                                        held.state(),
                                        workers)
                                .vectors(items.value());
                        List<Row> rows = new ArrayList<>();
                        for (int u = 0; u < part.users().length; u++) {
                            int begin = part.offsets()[u];
                            rows.add(RowFactory.create(
                                    part.users()[u],
                                    Bytes.of(vectors.values(), vectors.offset(u), vectors.columns()),
                                    Bytes.of(part.columns(), begin, part.offsets()[u + 1] - begin)));
                        }
                        return rows;
                    }
                })
                .flatMap(List::iterator);
    }

    /** The users without what they were computed from, which is given back. */
    static Dataset<Row> kept(JavaSparkContext sc, Dataset<Row> users, String storage) {
        StorageLevel level = StorageLevel.fromString(storage);
        return sc.getCheckpointDir().isPresent() ? users.checkpoint(true) : users.localCheckpoint(true, level);
    }

    private static List<Row> items(Object[] ids, Matrix vectors, int[] counts) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            rows.add(Factors.item(i, ids[i], vectors, counts[i], null));
        }
        return rows;
    }
}
