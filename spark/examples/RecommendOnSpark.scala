import org.apache.spark.ml.evaluation.RankingEvaluator
import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.functions.collect_list
import org.mineral.spark.MineralRecommender

/** CSV of user, item to a model, its quality on a fifth of the rows, and lists: `RecommendOnSpark rows.csv output`. */
object RecommendOnSpark {

  def main(args: Array[String]): Unit = {
    val spark = SparkSession.builder().getOrCreate()
    val rows = spark.read.schema("user string, item string").csv(args(0)).cache()
    val Array(train, test) = rows.randomSplit(Array(0.8, 0.2), 1)

    val model = new MineralRecommender().setRank(32).setNumUserBlocks(2).fit(train)
    val evaluator = new RankingEvaluator().setMetricName("ndcgAtK").setK(20)
    println("NDCG@20 " + evaluator.evaluate(model.setRankMode(true).setK(20).transform(test)))

    model.recommendForAllUsers(10).write.parquet(args(1) + "/lists")
    val sessions = test.groupBy("user").agg(collect_list("item").alias("history"))
    model.recommendForHistories(sessions, 10).write.parquet(args(1) + "/sessions")
    model.saveAsMineral(args(1) + "/model")
  }
}
