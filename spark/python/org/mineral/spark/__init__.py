"""The estimator and the model of Mineral for PySpark; programs import them from ``mineral_spark``.

PySpark goes from the name of a Java class to a Python class of the same name when it loads models and pipelines, so this package is called as that of
the Java classes.
"""

import inspect
from typing import Any, Dict, Iterable, List, Optional, Union

from pyspark.errors import PySparkException
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.utils import is_remote

from org.mineral.spark.params import AlsParams, ServingParams, TrainingParams, text

__all__ = ["MineralModel", "MineralRecommender"]

_NO_JARS = (
    "Spark does not have the jars of Mineral. They come with the package mineral-spark: start the session with "
    '.config("spark.jars", mineral_spark.jars()), or spark-submit and servers of Spark Connect with '
    '--jars "$(python -m mineral_spark)".'
)


def _check_spark() -> None:
    """Raises RuntimeError where there is no session, or one without Mineral. Over Spark Connect only the server knows."""
    if is_remote():
        return
    # The client of Spark Connect alone does not have it.
    from pyspark.core.context import SparkContext

    context = SparkContext._active_spark_context
    if context is None or context._jvm is None:
        raise RuntimeError("There is no Spark session. Start one before anything of Mineral is made or loaded.")
    if not callable(context._jvm.org.mineral.spark.MineralRecommender):
        raise RuntimeError(_NO_JARS)


class _Saved(JavaMLWritable, JavaMLReadable):
    """Saved and loaded by Java, in the format of Java."""

    @classmethod
    def read(cls) -> "JavaMLReader[Any]":
        _check_spark()
        return super().read()


class MineralRecommender(JavaEstimator["MineralModel"], ServingParams, AlsParams, TrainingParams, _Saved):
    """Matrix factorisation for implicit feedback with any loss of Mineral, under the names of ALS: replacing ``ALS(...)`` by
    ``MineralRecommender(...)`` is one line.

    Each parameter is an argument of the constructor and has a setter and a getter; ``explainParams()`` says what they mean. Ids may be strings or
    integers of any size. Values, columns and ids that cannot be used are refused with ``pyspark.errors.IllegalArgumentException`` before any job starts.

    >>> model = MineralRecommender(userCol="user", itemCol="item").fit(interactions)
    >>> lists = model.recommendForAllUsers(10)
    """

    def __init__(self, **params: Any):
        super().__init__()
        _check_spark()
        self._java_obj = self._new_java_obj("org.mineral.spark.MineralRecommender", self.uid)
        self.setParams(**params)

    def setParams(self, **params: Any) -> "MineralRecommender":
        """Sets parameters by their names.

        :raises TypeError: for a name that is no parameter's
        """
        for name in params:
            if not self.hasParam(name):
                known = ", ".join(param.name for param in self.params)
                raise TypeError(f"{name} is no parameter of MineralRecommender. Its parameters: {known}")
        return self._set(**params)

    def _create_model(self, java_model: Any) -> "MineralModel":
        return MineralModel(java_model)

    def _fit(self, dataset: DataFrame) -> "MineralModel":
        try:
            return super()._fit(dataset)
        except PySparkException as e:
            if is_remote() and "Unsupported ML operator" in str(e):
                raise RuntimeError("On the server of this session, " + _NO_JARS) from e
            raise


def _signature() -> inspect.Signature:
    """That of the constructor, from the parameters: for help() and notebooks."""
    defaults = {}
    for mixin in (AlsParams, ServingParams, TrainingParams):
        defaults.update({param.name: value for param, value in mixin()._defaultParamMap.items()})
    keywords = [inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=v) for n, v in defaults.items()]
    return inspect.Signature(keywords)


MineralRecommender.__signature__ = _signature()  # type: ignore[attr-defined]


