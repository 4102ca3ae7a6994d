"""Trains on Spark, measures the lists on what was held out, recommends, and saves the model.

    pip install "mineral-spark[pyspark]"        # on a cluster that has Spark: pip install mineral-spark
    python recommend_on_spark.py
    spark-submit --jars "$(python -m mineral_spark)" recommend_on_spark.py
"""

import random
import tempfile

import mineral_spark
from mineral_spark import MineralModel, MineralRecommender
from pyspark.ml.evaluation import RankingEvaluator
from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.appName("recommend")
    .config("spark.jars", mineral_spark.jars())
    .config("spark.sql.shuffle.partitions", "2")
    .getOrCreate()
)

# 160 people, each of whom likes one of eight kinds of things. A frame of your own: spark.read.parquet(...), columns user and item.
random.seed(1)
pairs = {(f"person-{u}", f"thing-{random.randrange(12) * 8 + u % 8}") for u in range(160) for _ in range(8)}
train, held_out = spark.createDataFrame(sorted(pairs), ["user", "item"]).cache().randomSplit([0.8, 0.2], seed=1)

recommender = MineralRecommender(userCol="user", itemCol="item", rank=16, maxIter=5, numUserBlocks=2)
model = recommender.fit(train)

ranks = model.copy().setRankMode(True).setK(10).transform(held_out)
print("NDCG@10:", RankingEvaluator(metricName="ndcgAtK", k=10).evaluate(ranks))

model.recommendForAllUsers(5).orderBy("user").show(3, truncate=False)

with tempfile.TemporaryDirectory() as directory:
    model.write().overwrite().save(directory + "/model")
    again = MineralModel.load(directory + "/model")
    again.recommendForUserSubset(held_out.limit(1), 3).show(truncate=False)
spark.stop()
