import org.apache.spark.ml.evaluation.RankingEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.mineral.spark.MineralModel;
import org.mineral.spark.MineralRecommender;

/** CSV of user, item to a model, its quality on a fifth of the rows, and lists: {@code RecommendOnSpark rows.csv output}. */
public class RecommendOnSpark {

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<Row> rows = spark.read().schema("user string, item string").csv(args[0]).cache();
        Dataset<Row>[] parts = rows.randomSplit(new double[] {0.8, 0.2}, 1);

        MineralModel model = new MineralRecommender().setRank(32).setNumUserBlocks(2).fit(parts[0]);
        double ndcg = new RankingEvaluator()
                .setMetricName("ndcgAtK")
                .setK(20)
                .evaluate(model.setRankMode(true).setK(20).transform(parts[1]));
        System.out.println("NDCG@20 " + ndcg);

        model.recommendForAllUsers(10).write().parquet(args[1] + "/lists");
        Dataset<Row> sessions = parts[1].groupBy("user").agg(org.apache.spark.sql.functions.collect_list("item").alias("history"));
        model.recommendForHistories(sessions, 10).write().parquet(args[1] + "/sessions");
        model.saveAsMineral(args[1] + "/model");
    }
}
