"""The package in an ordinary PySpark session, whose Java is beside it."""

import inspect
import pickle
import subprocess
import sys
import unittest
import unittest.mock

import mineral_spark
from data import films, pairs, quick, taste, untrained
from mineral_spark import MineralModel, MineralRecommender
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import RankingEvaluator
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.sql import SparkSession
from session import SessionTest

# A program of ALS. Its first line is the one that changes.
PROGRAM = """
from pyspark.ml.recommendation import ALS
als = ALS(rank=8, maxIter=2, regParam=0.01, implicitPrefs=True, userCol="user", itemCol="item", ratingCol="rating",
          coldStartStrategy="drop", blockSize=1024)
als.setSeed(1).setNumBlocks(2)
model = als.fit(ratings)
rank = model.rank
frames = dict(
    lists=model.recommendForAllUsers(3),
    some=model.recommendForUserSubset(ratings.where("user < 3"), 2),
    scores=model.transform(ratings),
    users=model.userFactors,
    items=model.itemFactors,
    people=model.recommendForAllItems(3),
    few=model.recommendForItemSubset(ratings.where("item < 3"), 2),
)
"""


class PySparkTest(SessionTest):
    @classmethod
    def session(cls):
        return (
            SparkSession.builder.master("local[2]")
            .config("spark.driver.memory", "1g")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.warehouse.dir", cls.scratch.name + "/warehouse")
        )

    @classmethod
    def made(cls):
        cls.spark.sparkContext.setLogLevel("ERROR")
        return cls.spark.createDataFrame(pairs(), ["user", "item"]).repartition(2).cache()

    def test_lists_have_the_taste_of_the_user_and_nothing_seen(self):
        lists = self.lists(self.model.recommendForAllUsers(3))
        self.assertEqual(160, len(lists))
        seen = set(pairs())
        right = [taste(item) == taste(user) for user, items in lists.items() for item in items]
        self.assertGreater(sum(right), 0.8 * len(right))
        self.assertFalse([pair for pair in seen if pair[1] in lists[pair[0]]])
        every = self.model.copy().setFilterSeen(False)
        self.assertTrue([pair for pair in seen if pair[1] in self.lists(every.recommendForAllUsers(3))[pair[0]]])
        self.assertTrue(self.model.getFilterSeen())

    def test_lists_of_some_users_by_both_ways(self):
        some = self.frame.where("user in ('u1', 'u2')")
        lists = self.lists(self.model.recommendForUserSubset(some, 4))
        self.assertEqual({"u1", "u2"}, set(lists))
        self.assertEqual(lists, self.lists(self.model.transform(some.select("user"), {self.model.k: 4})))

    def test_scores_of_pairs(self):
        frame = self.spark.createDataFrame([("u1", "i1"), ("nobody", "i1")], ["user", "item"])
        scores = {row["user"]: row["prediction"] for row in self.model.transform(frame).collect()}
        self.assertTrue(-1.01 < scores["u1"] < 1.01)
        self.assertNotEqual(scores["nobody"], scores["nobody"])
        dropping = self.model.copy({self.model.coldStartStrategy: "drop", self.model.predictionCol: "score"})
        self.assertEqual(["u1"], [row["user"] for row in dropping.transform(frame).select("user", "score").collect()])

    def test_histories_and_items(self):
        history = self.spark.createDataFrame([(7, ["i1", "i9", "unknown"])], "session int, history array<string>")
        row = self.model.recommendForHistories(history, 3).first()
        self.assertEqual(7, row["session"])
        self.assertEqual([1, 1, 1], [taste(one["item"]) for one in row["recommendations"]])
        self.assertFalse({"i1", "i9"} & {one["item"] for one in row["recommendations"]})
        lists = {row["item"]: [one["item"] for one in row["recommendations"]]
                 for row in self.model.similarItems(["i2", "i3", "unknown"], 4).collect()}
        self.assertEqual({"i2": [2] * 4, "i3": [3] * 4}, {i: [taste(one) for one in lists[i]] for i in lists})
        items = self.frame.where("item in ('i2', 'i3')")
        self.assertEqual(2, self.model.similarItems(items, 4).count())
        called = self.model.copy({self.model.transformMethod: "similarItems", self.model.k: 4})
        self.assertEqual(self.model.similarItems(items, 4).schema, called.transform(items).schema)

    def test_to_and_from_an_ordinary_model_directory(self):
        self.model.saveAsMineral(self.path("mineral"))
        again = MineralModel.fromMineral(self.spark, self.path("mineral"))
        self.assertEqual(self.lists(self.model.recommendForAllUsers(3)), self.lists(again.recommendForAllUsers(3)))
        with self.assertRaises(IllegalArgumentException):
            MineralModel.fromMineral(self.spark, self.path("nowhere"))

    def test_replacing_als_is_one_line(self):
        ratings = self.frame.selectExpr(
            "cast(substring(user, 2) as int) user", "cast(substring(item, 2) as int) item", "1f rating"
        )
        changed = PROGRAM.replace(
            "from pyspark.ml.recommendation import ALS", "from mineral_spark import MineralRecommender as ALS"
        )
        self.assertEqual(1, sum(a != b for a, b in zip(PROGRAM.splitlines(), changed.splitlines())))
        theirs, ours = {"ratings": ratings}, {"ratings": ratings}
        exec(PROGRAM, theirs)
        exec(changed, ours)
        self.assertIsInstance(ours["model"], MineralModel)
        self.assertEqual(theirs["rank"], ours["rank"])
        for name, frame in theirs["frames"].items():
            self.assertEqual(frame.schema.simpleString(), ours["frames"][name].schema.simpleString(), name)
            self.assertEqual(frame.count(), ours["frames"][name].count(), name)

    def test_new_items_are_recommended_by_their_attributes(self):
        new = films(self.spark)
        self.assert_taste_of(new, quick(itemFeatures="films", maxIter=5).fit(self.frame))
        with self.assertRaisesRegex(IllegalArgumentException, "itemFeatures = nowhere is no table"):
            quick(itemFeatures="nowhere").fit(self.frame)

    def test_saved_and_loaded(self):
        self.model.copy({self.model.k: 7}).write().overwrite().save(self.path("model"))
        again = MineralModel.load(self.path("model"))
        self.assertEqual(7, again.getK())
        self.assertEqual(self.model.uid, again.uid)
        self.assertEqual(self.lists(self.model.recommendForAllUsers(3)), self.lists(again.recommendForAllUsers(3)))
        estimator = quick(loss="softmax", settings=["history=1", "item_bias=true"])
        estimator.save(self.path("estimator"))
        loaded = MineralRecommender.load(self.path("estimator"))
        self.assertEqual(estimator.uid, loaded.uid)
        values = {param.name: value for param, value in estimator.extractParamMap().items()}
        self.assertEqual(values, {param.name: value for param, value in loaded.extractParamMap().items()})

    def test_a_pipeline_is_loaded_where_nothing_was_imported(self):
        Pipeline(stages=[untrained()]).save(self.path("stages"))
        pipeline = Pipeline.load(self.path("stages")).fit(self.frame)
        pipeline.write().overwrite().save(self.path("pipeline"))
        # As in a process that has not imported this package.
        names = ("mineral_spark", "org.mineral.spark", "org.mineral.spark.params")
        with unittest.mock.patch.dict(sys.modules):
            for name in names:
                sys.modules.pop(name)
            loaded = PipelineModel.load(self.path("pipeline"))
        self.assertEqual("MineralModel", type(loaded.stages[0]).__name__)
        self.assertEqual(10, loaded.transform(self.frame.limit(10)).where("not isnan(prediction)").count())

    def test_cross_validation_chooses_by_ranks(self):
        recommender = quick(rankMode=True, k=10)
        untrained = ["start=random", "learning_rate=1e-9"]
        grid = ParamGridBuilder().addGrid(recommender.settings, [untrained, []]).build()
        evaluator = RankingEvaluator(metricName="ndcgAtK", k=10)
        chosen = CrossValidator(
            estimator=recommender, estimatorParamMaps=grid, evaluator=evaluator, numFolds=2, seed=3
        ).fit(self.frame)
        self.assertGreater(chosen.avgMetrics[1], 1.5 * chosen.avgMetrics[0])
        chosen.write().overwrite().save(self.path("validated"))
        best = CrossValidatorModel.load(self.path("validated")).bestModel
        self.assertEqual("MineralModel", type(best).__name__)
        self.assertEqual(chosen.bestModel.uid, best.uid)

    def test_parameters_are_those_of_java(self):
        for ours, java in (
            (MineralRecommender(), self.spark._jvm.org.mineral.spark.MineralRecommender()),
            (self.model, self.spark._jvm.org.mineral.spark.MineralModel()),
        ):
            defaults = {p.name: (p.doc, ours._defaultParamMap[p]) for p in ours.params}
            self.assertEqual({p.name(): (p.doc(), self.default(java, p)) for p in java.params()}, defaults)
            for param in ours.params:
                name = param.name[0].upper() + param.name[1:]
                self.assertTrue(hasattr(ours, "set" + name) and hasattr(ours, "get" + name), name)
        names = set(inspect.signature(MineralRecommender).parameters)
        self.assertEqual({param.name for param in MineralRecommender().params}, names)

    @staticmethod
    def default(java, param):
        value = java.getDefault(param).get()
        return list(value) if param.name() == "settings" else value

    def test_what_cannot_be_is_refused(self):
        for wrong, words in (
            (dict(userCol="nope"), "userCol = nope does not exist. Available: user, item"),
            (dict(rank=0), "rank given invalid value 0"),
            (dict(loss="als"), "unknown loss 'als'"),
            (dict(settings=["layers=2"]), "layers = 2"),
            (dict(implicitPrefs=False), "implicitPrefs = false"),
            (dict(coldStartStrategy="guess"), "coldStartStrategy given invalid value guess"),
        ):
            with self.assertRaisesRegex(IllegalArgumentException, words):
                quick(**wrong).fit(self.frame)
        with self.assertRaisesRegex(TypeError, "factors is no parameter.*rank"):
            MineralRecommender(factors=3)
        with self.assertRaisesRegex(TypeError, "rank"):
            MineralRecommender(rank="many")
        with self.assertRaisesRegex(IllegalArgumentException, "numItems = 0"):
            self.model.recommendForAllUsers(0)

    def test_classes_are_pickled(self):
        self.assertIs(MineralModel, pickle.loads(pickle.dumps(MineralModel)))

    def test_without_a_session_or_jars(self):
        script = (
            "from mineral_spark import MineralModel, MineralRecommender\n"
            "def refused(call):\n"
            "    try:\n"
            "        call()\n"
            "    except RuntimeError as e:\n"
            "        print(e)\n"
            "refused(MineralRecommender)\n"
            "from pyspark.sql import SparkSession\n"
            "spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()\n"
            "refused(MineralRecommender)\n"
            "refused(lambda: MineralModel.load('nowhere'))\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        lines = done.stdout.splitlines()
        self.assertEqual(3, len(lines), done.stdout + done.stderr)
        self.assertIn("There is no Spark session", lines[0])
        for line in lines[1:]:
            self.assertIn('.config("spark.jars", mineral_spark.jars())', line)

    def test_the_jars_are_named_for_the_shell(self):
        done = subprocess.run([sys.executable, "-m", "mineral_spark"], capture_output=True, text=True)
        self.assertEqual(mineral_spark.jars(), done.stdout.strip())
        self.assertIn("mineral-core-", done.stdout)


if __name__ == "__main__":
    unittest.main()
