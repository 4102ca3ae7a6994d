package org.mineral.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A trained {@link MineralRecommender}, with the methods of ALS's model. Ids in results have the type that they had in training;
 * frames may have ids of another of these types, and what is no id of the training is unknown. A score is the cosine
 * of user and item, or their dot product for a loss of dot products, and with biases the item's is added.
 */
public final class MineralModel extends Model<MineralModel> implements ServingParams<MineralModel>, MLWritable {

    private static final long serialVersionUID = 1;

    static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

    private final String uid;
    private final transient @Nullable Factors factors;

    /** For Spark Connect, which finds models as services; one without factors does nothing. */
    public MineralModel() {
        this("", null);
    }

    MineralModel(String uid, @Nullable Factors factors) {
        this.uid = uid;
        this.factors = factors;
        ParamTable.model(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * Which method {@link #transform} calls. Spark Connect calls no other of a model that is not Spark's own; with this, all that return frames can be had
     * there, and in a pipeline.
     */
    public Param<String> transformMethod() {
        return ParamTable.get(this, "transformMethod");
    }

    public MineralModel setTransformMethod(String value) {
        return ParamTable.set(this, "transformMethod", value);
    }

    public String getTransformMethod() {
        return ParamTable.value(this, "transformMethod");
    }

    /** Bytes of the items' vectors, which the driver holds; users are on the executors. */
    @Override
    public long estimatedSize() {
        ItemTable table = factors().table().value();
        return (long) Float.BYTES * table.size() * table.dimension();
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
        return features(factors().users());
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
        return recommend(factors().users(), numItems);
    }

    /** As {@link #recommendForAllUsers}, for the distinct users of a frame; those that are unknown are left out. */
    public Dataset<Row> recommendForUserSubset(Dataset<?> dataset, int numItems) {
        Columns.id(dataset.schema(), "userCol", getUserCol());
        return recommend(wanted(dataset, userIds(dataset), factors().users()), numItems);
    }

    static Dataset<Row> wanted(Dataset<?> dataset, Column ids, Dataset<Row> people) {
        Dataset<Row> wanted = dataset.select(ids.alias("wanted")).distinct();
        return people.join(wanted, col("id").equalTo(col("wanted"))).drop("wanted");
    }

    Dataset<Row> recommend(Dataset<Row> people, int n) {
        checkLength("numItems", n);
        StructType type = withLists(user());
        MapPartitionsFunction<Row, Row> lists = new Lists(factors().table(), n, getFilterSeen());
        return people.mapPartitions(lists, Encoders.row(type));
    }

    /**
     * The best users for each item: (item, recommendations), each an array of (user, rating), best first. With {@link #filterSeen}, users that had the
     * item in training are left out.
     */
    public Dataset<Row> recommendForAllItems(int numUsers) {
        return usersFor(IntStream.range(0, factors().table().value().size()).toArray(), numUsers);
    }

    /** As {@link #recommendForAllItems}, for the distinct items of a frame; those that are unknown are left out. */
    public Dataset<Row> recommendForItemSubset(Dataset<?> dataset, int numUsers) {
        Columns.id(dataset.schema(), "itemCol", getItemCol());
        ItemTable table = factors().table().value();
        int[] numbers = items(dataset).collectAsList().stream()
                .mapToInt(row -> table.number(row.get(0)))
                .filter(item -> item >= 0)
                .sorted()
                .toArray();
        return usersFor(numbers, numUsers);
    }

    private Dataset<Row> usersFor(int[] numbers, int n) {
        checkLength("numUsers", n);
        StructType type = withUsers(item());
        StructType parts = new StructType()
                .add("number", DataTypes.IntegerType)
                .add("users", type.apply("recommendations").dataType());
        MapPartitionsFunction<Row, Row> lists = new UserLists(factors().table(), numbers, n, getFilterSeen());
        MapFunction<Row, Row> merged = new MergedLists(factors().table(), n);
        return factors()
                .users()
                .mapPartitions(lists, Encoders.row(parts))
                .groupBy("number")
                .agg(collect_list("users"))
                .map(merged, Encoders.row(type));
    }

    /**
     * The most similar items for each of the distinct items of a frame: (item, recommendations), each an array of (item, rating), the largest cosine
     * first, without the item itself. Unknown items are left out.
     */
    public Dataset<Row> similarItems(Dataset<?> dataset, int numItems) {
        checkLength("numItems", numItems);
        Columns.id(dataset.schema(), "itemCol", getItemCol());
        StructType type = withLists(item());
        MapPartitionsFunction<Row, Row> lists = new SimilarLists(factors().table(), numItems);
        return items(dataset).mapPartitions(lists, Encoders.row(type));
    }

    /** The distinct items of a frame, in the type of the model. */
    private Dataset<Row> items(Dataset<?> dataset) {
        return dataset.select(itemIds(dataset)).distinct();
    }

    Column itemIds(Dataset<?> dataset) {
        return Columns.ids(dataset.schema(), getItemCol(), factors().itemType());
    }

    Column userIds(Dataset<?> dataset) {
        return Columns.ids(dataset.schema(), getUserCol(), factors().userType());
    }

    /** {@link #similarItems(Dataset, int)} of ids, as numbers or text. */
    public Dataset<Row> similarItems(List<?> ids, int numItems) {
        return similarItems(
                factors()
                        .items
                        .sparkSession()
                        .createDataFrame(
                                ids.stream()
                                        .map(id -> RowFactory.create(Objects.toString(id, null)))
                                        .toList(),
                                new StructType().add(getItemCol(), DataTypes.StringType)),
                numItems);
    }

    private static void checkLength(String name, int n) {
        if (n < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s = %d; it must be at least 1.", name, n));
        }
    }

    /**
     * The best items for each history: all columns of the frame, and recommendations as in {@link #recommendForAllUsers}. A history is an array of item
     * ids, oldest first, in the column {@link #historyCol}; its vector is that of core's fold-in. Unknown items are left out; where none is left, the
     * list is empty.
     */
    public Dataset<Row> recommendForHistories(Dataset<?> dataset, int numItems) {
        checkLength("numItems", numItems);
        StructType schema = dataset.schema();
        Columns.history(schema, getHistoryCol(), factors().itemType());
        MapPartitionsFunction<Row, Row> lists =
                new HistoryLists(factors().table(), schema.fieldIndex(getHistoryCol()), numItems, getFilterSeen());
        return dataset.toDF().mapPartitions(lists, Encoders.row(withLists(schema)));
    }

    /** A column of users. */
    StructType user() {
        return new StructType().add(getUserCol(), factors().userType());
    }

    /** A column of items. */
    StructType item() {
        return new StructType().add(getItemCol(), factors().itemType());
    }

    /** With lists of items. */
    StructType withLists(StructType schema) {
        return schema.add(
                "recommendations", Columns.lists(getItemCol(), factors().itemType()));
    }

    /** With lists of users. */
    StructType withUsers(StructType schema) {
        return schema.add(
                "recommendations", Columns.lists(getUserCol(), factors().userType()));
    }

    /**
     * With users and items: their score, in {@link #predictionCol}; unknown ones get NaN or are dropped ({@link #coldStartStrategy}). With
     * {@link #rankMode}: for each user, {@code prediction} and {@code label} for {@code RankingEvaluator}. With users only: their lists of
     * {@link #k} items. With histories and neither users nor items: {@link #recommendForHistories}.
     *
     * <p>With the strategy {@code fold-in} the frame has a column {@link #historyCol} too: users that are unknown are those of their histories. Where
     * the rows of one user have several, the longest counts. Known users keep what was learnt of them.
     *
     * <p>Where {@link #transformMethod} names another method, what that returns, with lists of {@link #k}; those of all users or items need no column.
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        return getTransformMethod().equals("transform")
                ? new ByColumns(this).transform(dataset)
                : ModelMethods.call(this, dataset);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return getTransformMethod().equals("transform")
                ? new ByColumns(this).schema(schema)
                : ModelMethods.schema(this, schema);
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

    /**
     * Writes the directory of an ordinary Mineral model, which {@code mineral} and core read, with ids as text and the attributes of items: the driver
     * collects all users.
     *
     * @param path in the driver's file system; a model that is there is replaced
     * @throws IllegalArgumentException with the numbers, if users or interactions do not fit into one machine's arrays or the driver's heap
     * @throws org.mineral.config.InputException if the path is something else, or cannot be written
     */
    public void saveAsMineral(String path) {
        MineralDirectory.save(factors(), path);
    }

    /**
     * An ordinary Mineral model of factors, as {@code mineral train} makes it. Ids are strings; what a user had in training or validation counts as
     * seen. Attributes of items are kept for {@link #saveAsMineral}; those of users are left out.
     *
     * @param path of its directory, in the driver's file system
     * @throws IllegalArgumentException if it is a model of another kind
     * @throws org.mineral.config.InputException if the directory holds no valid model
     */
    public static MineralModel fromMineral(SparkSession spark, String path) {
        return MineralDirectory.load(spark, path);
    }

    public static MLReader<MineralModel> read() {
        return SavedModel.reader();
    }

    public static MineralModel load(String path) {
        return read().load(path);
    }
}
