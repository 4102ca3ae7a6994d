package org.mineral.spark;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.shard.ItemAttributes;
import org.mineral.algorithm.embedding.shard.Parts;
import org.mineral.algorithm.sequence.SequenceAlgorithm;
import org.mineral.algorithm.sequence.SequenceShard;
import org.mineral.algorithm.sequence.SequenceShardRun;
import org.mineral.algorithm.sequence.SequenceShardTraining;
import org.mineral.data.Attributes;
import org.mineral.linalg.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of fit over sequences, after the parameters have been checked. Nothing is kept of users but their items in order. */
final class SequenceFit {

    private static final Logger LOG = LoggerFactory.getLogger(MineralRecommender.class);

    private final MineralRecommender p;
    private final Map<String, String> given;

    SequenceFit(MineralRecommender p, Map<String, String> given) {
        this.p = p;
        this.given = given;
    }

    MineralModel fit(Dataset<?> dataset, ItemFeatures features) {
        SparkSession spark = dataset.sparkSession();
        JavaSparkContext sc = new JavaSparkContext(spark.sparkContext());
        TrainOptions options = new SequenceAlgorithm().settings(given).options();
        ItemFeatures.Read read = features.read(sc, options.encoder().attributeWeight());
        Layout layout = Layout.of(sc, dataset, p, time(dataset.schema()), 0, read.described());
        try {
            Attributes attributes = read.of(layout);
            int[] itemCounts = layout.itemCounts();
            SequenceShardRun run =
                    SequenceShardRun.of(given, layout.lengths(), itemCounts, p.getMeetings(), attributes);
            // Q and P.
            Memory.check(
                    sc,
                    layout.items.length,
                    options.encoder().dimension(),
                    2,
                    ItemAttributes.bytes(attributes, options));
            LOG.info(
                    "{} items with {}, {} places of sequences an epoch in {} shards; {} meetings in each of {} epochs; {}",
                    layout.items.length,
                    attributes,
                    run.rows().stream().mapToLong(Integer::longValue).sum(),
                    run.rows().size(),
                    run.meetings().perEpoch(),
                    run.meetings().epochs(),
                    run.settings());
            SequenceShardTraining.Result tables;
            Broadcast<SequenceShardRun> known = sc.broadcast(run);
            try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
                Parts<SequenceShard> shards = new PartitionParts<>(
                        sc,
                        layout.rows,
                        (part, threads) -> new SequenceShard(known.value(), part.shard(), part.sequences(), threads));
                tables = SequenceShardTraining.train(run, attributes, shards, workers, Training.logged());
            } finally {
                known.destroy();
            }
            Dataset<Row> users = Training.kept(
                    sc,
                    spark.createDataFrame(users(layout.rows), Factors.sequences(layout.userType)),
                    p.getFinalStorageLevel());
            List<Row> items = new ArrayList<>();
            for (int i = 0; i < itemCounts.length; i++) {
                items.add(Factors.item(i, layout.items[i], tables.items(), itemCounts[i], tables.context()));
            }
            MineralModel model = new MineralModel(
                    p.uid(),
                    new Factors(
                            users,
                            spark.createDataFrame(items, Factors.items(layout.itemType)),
                            run.settings(),
                            0,
                            tables.positions(),
                            AttributeFrames.of(spark, tables.attributes())));
            ParamTable.copy(p, model);
            return model;
        } finally {
            layout.close();
        }
    }

    /** Seconds, or the number itself. */
    private Column time(StructType schema) {
        Column time = col(p.getTimestampCol());
        DataType type = schema.apply(p.getTimestampCol()).dataType();
        boolean dated = type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampNTZType);
        return (dated ? time.cast(DataTypes.TimestampType) : time).cast(DataTypes.DoubleType);
    }

    private static JavaRDD<Row> users(JavaRDD<ShardRows> rows) {
        return rows.flatMap(part -> {
            List<Row> users = new ArrayList<>();
            int[] order = part.sequences().items();
            for (int u = 0; u < part.users().length; u++) {
                int begin = part.offsets()[u];
                users.add(RowFactory.create(part.users()[u], Bytes.of(order, begin, part.offsets()[u + 1] - begin)));
            }
            return users.iterator();
        });
    }
}
