package org.mineral.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The parameters of the estimator or the model, with their defaults. Those that are in ALS have its names. */
final class SharedParams {

    /** Those of the model; Spark would not read one back that has no public method. */
    static final Set<String> OF_MODEL = Set.of(
            "userCol", "itemCol", "predictionCol", "coldStartStrategy", "blockSize", "filterSeen", "rankMode", "k");

    private final Params owner;
    private final Set<String> only;
    private final Map<String, Param<?>> all = new LinkedHashMap<>();

    /** @param only names to have; empty: all */
    SharedParams(Params owner, Set<String> only) {
        this.owner = owner;
        this.only = only;
        text("userCol", "column of user ids: string, long, int, short or byte", "user");
        text("itemCol", "column of item ids: string, long, int, short or byte", "item");
        text("ratingCol", "column of ratings, if the frame has it: rows of 0 or less are left out", "rating");
        text("predictionCol", "column of scores", "prediction");
        choice(
                "coldStartStrategy",
                "what transform does with unknown users and items: nan or drop",
                "nan",
                "nan",
                "drop");
        whole("rank", "length of an embedding", 1, 64);
        whole("maxIter", "passes over the users; 0: by a rule from the number of interactions, 10 to 30", 0, 0);
        number(
                "regParam",
                "accepted for programs written for ALS, without effect: it belongs to the squared loss",
                0.1);
        number("alpha", "a row counts 1 + alpha * rating; 0: all rows count the same", 0);
        flag("implicitPrefs", "must be true: items are ranked, ratings are not predicted", true);
        flag("nonnegative", "must be false", false);
        whole("numUserBlocks", "shards of users; 0: as many as tasks run at once. The result depends on it", 0, 0);
        whole("numItemBlocks", "accepted for programs written for ALS, without effect: items are not divided", 1, 10);
        whole(
                "checkpointInterval",
                "accepted for programs written for ALS, without effect: see docs/how-to/spark.md",
                -1,
                10);
        text("intermediateStorageLevel", "where users' state is kept between meetings", "MEMORY_AND_DISK");
        text("finalStorageLevel", "where the model's factors are kept", "MEMORY_AND_DISK");
        whole(
                "blockSize",
                "accepted for programs written for ALS, without effect: batches of inference have a fixed size",
                1,
                4096);
        text("loss", "what is minimised: mine+, softmax, bpr, ...", "mine+");
        number("temperature", "t: scores are similarities divided by it; 0: by a rule from the data", 0);
        number("lossLambda", "lambda of the loss; 0: its own", 0);
        text("candidates", "all, uniform:M, popularity:M:alpha, in-batch, mixed:M; auto: the loss's own", "auto");
        number("learningRate", "step size at the start; 0: by the rule", 0);
        whole("trainBlockSize", "users in a step", 1, 480);
        whole("meetings", "meetings of the shards in an epoch; 0: ceil(300 / epochs)", 0, 0);
        put(new StringArrayParam(owner, "settings", "further settings of Mineral, each name=value"), new String[0]);
        flag("filterSeen", "whether recommendations leave out what a user had in training", true);
        flag("rankMode", "transform gives what RankingEvaluator measures, a row for each user", false);
        whole("k", "length of lists that transform makes", 1, 100);
        if (has("seed")) {
            put(new LongParam(owner, "seed", "seed of every random number"), 42L);
        }
    }

    private boolean has(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private void text(String name, String doc, String value) {
        if (has(name)) {
            put(new Param<String>(owner.uid(), name, doc, String.class), value);
        }
    }

    private void choice(String name, String doc, String value, String... allowed) {
        if (has(name)) {
            put(
                    new Param<String>(
                            owner.uid(), name, doc, ParamValidators.<String>inArray(List.of(allowed)), String.class),
                    value);
        }
    }

    private void whole(String name, String doc, int least, int value) {
        if (has(name)) {
            put(new IntParam(owner, name, doc, ParamValidators.<Object>gtEq(least)), value);
        }
    }

    private void number(String name, String doc, double value) {
        if (has(name)) {
            put(new DoubleParam(owner, name, doc, ParamValidators.<Object>gtEq(0)), value);
        }
    }

    private void flag(String name, String doc, boolean value) {
        if (has(name)) {
            put(new BooleanParam(owner, name, doc), value);
        }
    }

    @SuppressWarnings("unchecked")
    private void put(Param<?> param, Object value) {
        if (has(param.name())) {
            all.put(param.name(), param);
            owner.defaultParamMap().put((Param<Object>) param, value);
        }
    }

    @SuppressWarnings("unchecked")
    <T> Param<T> get(String name) {
        return (Param<T>) Objects.requireNonNull(all.get(name));
    }

    Object value(String name) {
        return owner.getOrDefault(this.<Object>get(name));
    }

    String text(String name) {
        return (String) value(name);
    }

    int whole(String name) {
        return (Integer) value(name);
    }

    double number(String name) {
        return (Double) value(name);
    }

    boolean flag(String name) {
        return (Boolean) value(name);
    }

    /** Gives the model the values of the parameters that it has, those that were set and the defaults. */
    void copyTo(MineralModel model) {
        for (String name : OF_MODEL) {
            model.set(model.getParam(name), value(name));
        }
    }
}
