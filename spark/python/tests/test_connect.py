"""The package over Spark Connect: a server in a process of its own, and this one without Java."""

import unittest

from data import films, pairs, quick, taste, untrained
from mineral_spark import MineralModel
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import RankingEvaluator
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import SparkSession
from session import SessionTest


class ConnectTest(SessionTest):
    @classmethod
    def session(cls):
        return SparkSession.builder.remote("local[2]")

    @classmethod
    def made(cls):
        return cls.spark.createDataFrame(pairs(), ["user", "item"])

    def test_the_session_is_remote(self):
        self.assertEqual("pyspark.sql.connect.session", type(self.spark).__module__)
        self.assertFalse(hasattr(self.frame, "_jdf"))

    def test_lists(self):
        lists = self.lists(self.model.recommendForAllUsers(3))
        self.assertEqual(160, len(lists))
        right = [taste(item) == taste(user) for user, items in lists.items() for item in items]
        self.assertGreater(sum(right), 0.8 * len(right))
        some = self.lists(self.model.recommendForUserSubset(self.frame.where("user in ('u1', 'u2')"), 3))
        self.assertEqual({user: lists[user] for user in ("u1", "u2")}, some)

    def test_histories_and_items(self):
        history = self.spark.createDataFrame([(7, ["i1", "i9"])], "session int, history array<string>")
        row = self.model.recommendForHistories(history, 3).first()
        self.assertEqual([1, 1, 1], [taste(one["item"]) for one in row["recommendations"]])
        row = self.model.similarItems(["i2"], 4).first()
        self.assertEqual([2] * 4, [taste(one["item"]) for one in row["recommendations"]])
        items = self.frame.where("item in ('i2', 'i3')")
        self.assertEqual(2, self.model.recommendForItemSubset(items, 3).count())
        self.assertEqual(self.model.itemFactors.count(), self.model.recommendForAllItems(3).count())

    def test_new_items_are_recommended_by_their_attributes(self):
        new = films(self.spark)
        self.assert_taste_of(new, quick(itemFeatures="films", maxIter=5).fit(self.frame))

    def test_scores_and_factors(self):
        frame = self.spark.createDataFrame([("u1", "i1"), ("nobody", "i1")], ["user", "item"])
        dropping = self.model.copy({self.model.coldStartStrategy: "drop"})
        self.assertEqual(["u1"], [row["user"] for row in dropping.transform(frame).collect()])
        self.assertEqual(16, self.model.rank)
        self.assertEqual(160, self.model.userFactors.count())
        self.assertEqual({"id", "features"}, set(self.model.itemFactors.columns))

    def test_saved_and_loaded(self):
        self.model.copy({self.model.k: 7}).write().overwrite().save(self.path("model"))
        again = MineralModel.load(self.path("model"))
        self.assertEqual(7, again.getK())
        self.assertEqual(self.lists(self.model.recommendForAllUsers(2)), self.lists(again.recommendForAllUsers(2)))
        pipeline = Pipeline(stages=[untrained()]).fit(self.frame)
        pipeline.write().overwrite().save(self.path("pipeline"))
        loaded = PipelineModel.load(self.path("pipeline"))
        self.assertEqual(10, loaded.transform(self.frame.limit(10)).where("not isnan(prediction)").count())

    def test_cross_validation(self):
        recommender = untrained(rankMode=True, k=10)
        grid = ParamGridBuilder().addGrid(recommender.rank, [8]).build()
        evaluator = RankingEvaluator(metricName="ndcgAtK", k=10)
        chosen = CrossValidator(
            estimator=recommender, estimatorParamMaps=grid, evaluator=evaluator, numFolds=2, seed=3
        ).fit(self.frame)
        self.assertTrue(0 < chosen.avgMetrics[0] < 1)
        self.assertEqual(8, chosen.bestModel.rank)

    def test_what_cannot_be_is_refused(self):
        with self.assertRaisesRegex(NotImplementedError, "saveAsMineral does not work over Spark Connect"):
            self.model.saveAsMineral(self.path("mineral"))
        with self.assertRaisesRegex(NotImplementedError, "fromMineral does not work over Spark Connect"):
            MineralModel.fromMineral(self.spark, self.path("mineral"))
        for wrong, words in (
            (dict(userCol="nope"), "userCol = nope does not exist. Available: user, item"),
            (dict(rank=0), "rank given invalid value 0"),
            (dict(loss="als"), "unknown loss 'als'"),
        ):
            with self.assertRaisesRegex(IllegalArgumentException, words):
                quick(**wrong).fit(self.frame)
        with self.assertRaisesRegex(IllegalArgumentException, "k given invalid value 0"):
            self.model.recommendForAllUsers(0).collect()


if __name__ == "__main__":
    unittest.main()
