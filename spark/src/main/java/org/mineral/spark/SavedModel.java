package org.mineral.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Matrix;
import scala.Option;
import scala.Tuple2;

/** A model in a directory: Spark's metadata, and Parquet of users, items, settings, what was counted and, if there are any, attributes. */
final class SavedModel {

    private static final String USERS = "/users";
    private static final String ITEMS = "/items";
    private static final String SETTINGS = "/settings";
    private static final String TOTALS = "/totals";
    private static final String ATTRIBUTES = "/attributes";

    private SavedModel() {}

    static MLWriter writer(MineralModel model) {
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                SparkSession spark = sparkSession();
                DefaultParamsWriter$.MODULE$.saveMetadata(model, path, spark, Option.empty(), Option.empty());
                model.factors().stored.write().parquet(path + USERS);
                model.factors().items.write().parquet(path + ITEMS);
                spark.createDataset(
                                model.factors().settings.entrySet().stream()
                                        .map(each -> new Tuple2<>(each.getKey(), each.getValue()))
                                        .toList(),
                                Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
                        .toDF("name", "value")
                        .coalesce(1)
                        .write()
                        .parquet(path + SETTINGS);
                AttributeFrames attributes = model.factors().attributes;
                if (attributes != null) {
                    attributes.write(path + ATTRIBUTES);
                }
                Matrix positions = model.factors().positions;
                spark.createDataFrame(
                                List.of(RowFactory.create(
                                        model.factors().meanLog,
                                        positions == null
                                                ? null
                                                : Bytes.of(positions.values(), 0, positions.values().length))),
                                new StructType()
                                        .add("mean_log", DataTypes.DoubleType)
                                        .add("positions", DataTypes.BinaryType))
                        .coalesce(1)
                        .write()
                        .parquet(path + TOTALS);
            }
        };
    }

    static MLReader<MineralModel> reader() {
        return new MLReader<>() {
            @Override
            public MineralModel load(String path) {
                SparkSession spark = sparkSession();
                var metadata = DefaultParamsReader$.MODULE$.loadMetadata(path, spark, MineralModel.class.getName());
                Map<String, String> settings = new HashMap<>();
                for (Row row : spark.read().parquet(path + SETTINGS).collectAsList()) {
                    settings.put(row.getString(0), row.getString(1));
                }
                Row totals = spark.read().parquet(path + TOTALS).first();
                MineralModel model = new MineralModel(
                        metadata.uid(),
                        new Factors(
                                spark.read().parquet(path + USERS),
                                spark.read().parquet(path + ITEMS),
                                settings,
                                totals.getDouble(0),
                                totals.isNullAt(1) ? null : positions(totals.getAs(1), settings),
                                attributes(spark, path + ATTRIBUTES)));
                metadata.getAndSetParams(model, Option.empty());
                return model;
            }
        };
    }

    private static @Nullable AttributeFrames attributes(SparkSession spark, String path) {
        Path directory = new Path(path);
        try {
            boolean there = directory
                    .getFileSystem(spark.sessionState().newHadoopConf())
                    .exists(directory);
            return there ? AttributeFrames.read(spark, path) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Matrix positions(byte[] bytes, Map<String, String> settings) {
        int d = Integer.parseInt(settings.get("dimension"));
        float[] values = Bytes.floats(bytes);
        Matrix positions = new Matrix(values.length / Matrix.pad(d), d);
        System.arraycopy(values, 0, positions.values(), 0, values.length);
        return positions;
    }
}
