"""Parameters of the estimator and its model: names, types and defaults of the Java classes, in which their values are checked."""

from typing import Any, List, TypeVar

from pyspark.ml.param import Param, Params, TypeConverters

P = TypeVar("P", bound=Params)


def text(name: str, doc: str) -> "Param[str]":
    return Param(Params._dummy(), name, doc, typeConverter=TypeConverters.toString)


def _whole(name: str, doc: str) -> "Param[int]":
    return Param(Params._dummy(), name, doc, typeConverter=TypeConverters.toInt)


def _number(name: str, doc: str) -> "Param[float]":
    return Param(Params._dummy(), name, doc, typeConverter=TypeConverters.toFloat)


def _flag(name: str, doc: str) -> "Param[bool]":
    return Param(Params._dummy(), name, doc, typeConverter=TypeConverters.toBoolean)


class ServingParams(Params):
    """Parameters of a model, which the estimator hands on to it."""

    userCol = text("userCol", "column of user ids: string, long, int, short or byte")
    itemCol = text("itemCol", "column of item ids: string, long, int, short or byte")
    historyCol = text("historyCol", "column of histories: arrays of item ids, oldest first")
    predictionCol = text("predictionCol", "column of scores")
    coldStartStrategy = text(
        "coldStartStrategy",
        "what transform does with unknown users: nan, drop, or fold-in, by their histories; "
        "unknown items get NaN or are dropped",
    )
    blockSize = _whole(
        "blockSize", "accepted for programs written for ALS, without effect: batches of inference have a fixed size"
    )
    filterSeen = _flag("filterSeen", "whether recommendations leave out what a user had in training")
    rankMode = _flag("rankMode", "transform gives what RankingEvaluator measures, a row for each user")
    k = _whole("k", "length of lists that transform makes")

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._setDefault(
            userCol="user",
            itemCol="item",
            historyCol="history",
            predictionCol="prediction",
            coldStartStrategy="nan",
            blockSize=4096,
            filterSeen=True,
            rankMode=False,
            k=100,
        )

    def getUserCol(self) -> str:
        return self.getOrDefault(self.userCol)

    def getItemCol(self) -> str:
        return self.getOrDefault(self.itemCol)

    def getHistoryCol(self) -> str:
        return self.getOrDefault(self.historyCol)

    def getPredictionCol(self) -> str:
        return self.getOrDefault(self.predictionCol)

    def getColdStartStrategy(self) -> str:
        return self.getOrDefault(self.coldStartStrategy)

    def getBlockSize(self) -> int:
        return self.getOrDefault(self.blockSize)

    def getFilterSeen(self) -> bool:
        return self.getOrDefault(self.filterSeen)

    def getRankMode(self) -> bool:
        return self.getOrDefault(self.rankMode)

    def getK(self) -> int:
        return self.getOrDefault(self.k)

    def setUserCol(self: P, value: str) -> P:
        return self._set(userCol=value)

    def setItemCol(self: P, value: str) -> P:
        return self._set(itemCol=value)

    def setHistoryCol(self: P, value: str) -> P:
        return self._set(historyCol=value)

    def setPredictionCol(self: P, value: str) -> P:
        return self._set(predictionCol=value)

    def setColdStartStrategy(self: P, value: str) -> P:
        return self._set(coldStartStrategy=value)

    def setBlockSize(self: P, value: int) -> P:
        return self._set(blockSize=value)

    def setFilterSeen(self: P, value: bool) -> P:
        return self._set(filterSeen=value)

    def setRankMode(self: P, value: bool) -> P:
        return self._set(rankMode=value)

    def setK(self: P, value: int) -> P:
        return self._set(k=value)


