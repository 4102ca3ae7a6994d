package org.mineral.spark;

import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What {@link MineralModel#transform} gives by the columns that a frame has. */
record ByColumns(MineralModel model) {

    Dataset<Row> transform(Dataset<?> dataset) {
        schema(dataset.schema());
        if (ofHistories(dataset.schema())) {
            return model.recommendForHistories(dataset, model.getK());
        }
        Dataset<Row> people = people(dataset);
        if (!Columns.has(dataset.schema(), model.getItemCol())) {
            return model.recommend(MineralModel.wanted(dataset, users(dataset), people), model.getK());
        }
        return model.getRankMode() ? ranks(dataset, people) : scores(dataset, people);
    }

    private boolean ofHistories(StructType schema) {
        return Columns.has(schema, model.getHistoryCol())
                && !Columns.has(schema, model.getUserCol())
                && !Columns.has(schema, model.getItemCol());
    }

    private boolean foldsIn() {
        return model.getColdStartStrategy().equals("fold-in");
    }

    /** The users of a frame in the type of the model; with fold-in, what is none of it is refused. */
    private Column users(Dataset<?> dataset) {
        return foldsIn()
                ? Columns.newUsers(
                        dataset.schema(), model.getUserCol(), model.factors().userType())
                : model.userIds(dataset);
    }

    /** Users' rows: those of the model, and with fold-in those of the frame that the model does not know. */
    private Dataset<Row> people(Dataset<?> dataset) {
        Dataset<Row> known = model.factors().users();
        if (!foldsIn()) {
            return known;
        }
        Column history = col(model.getHistoryCol());
        MapPartitionsFunction<Row, Row> folded = new FoldedUsers(model.factors().table());
        return known.union(dataset.toDF()
                .filter(history.isNotNull())
                .groupBy(users(dataset).alias("id"))
                .agg(max(struct(array_size(history).alias("size"), history.alias("history")))
                        .alias("longest"))
                .join(known.select("id"), new String[] {"id"}, "left_anti")
                .select(col("id"), col("longest.history"))
                .mapPartitions(
                        folded, Encoders.row(Factors.users(model.factors().userType()))));
    }

    private Dataset<Row> scores(Dataset<?> dataset, Dataset<Row> people) {
        UserDefinedFunction dot = udf(
                (UDF2<byte[], byte[], Float>) (a, b) -> a == null || b == null ? null : Bytes.dot(a, b),
                DataTypes.FloatType);
        Column score = coalesce(dot.apply(col("mineral_user_vector"), col("mineral_item_vector")), lit(Float.NaN));
        Dataset<Row> scored = withVectors(
                        withVectors(dataset.toDF(), users(dataset), people, "mineral_user"),
                        model.itemIds(dataset),
                        model.factors().items,
                        "mineral_item")
                .withColumn(model.getPredictionCol(), score)
                .drop("mineral_user", "mineral_user_vector", "mineral_item", "mineral_item_vector");
        return model.getColdStartStrategy().equals("drop")
                ? scored.filter(col(model.getPredictionCol()).isNaN().unary_$bang())
                : scored;
    }

    /** The frame with columns {@code name} and {@code name_vector}; null where an id is unknown. */
    private static Dataset<Row> withVectors(Dataset<Row> frame, Column ids, Dataset<Row> side, String name) {
        Dataset<Row> vectors = side.select(col("id").alias(name), col("vector").alias(name + "_vector"));
        return frame.join(vectors, ids.equalTo(col(name)), "left");
    }

    private Dataset<Row> ranks(Dataset<?> dataset, Dataset<Row> people) {
        Dataset<Row> held = dataset.toDF()
                .select(
                        users(dataset).alias("held_user"),
                        model.itemIds(dataset).alias("held_item"))
                .join(
                        model.factors().items.select(col("number"), col("id").alias("known_item")),
                        col("held_item").equalTo(col("known_item")),
                        "left")
                .groupBy("held_user")
                .agg(collect_set(coalesce(col("number"), lit(-1))).alias("held"));
        MapPartitionsFunction<Row, Row> ranks = new Ranks(model.factors().table(), model.getK());
        return people.join(held, col("id").equalTo(col("held_user")))
                .select("id", "vector", "seen", "held")
                .mapPartitions(
                        ranks, Encoders.row(Columns.ranked(model.factors().userType(), model)));
    }

    StructType schema(StructType schema) {
        if (ofHistories(schema)) {
            Columns.history(schema, model.getHistoryCol(), model.factors().itemType());
            return model.withLists(schema);
        }
        Columns.id(schema, "userCol", model.getUserCol());
        if (foldsIn()) {
            Columns.history(schema, model.getHistoryCol(), model.factors().itemType());
        }
        if (!Columns.has(schema, model.getItemCol())) {
            return model.withLists(model.user());
        }
        Columns.id(schema, "itemCol", model.getItemCol());
        return Columns.transformed(schema, model.factors().userType(), model);
    }
}
