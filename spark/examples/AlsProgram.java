import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A program that uses Spark's ALS: CSV of user, item, rating to lists as JSON. Mineral takes its place by one changed line. */
public class AlsProgram {

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<Row> ratings = spark.read().schema("user int, item int, rating float").csv(args[0]);
        Dataset<Row>[] parts = ratings.randomSplit(new double[] {0.8, 0.2}, 1);
        var als = new ALS();
        als.setRank(8)
                .setMaxIter(3)
                .setRegParam(0.01)
                .setAlpha(2)
                .setImplicitPrefs(true)
                .setUserCol("user")
                .setItemCol("item")
                .setRatingCol("rating")
                .setColdStartStrategy("drop")
                .setNumBlocks(2)
                .setSeed(7);
        var model = als.fit(parts[0]);
        model.setPredictionCol("score").transform(parts[1]).write().json(args[1] + "/scores");
        model.recommendForAllUsers(5).write().json(args[1] + "/users");
        model.recommendForAllItems(5).write().json(args[1] + "/items");
        model.recommendForUserSubset(parts[1].limit(20), 5)
                .select(col("user"), col("recommendations.item"))
                .write()
                .json(args[1] + "/some-users");
        model.recommendForItemSubset(parts[1].limit(20), 5).write().json(args[1] + "/some-items");
        model.userFactors().union(model.itemFactors()).write().json(args[1] + "/factors");
        new Pipeline()
                .setStages(new PipelineStage[] {als})
                .fit(parts[0])
                .transform(parts[1])
                .write()
                .json(args[1] + "/pipeline");
    }
}