class AlsParams(Params):
    """Parameters of a training that ALS has too, under its names."""

    ratingCol = text("ratingCol", "column of ratings, if the frame has it: rows of 0 or less are left out")
    rank = _whole("rank", "length of an embedding; of sequences, where it is not set, 256")
    maxIter = _whole(
        "maxIter",
        "passes over the users; 0: by a rule from the number of interactions, 10 to 30; 3 over sequences",
    )
    regParam = _number(
        "regParam", "accepted for programs written for ALS, without effect: it belongs to the squared loss"
    )
    alpha = _number("alpha", "a row counts 1 + alpha * rating; 0: all rows count the same")
    implicitPrefs = _flag("implicitPrefs", "must be true: items are ranked, ratings are not predicted")
    nonnegative = _flag("nonnegative", "must be false")
    numUserBlocks = _whole(
        "numUserBlocks", "shards of users; 0: as many as tasks run at once. The result depends on it"
    )
    numItemBlocks = _whole(
        "numItemBlocks", "accepted for programs written for ALS, without effect: items are not divided"
    )
    checkpointInterval = _whole(
        "checkpointInterval", "accepted for programs written for ALS, without effect: see docs/how-to/spark.md"
    )
    intermediateStorageLevel = text("intermediateStorageLevel", "where users' state is kept between meetings")
    finalStorageLevel = text("finalStorageLevel", "where the model's factors are kept")
    seed = _whole("seed", "seed of every random number")

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._setDefault(
            ratingCol="rating",
            rank=64,
            maxIter=0,
            regParam=0.1,
            alpha=0.0,
            implicitPrefs=True,
            nonnegative=False,
            numUserBlocks=0,
            numItemBlocks=10,
            checkpointInterval=10,
            intermediateStorageLevel="MEMORY_AND_DISK",
            finalStorageLevel="MEMORY_AND_DISK",
            seed=42,
        )

    def getRatingCol(self) -> str:
        return self.getOrDefault(self.ratingCol)

    def getRank(self) -> int:
        return self.getOrDefault(self.rank)

    def getMaxIter(self) -> int:
        return self.getOrDefault(self.maxIter)

    def getRegParam(self) -> float:
        return self.getOrDefault(self.regParam)

    def getAlpha(self) -> float:
        return self.getOrDefault(self.alpha)

    def getImplicitPrefs(self) -> bool:
        return self.getOrDefault(self.implicitPrefs)

    def getNonnegative(self) -> bool:
        return self.getOrDefault(self.nonnegative)

    def getNumUserBlocks(self) -> int:
        return self.getOrDefault(self.numUserBlocks)

    def getNumItemBlocks(self) -> int:
        return self.getOrDefault(self.numItemBlocks)

    def getCheckpointInterval(self) -> int:
        return self.getOrDefault(self.checkpointInterval)

    def getIntermediateStorageLevel(self) -> str:
        return self.getOrDefault(self.intermediateStorageLevel)

    def getFinalStorageLevel(self) -> str:
        return self.getOrDefault(self.finalStorageLevel)

    def getSeed(self) -> int:
        return self.getOrDefault(self.seed)

    def setRatingCol(self: P, value: str) -> P:
        return self._set(ratingCol=value)

    def setRank(self: P, value: int) -> P:
        return self._set(rank=value)

    def setMaxIter(self: P, value: int) -> P:
        return self._set(maxIter=value)

    def setRegParam(self: P, value: float) -> P:
        return self._set(regParam=value)

    def setAlpha(self: P, value: float) -> P:
        return self._set(alpha=value)

    def setImplicitPrefs(self: P, value: bool) -> P:
        return self._set(implicitPrefs=value)

    def setNonnegative(self: P, value: bool) -> P:
        return self._set(nonnegative=value)

    def setNumUserBlocks(self: P, value: int) -> P:
        return self._set(numUserBlocks=value)

    def setNumItemBlocks(self: P, value: int) -> P:
        return self._set(numItemBlocks=value)

    def setNumBlocks(self: P, value: int) -> P:
        """Shards of users, as in ALS; its blocks of items have no meaning here."""
        return self._set(numUserBlocks=value)

    def setCheckpointInterval(self: P, value: int) -> P:
        return self._set(checkpointInterval=value)

    def setIntermediateStorageLevel(self: P, value: str) -> P:
        return self._set(intermediateStorageLevel=value)

    def setFinalStorageLevel(self: P, value: str) -> P:
        return self._set(finalStorageLevel=value)

    def setSeed(self: P, value: int) -> P:
        return self._set(seed=value)


