"""Mineral on Spark, for Python: a recommender with the names of Spark's ALS.

>>> import mineral_spark
>>> from mineral_spark import MineralRecommender
>>> spark = SparkSession.builder.config("spark.jars", mineral_spark.jars()).getOrCreate()
>>> model = MineralRecommender(userCol="user", itemCol="item").fit(interactions)
>>> lists = model.recommendForAllUsers(10)
"""

import importlib
from pathlib import Path

__all__ = ["MineralModel", "MineralRecommender", "jars"]


def jars() -> str:
    """The jars of this package, as ``spark.jars`` and ``--jars`` want them: paths with commas between them."""
    found = sorted(str(jar) for jar in Path(__file__).parent.joinpath("jars").glob("*.jar"))
    if not found:
        raise FileNotFoundError(
            "This copy of mineral-spark has no jars. A build puts the package with them in spark/target/python: "
            "mvn package, then pip install spark/target/python"
        )
    return ",".join(found)


def __getattr__(name: str) -> object:
    # On demand, so that jars() is there for scripts that have no PySpark.
    if name in ("MineralModel", "MineralRecommender"):
        return getattr(importlib.import_module("org.mineral.spark"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