class MineralModel(JavaModel, ServingParams, _Saved):
    """A trained MineralRecommender, with the methods of ALS's model.

    Ids in results have the type that they had in training. A score is the cosine of user and item, or their dot product for a loss of dot products, and
    with biases the item's is added. Lists are columns ``recommendations``, each an array of (id, rating), best first. With ``filterSeen`` they leave out
    what a user had in training.

    Over Spark Connect, Spark calls no method but ``transform`` of a model that is not its own. What returns a frame goes that way there, by
    ``transformMethod``; ``saveAsMineral`` and ``fromMineral`` cannot.
    """

    transformMethod = text(
        "transformMethod",
        "method of the model whose result transform gives, with k as the length of lists; transform: by the frame's columns",
    )

    def __init__(self, java_model: Optional[Any] = None):
        super().__init__(java_model)
        self._setDefault(transformMethod="transform")

    def getTransformMethod(self) -> str:
        return self.getOrDefault(self.transformMethod)

    def setTransformMethod(self, value: str) -> "MineralModel":
        return self._set(transformMethod=value)

    @property
    def rank(self) -> int:
        """Length of an embedding."""
        if is_remote():
            return len(self.itemFactors.first()["features"])
        return self._call_java("rank")

    @property
    def userFactors(self) -> DataFrame:
        """Columns id, features."""
        return self._frame("userFactors")

    @property
    def itemFactors(self) -> DataFrame:
        """Columns id, features."""
        return self._frame("itemFactors")

    def recommendForAllUsers(self, numItems: int) -> DataFrame:
        """The best items for each user of the training: columns user, recommendations."""
        return self._frame("recommendForAllUsers", numItems)

    def recommendForUserSubset(self, dataset: DataFrame, numItems: int) -> DataFrame:
        """As recommendForAllUsers, for the distinct users of a frame; those that are unknown are left out."""
        return self._frame("recommendForUserSubset", numItems, dataset)

    def recommendForAllItems(self, numUsers: int) -> DataFrame:
        """The best users for each item: columns item, recommendations."""
        return self._frame("recommendForAllItems", numUsers)

    def recommendForItemSubset(self, dataset: DataFrame, numUsers: int) -> DataFrame:
        """As recommendForAllItems, for the distinct items of a frame; those that are unknown are left out."""
        return self._frame("recommendForItemSubset", numUsers, dataset)

    def recommendForHistories(self, dataset: DataFrame, numItems: int) -> DataFrame:
        """The best items for each history: all columns of the frame, and recommendations.

        A history is an array of item ids, oldest first, in the column ``historyCol``; users need not have been in training. Unknown items are left out;
        where none is left, the list is empty.
        """
        return self._frame("recommendForHistories", numItems, dataset)

    def similarItems(self, items: Union[DataFrame, Iterable[Any]], numItems: int) -> DataFrame:
        """The items with the largest cosine to each of some items, itself left out: columns item, recommendations.

        :param items: a frame with the column of items, or ids; those that are unknown are left out
        """
        if not hasattr(items, "sparkSession"):
            session = SparkSession.getActiveSession()
            items = session.createDataFrame([(str(item),) for item in items], "id string").toDF(self.getItemCol())
        return self._frame("similarItems", numItems, items)

    def saveAsMineral(self, path: str) -> None:
        """Writes the directory of an ordinary Mineral model, which ``mineral`` reads and serves, with ids as text.

        :param path: in the driver's file system; a model that is there is replaced
        :raises NotImplementedError: over Spark Connect
        :raises IllegalArgumentException: if it does not fit into the driver, or the path cannot be written
        """
        _check_driver("saveAsMineral")
        self._call_java("saveAsMineral", path)

    @classmethod
    def fromMineral(cls, spark: SparkSession, path: str) -> "MineralModel":
        """An ordinary Mineral model of factors, as ``mineral train`` makes it. Ids are strings.

        :param path: of its directory, in the driver's file system
        :raises NotImplementedError: over Spark Connect
        :raises IllegalArgumentException: if the directory holds no such model
        """
        _check_driver("fromMineral")
        java_model = spark._jvm.org.mineral.spark.MineralModel
        return cls._from_java(java_model.fromMineral(spark._jsparkSession, path))

    def _frame(self, method: str, n: Optional[int] = None, dataset: Optional[DataFrame] = None) -> DataFrame:
        """What a method of the Java model returns, by transform where no other can be called."""
        if is_remote():
            params: Dict[Any, Any] = {self.transformMethod: method}
            if n is not None:
                params[self.k] = n
            return self.transform(SparkSession.getActiveSession().range(0) if dataset is None else dataset, params)
        self._transfer_params_to_java()
        arguments: List[Any] = [argument for argument in (dataset, n) if argument is not None]
        return self._call_java(method, *arguments)


def _check_driver(method: str) -> None:
    if is_remote():
        raise NotImplementedError(
            f"{method} does not work over Spark Connect, where only the server's driver sees its files. Save the model with "
            "write() and load it in a program on the driver, by spark-submit."
        )
    _check_spark()