class TrainingParams(Params):
    """Parameters of a training that ALS does not have."""

    algorithm = text(
        "algorithm",
        "mf: vectors of users and items; sequence: what comes next, from the items that a user took last",
    )
    timestampCol = text("timestampCol", "for sequences, column of times: numbers, timestamps or dates")
    itemFeatures = text(
        "itemFeatures",
        "table or temporary view of items' attributes: a column named as itemCol, and any others; empty for none",
    )
    loss = text("loss", "what is minimised: mine+, softmax, bpr, ...")
    temperature = _number(
        "temperature", "t: scores are similarities divided by it; 0: by a rule from the data; 0.1 over sequences"
    )
    lossLambda = _number("lossLambda", "lambda of the loss; 0: its own")
    candidates = text(
        "candidates", "all, uniform:M, popularity:M:alpha, in-batch, mixed:M; auto: the loss's own"
    )
    learningRate = _number("learningRate", "step size at the start; 0: by the rule")
    trainBlockSize = _whole("trainBlockSize", "users in a step; places of sequences, where it is not set, 1024")
    meetings = _whole("meetings", "meetings of the shards in an epoch; 0: ceil(300 / epochs)")
    settings: "Param[List[str]]" = Param(
        Params._dummy(),
        "settings",
        "further settings of Mineral, each name=value",
        typeConverter=TypeConverters.toListString,
    )

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._setDefault(
            algorithm="mf",
            timestampCol="timestamp",
            itemFeatures="",
            loss="mine+",
            temperature=0.0,
            lossLambda=0.0,
            candidates="auto",
            learningRate=0.0,
            trainBlockSize=480,
            meetings=0,
            settings=[],
        )

    def getAlgorithm(self) -> str:
        return self.getOrDefault(self.algorithm)

    def getTimestampCol(self) -> str:
        return self.getOrDefault(self.timestampCol)

    def getItemFeatures(self) -> str:
        return self.getOrDefault(self.itemFeatures)

    def getLoss(self) -> str:
        return self.getOrDefault(self.loss)

    def getTemperature(self) -> float:
        return self.getOrDefault(self.temperature)

    def getLossLambda(self) -> float:
        return self.getOrDefault(self.lossLambda)

    def getCandidates(self) -> str:
        return self.getOrDefault(self.candidates)

    def getLearningRate(self) -> float:
        return self.getOrDefault(self.learningRate)

    def getTrainBlockSize(self) -> int:
        return self.getOrDefault(self.trainBlockSize)

    def getMeetings(self) -> int:
        return self.getOrDefault(self.meetings)

    def getSettings(self) -> List[str]:
        return self.getOrDefault(self.settings)

    def setAlgorithm(self: P, value: str) -> P:
        return self._set(algorithm=value)

    def setTimestampCol(self: P, value: str) -> P:
        return self._set(timestampCol=value)

    def setItemFeatures(self: P, value: str) -> P:
        return self._set(itemFeatures=value)

    def setLoss(self: P, value: str) -> P:
        return self._set(loss=value)

    def setTemperature(self: P, value: float) -> P:
        return self._set(temperature=value)

    def setLossLambda(self: P, value: float) -> P:
        return self._set(lossLambda=value)

    def setCandidates(self: P, value: str) -> P:
        return self._set(candidates=value)

    def setLearningRate(self: P, value: float) -> P:
        return self._set(learningRate=value)

    def setTrainBlockSize(self: P, value: int) -> P:
        return self._set(trainBlockSize=value)

    def setMeetings(self: P, value: int) -> P:
        return self._set(meetings=value)

    def setSettings(self: P, *value: str) -> P:
        """Each is a name, =, and a value: ``setSettings("item_bias=true", "history=1")``."""
        return self._set(settings=list(value))
