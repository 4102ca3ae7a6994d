package org.mineral.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The parameters, with their defaults; those that are in ALS have its names. They are kept where Spark keeps defaults. Each needs a public method of
 * its name ({@link ServingParams}, {@link AlsParams}, {@link TrainingParams}), for Spark finds them by these.
 */
record ParamTable(Params owner) {

    static final String MF = "mf";
    static final String SEQUENCE = "sequence";

    /** Gives a model its parameters. */
    static void model(Params owner) {
        serving(owner);
        List<String> methods = new ArrayList<>(List.of(ModelMethods.NAMES));
        methods.add("transform");
        new ParamTable(owner)
                .choice(
                        "transformMethod",
                        "method of the model whose result transform gives, with k as the length of lists; transform: by the frame's columns",
                        "transform",
                        methods.toArray(String[]::new));
    }

    /** Gives both the estimator and its model what they share. */
    private static void serving(Params owner) {
        ParamTable to = new ParamTable(owner);
        to.text("userCol", "column of user ids: string, long, int, short or byte", "user");
        to.text("itemCol", "column of item ids: string, long, int, short or byte", "item");
        to.text("historyCol", "column of histories: arrays of item ids, oldest first", "history");
        to.text("predictionCol", "column of scores", "prediction");
        to.choice(
                "coldStartStrategy",
                "what transform does with unknown users: nan, drop, or fold-in, by their histories; unknown items get NaN or are dropped",
                "nan",
                "nan",
                "drop",
                "fold-in");
        to.whole(
                "blockSize",
                "accepted for programs written for ALS, without effect: batches of inference have a fixed size",
                1,
                4096);
        to.flag("filterSeen", "whether recommendations leave out what a user had in training", true);
        to.flag("rankMode", "transform gives what RankingEvaluator measures, a row for each user", false);
        to.whole("k", "length of lists that transform makes", 1, 100);
    }

    /** Gives an estimator its parameters, those of its model among them. */
    static void training(Params owner) {
        serving(owner);
        ParamTable to = new ParamTable(owner);
        to.text("ratingCol", "column of ratings, if the frame has it: rows of 0 or less are left out", "rating");
        to.whole("rank", "length of an embedding; of sequences, where it is not set, 256", 1, 64);
        to.whole(
                "maxIter",
                "passes over the users; 0: by a rule from the number of interactions, 10 to 30; 3 over sequences",
                0,
                0);
        to.number(
                "regParam",
                "accepted for programs written for ALS, without effect: it belongs to the squared loss",
                0.1);
        to.number("alpha", "a row counts 1 + alpha * rating; 0: all rows count the same", 0);
        to.flag("implicitPrefs", "must be true: items are ranked, ratings are not predicted", true);
        to.flag("nonnegative", "must be false", false);
        to.whole("numUserBlocks", "shards of users; 0: as many as tasks run at once. The result depends on it", 0, 0);
        to.whole(
                "numItemBlocks", "accepted for programs written for ALS, without effect: items are not divided", 1, 10);
        to.whole(
                "checkpointInterval",
                "accepted for programs written for ALS, without effect: see docs/how-to/spark.md",
                -1,
                10);
        to.text("intermediateStorageLevel", "where users' state is kept between meetings", "MEMORY_AND_DISK");
        to.text("finalStorageLevel", "where the model's factors are kept", "MEMORY_AND_DISK");
        to.put(new LongParam(owner, "seed", "seed of every random number"), 42L);
        to.choice(
                "algorithm",
                "mf: vectors of users and items; sequence: what comes next, from the items that a user took last",
                MF,
                MF,
                SEQUENCE);
        to.text("timestampCol", "for sequences, column of times: numbers, timestamps or dates", "timestamp");
        to.text(
                "itemFeatures",
                "table or temporary view of items' attributes: a column named as itemCol, and any others; empty for none",
                "");
        to.text("loss", "what is minimised: mine+, softmax, bpr, ...", "mine+");
        to.number(
                "temperature",
                "t: scores are similarities divided by it; 0: by a rule from the data; 0.1 over sequences",
                0);
        to.number("lossLambda", "lambda of the loss; 0: its own", 0);
        to.text("candidates", "all, uniform:M, popularity:M:alpha, in-batch, mixed:M; auto: the loss's own", "auto");
        to.number("learningRate", "step size at the start; 0: by the rule", 0);
        to.whole("trainBlockSize", "users in a step; places of sequences, where it is not set, 1024", 1, 480);
        to.whole("meetings", "meetings of the shards in an epoch; 0: ceil(300 / epochs)", 0, 0);
        to.put(new StringArrayParam(owner, "settings", "further settings of Mineral, each name=value"), new String[0]);
    }

    private void text(String name, String doc, String value) {
        put(new Param<String>(owner.uid(), name, doc, String.class), value);
    }

    private void choice(String name, String doc, String value, String... allowed) {
        put(
                new Param<String>(
                        owner.uid(), name, doc, ParamValidators.<String>inArray(List.of(allowed)), String.class),
                value);
    }

    private void whole(String name, String doc, int least, int value) {
        put(new IntParam(owner, name, doc, ParamValidators.<Object>gtEq(least)), value);
    }

    private void number(String name, String doc, double value) {
        put(new DoubleParam(owner, name, doc, ParamValidators.<Object>gtEq(0)), value);
    }

    private void flag(String name, String doc, boolean value) {
        put(new BooleanParam(owner, name, doc), value);
    }

    @SuppressWarnings("unchecked")
    private void put(Param<?> param, Object value) {
        owner.defaultParamMap().put((Param<Object>) param, value);
    }

    @SuppressWarnings("unchecked")
    static <P> Param<P> get(Params owner, String name) {
        for (ParamPair<?> pair :
                CollectionConverters.asJava(owner.defaultParamMap().toSeq())) {
            if (pair.param().name().equals(name)) {
                return (Param<P>) pair.param();
            }
        }
        throw new IllegalArgumentException("no parameter " + name);
    }

    /** @return the owner */
    @SuppressWarnings("unchecked")
    static <T> T set(Params owner, String name, Object value) {
        return (T) owner.set(ParamTable.<Object>get(owner, name), value);
    }

    @SuppressWarnings("unchecked")
    static <V> V value(Params owner, String name) {
        return (V) owner.getOrDefault(ParamTable.<Object>get(owner, name));
    }

    /** Gives a model the values of an estimator, those that were set and the defaults. */
    static void copy(Params from, Params to) {
        for (Param<?> param : to.params()) {
            if (from.hasParam(param.name())) {
                set(to, param.name(), value(from, param.name()));
            }
        }
    }
}
