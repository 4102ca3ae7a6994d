package org.mineral.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A trained {@link MineralRecommender}, with the methods of ALS's model. Ids in results have the type that they had in training. A score is the cosine
 * of user and item, or their dot product for a loss of dot products, and with biases the item's is added.
 */
public final class MineralModel extends Model<MineralModel> implements MLWritable {

    private static final long serialVersionUID = 1;

    private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);
    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

    private final String uid;
    private final transient @Nullable Factors factors;
    private final SharedParams p;

    /** For Spark Connect, which finds models as services; one without factors does nothing. */
    public MineralModel() {
        this.uid = "";
        this.factors = null;
        this.p = new SharedParams(this, SharedParams.OF_MODEL);
    }

    MineralModel(String uid, Factors factors) {
        this.uid = uid;
        this.factors = factors;
        this.p = new SharedParams(this, SharedParams.OF_MODEL);
    }

    /** The columns of the users' frame. */
    static StructType users(DataType id) {
        return new StructType()
                .add("id", id)
                .add("vector", DataTypes.BinaryType)
                .add("seen", DataTypes.BinaryType);
    }

    /** The columns of the items' frame. */
    static StructType items(DataType id) {
        return new StructType()
                .add("number", DataTypes.IntegerType)
                .add("id", id)
                .add("vector", DataTypes.BinaryType);
    }

    @Override
    public String uid() {
        return uid;
    }

    public Param<String> userCol() {
        return p.get("userCol");
    }

    public Param<String> itemCol() {
        return p.get("itemCol");
    }

    public Param<String> predictionCol() {
        return p.get("predictionCol");
    }

    public Param<String> coldStartStrategy() {
        return p.get("coldStartStrategy");
    }

    public Param<Object> blockSize() {
        return p.get("blockSize");
    }

    public Param<Object> filterSeen() {
        return p.get("filterSeen");
    }

    public Param<Object> rankMode() {
        return p.get("rankMode");
    }

    public Param<Object> k() {
        return p.get("k");
    }

    public MineralModel setUserCol(String value) {
        set(userCol(), value);
        return this;
    }

    public MineralModel setItemCol(String value) {
        set(itemCol(), value);
        return this;
    }

    public MineralModel setPredictionCol(String value) {
        set(predictionCol(), value);
        return this;
    }

    public MineralModel setColdStartStrategy(String value) {
        set(coldStartStrategy(), value);
        return this;
    }

    public MineralModel setBlockSize(int value) {
        set(blockSize(), value);
        return this;
    }

    public MineralModel setFilterSeen(boolean value) {
        set(filterSeen(), value);
        return this;
    }

    public MineralModel setRankMode(boolean value) {
        set(rankMode(), value);
        return this;
    }

    public MineralModel setK(int value) {
        set(k(), value);
        return this;
    }

    public String getUserCol() {
        return (String) p.value("userCol");
    }

    public String getItemCol() {
        return (String) p.value("itemCol");
    }

    public String getPredictionCol() {
        return (String) p.value("predictionCol");
    }

    public String getColdStartStrategy() {
        return (String) p.value("coldStartStrategy");
    }

    public int getBlockSize() {
        return (Integer) p.value("blockSize");
    }

    public boolean getFilterSeen() {
        return (Boolean) p.value("filterSeen");
    }

    public boolean getRankMode() {
        return (Boolean) p.value("rankMode");
    }

    public int getK() {
        return (Integer) p.value("k");
    }

    Factors factors() {
        if (factors == null) {
            throw new IllegalStateException("this model has no factors: it was neither trained nor loaded here.");
        }
        return factors;
    }

    /** Length of an embedding. */
    public int rank() {
        return factors().table().value().dimension();
    }

    /** id, features. */
    public Dataset<Row> userFactors() {
        return features(factors().users);
    }

    /** id, features. */
    public Dataset<Row> itemFactors() {
        return features(factors().items);
    }

    private static Dataset<Row> features(Dataset<Row> side) {
        UserDefinedFunction floats = udf((UDF1<byte[], float[]>) Bytes::floats, FLOATS);
        return side.select(col("id"), floats.apply(col("vector")).alias("features"));
    }

    /** The best items for each user of the training: (user, recommendations), each an array of (item, rating), best first. */
    public Dataset<Row> recommendForAllUsers(int numItems) {
        return recommend(factors().users, numItems);
    }

    /** As {@link #recommendForAllUsers}, for the distinct users of a frame; those that are unknown are left out. */
    public Dataset<Row> recommendForUserSubset(Dataset<?> dataset, int numItems) {
        Columns.id(dataset.schema(), "userCol", getUserCol());
        Dataset<Row> wanted = dataset.select(col(getUserCol()).alias("wanted")).distinct();
        return recommend(
                factors().users.join(wanted, col("id").equalTo(col("wanted"))).drop("wanted"), numItems);
    }

    private Dataset<Row> recommend(Dataset<Row> people, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("numItems = " + n + "; it must be at least 1.");
        }
        DataType item = factors().items.schema().apply("id").dataType();
        StructType type = new StructType()
                .add(getUserCol(), people.schema().apply("id").dataType())
                .add(
                        "recommendations",
                        DataTypes.createArrayType(
                                new StructType().add(getItemCol(), item).add("rating", DataTypes.FloatType)));
        MapPartitionsFunction<Row, Row> lists = new Lists(factors().table(), n, getFilterSeen());
        return people.mapPartitions(lists, Encoders.row(type));
    }

    /**
     * With users and items: their score, in {@link #predictionCol}; unknown ones get NaN or are dropped ({@link #coldStartStrategy}). With
     * {@link #rankMode}: for each user, {@code prediction} and {@code label} for {@code RankingEvaluator}. With users only: their lists of
     * {@link #k} items.
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        if (!Columns.has(dataset.schema(), getItemCol())) {
            return recommendForUserSubset(dataset, getK());
        }
        return getRankMode() ? ranks(dataset) : scores(dataset);
    }

    private Dataset<Row> scores(Dataset<?> dataset) {
        UserDefinedFunction dot = udf(
                (UDF2<byte[], byte[], Float>) (a, b) -> a == null || b == null ? null : Bytes.dot(a, b),
                DataTypes.FloatType);
        Column score = coalesce(dot.apply(col("mineral_user_vector"), col("mineral_item_vector")), lit(Float.NaN));
        Dataset<Row> scored = withVectors(
                        withVectors(dataset.toDF(), factors().users, getUserCol(), "mineral_user"),
                        factors().items,
                        getItemCol(),
                        "mineral_item")
                .withColumn(getPredictionCol(), score)
                .drop("mineral_user", "mineral_user_vector", "mineral_item", "mineral_item_vector");
        return getColdStartStrategy().equals("drop")
                ? scored.filter(col(getPredictionCol()).isNaN().unary_$bang())
                : scored;
    }

    /** The frame with columns {@code name} and {@code name_vector}; null where an id is unknown. */
    private static Dataset<Row> withVectors(Dataset<Row> frame, Dataset<Row> side, String idCol, String name) {
        Dataset<Row> vectors = side.select(col("id").alias(name), col("vector").alias(name + "_vector"));
        return frame.join(vectors, col(idCol).equalTo(col(name)), "left");
    }

    private Dataset<Row> ranks(Dataset<?> dataset) {
        Dataset<Row> held = dataset.toDF()
                .select(col(getUserCol()).alias("held_user"), col(getItemCol()).alias("held_item"))
                .join(
                        factors().items.select(col("number"), col("id").alias("known_item")),
                        col("held_item").equalTo(col("known_item")),
                        "left")
                .groupBy("held_user")
                .agg(collect_set(coalesce(col("number"), lit(-1))).alias("held"));
        Dataset<Row> people =
                factors().users.join(held, col("id").equalTo(col("held_user"))).select("id", "vector", "seen", "held");
        MapPartitionsFunction<Row, Row> ranks = new Ranks(factors().table(), getK());
        return people.mapPartitions(
                ranks, Encoders.row(ranked(people.schema().apply("id").dataType(), p)));
    }

    /** The columns of {@link #transform} in rank mode. */
    private static StructType ranked(DataType user, SharedParams p) {
        return new StructType()
                .add(p.text("userCol"), user)
                .add(p.text("predictionCol"), DOUBLES)
                .add("label", DOUBLES);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns.id(schema, "userCol", getUserCol());
        return schema(schema, p);
    }

    /** The columns of {@link #transform}. */
    static StructType schema(StructType schema, SharedParams p) {
        DataType user = schema.apply(p.text("userCol")).dataType();
        if (!Columns.has(schema, p.text("itemCol"))) {
            return new StructType()
                    .add(p.text("userCol"), user)
                    .add("recommendations", DataTypes.createArrayType(new StructType()));
        }
        Columns.id(schema, "itemCol", p.text("itemCol"));
        if (p.flag("rankMode")) {
            return ranked(user, p);
        }
        return schema.add(p.text("predictionCol"), DataTypes.FloatType);
    }

    @Override
    public MineralModel copy(ParamMap extra) {
        MineralModel copy = new MineralModel(uid, factors());
        copyValues(copy, extra);
        copy.setParent(parent());
        return copy;
    }

    @Override
    public MLWriter write() {
        return SavedModel.writer(this);
    }

    public static MLReader<MineralModel> read() {
        return SavedModel.reader();
    }

    public static MineralModel load(String path) {
        return read().load(path);
    }
}
