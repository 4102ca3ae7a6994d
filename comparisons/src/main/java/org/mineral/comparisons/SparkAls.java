package org.mineral.comparisons;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;

/** ALS for implicit feedback of Spark, on as many local threads; its factors are judged by Mineral's evaluator. */
final class SparkAls implements Baseline {

    private static final String NAME = "Spark ALS";
    private static final int ITERATIONS = 15;
    /** The penalty of Spark's default; it grows with a row's interactions. */
    private static final double REGULARIZATION = 0.1;

    /** The weight of an interaction: Spark's default, and that of the paper behind it (Hu, Koren, Volinsky 2008). */
    private static final double[] ALPHAS = {1, 40};

    @Override
    public void measure(Conditions conditions, Consumer<Measurement> table) {
        for (double alpha : ALPHAS) {
            measure(conditions, table, alpha);
        }
    }

    private static void measure(Conditions conditions, Consumer<Measurement> table, double alpha) {
        int rank = conditions.start().dimension();
        FactorModel[] model = new FactorModel[1];
        SparkSession spark = session(conditions);
        try {
            Dataset<Row> rows = rows(spark, conditions.data().train(), conditions.threads());
            // The data are in Spark's memory before the clock starts, as Mineral's are in its own.
            rows.cache().count();
            ALS als = new ALS()
                    .setImplicitPrefs(true)
                    .setRank(rank)
                    .setMaxIter(ITERATIONS)
                    .setAlpha(alpha)
                    .setRegParam(REGULARIZATION)
                    .setNumBlocks(conditions.threads())
                    .setSeed(42)
                    .setUserCol("user")
                    .setItemCol("item")
                    .setRatingCol("rating");
            double seconds = Measurement.timed(() -> model[0] = fit(conditions, als, rows, rank));
            String run = String.format(
                    Locale.ROOT,
                    "rank %d, %d iterations, alpha %s, regParam %s, local[%d]",
                    rank,
                    ITERATIONS,
                    alpha,
                    REGULARIZATION,
                    conditions.threads());
            // Without Spark's threads beside it.
            spark.stop();
            conditions.quality(NAME, run, seconds, model[0]).forEach(table);
        } finally {
            spark.stop();
        }
    }

    private static FactorModel fit(Conditions conditions, ALS als, Dataset<Row> rows, int rank) {
        ALSModel fitted = als.fit(rows);
        return conditions.model(
                matrix(fitted.userFactors(), conditions.data().users().size(), rank),
                matrix(fitted.itemFactors(), conditions.data().items().size(), rank));
    }

    private static SparkSession session(Conditions conditions) {
        return SparkSession.builder()
                .master("local[" + conditions.threads() + "]")
                .appName("mineral-comparisons")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", String.valueOf(conditions.threads()))
                .config("spark.local.dir", conditions.scratch().toString())
                .getOrCreate();
    }

    private static Dataset<Row> rows(SparkSession spark, Interactions train, int partitions) {
        List<Row> rows = new ArrayList<>(train.size());
        for (int u = 0; u < train.users(); u++) {
            for (int k = train.begin(u); k < train.end(u); k++) {
                rows.add(RowFactory.create(u, train.columns()[k], 1f));
            }
        }
        StructType type = new StructType()
                .add("user", DataTypes.IntegerType)
                .add("item", DataTypes.IntegerType)
                .add("rating", DataTypes.FloatType);
        return spark.createDataFrame(rows, type).repartition(partitions);
    }

    /** Rows that Spark has no factors for stay zero. */
    private static Matrix matrix(Dataset<Row> factors, int n, int rank) {
        Matrix matrix = new Matrix(n, rank);
        for (Row row : factors.collectAsList()) {
            List<Float> values = row.getList(1);
            float[] vector = new float[rank];
            for (int k = 0; k < rank; k++) {
                vector[k] = values.get(k);
            }
            matrix.setRow(row.getInt(0), vector);
        }
        return matrix;
    }
}
