package org.mineral.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.shard.ShardRun;

/**
 * Matrix factorisation for implicit feedback with any loss of Mineral, trained on the cluster, under the names of Spark's ALS: replacing {@code new
 * ALS()} by {@code new MineralRecommender()} is one line.
 *
 * <pre>{@code
 * MineralModel model = new MineralRecommender().setUserCol("user").setItemCol("item").fit(interactions);
 * Dataset<Row> lists = model.recommendForAllUsers(10);
 * }</pre>
 *
 * <p>The result depends on the set of rows, the parameters and the number of shards ({@link #numUserBlocks}); not on executors, threads, or how the
 * frame is partitioned. Errors in parameters and columns are thrown before any job starts.
 */
public final class MineralRecommender extends Estimator<MineralModel> implements DefaultParamsWritable {

    private static final long serialVersionUID = 1;

    private final String uid;
    private final SharedParams p;

    public MineralRecommender() {
        this(Identifiable$.MODULE$.randomUID("mineral"));
    }

    public MineralRecommender(String uid) {
        this.uid = uid;
        this.p = new SharedParams(this, java.util.Set.of());
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Shards of users, as in ALS; its blocks of items have no meaning here. */
    public MineralRecommender setNumBlocks(int value) {
        return setNumUserBlocks(value);
    }

    public Param<String> userCol() {
        return p.get("userCol");
    }

    public Param<String> itemCol() {
        return p.get("itemCol");
    }

    public Param<String> ratingCol() {
        return p.get("ratingCol");
    }

    public Param<String> predictionCol() {
        return p.get("predictionCol");
    }

    public Param<String> coldStartStrategy() {
        return p.get("coldStartStrategy");
    }

    public Param<Object> rank() {
        return p.get("rank");
    }

    public Param<Object> maxIter() {
        return p.get("maxIter");
    }

    public Param<Object> regParam() {
        return p.get("regParam");
    }

    public Param<Object> alpha() {
        return p.get("alpha");
    }

    public Param<Object> implicitPrefs() {
        return p.get("implicitPrefs");
    }

    public Param<Object> nonnegative() {
        return p.get("nonnegative");
    }

    public Param<Object> numUserBlocks() {
        return p.get("numUserBlocks");
    }

    public Param<Object> numItemBlocks() {
        return p.get("numItemBlocks");
    }

    public Param<Object> checkpointInterval() {
        return p.get("checkpointInterval");
    }

    public Param<String> intermediateStorageLevel() {
        return p.get("intermediateStorageLevel");
    }

    public Param<String> finalStorageLevel() {
        return p.get("finalStorageLevel");
    }

    public Param<Object> blockSize() {
        return p.get("blockSize");
    }

    public Param<String> loss() {
        return p.get("loss");
    }

    public Param<Object> temperature() {
        return p.get("temperature");
    }

    public Param<Object> lossLambda() {
        return p.get("lossLambda");
    }

    public Param<String> candidates() {
        return p.get("candidates");
    }

    public Param<Object> learningRate() {
        return p.get("learningRate");
    }

    public Param<Object> trainBlockSize() {
        return p.get("trainBlockSize");
    }

    public Param<Object> meetings() {
        return p.get("meetings");
    }

    public Param<String[]> settings() {
        return p.get("settings");
    }

    public Param<Object> filterSeen() {
        return p.get("filterSeen");
    }

    public Param<Object> rankMode() {
        return p.get("rankMode");
    }

    public Param<Object> k() {
        return p.get("k");
    }

    public Param<Object> seed() {
        return p.get("seed");
    }

    public MineralRecommender setUserCol(String value) {
        set(userCol(), value);
        return this;
    }

    public MineralRecommender setItemCol(String value) {
        set(itemCol(), value);
        return this;
    }

    public MineralRecommender setRatingCol(String value) {
        set(ratingCol(), value);
        return this;
    }

    public MineralRecommender setPredictionCol(String value) {
        set(predictionCol(), value);
        return this;
    }

    public MineralRecommender setColdStartStrategy(String value) {
        set(coldStartStrategy(), value);
        return this;
    }

    public MineralRecommender setRank(int value) {
        set(rank(), value);
        return this;
    }

    public MineralRecommender setMaxIter(int value) {
        set(maxIter(), value);
        return this;
    }

    public MineralRecommender setRegParam(double value) {
        set(regParam(), value);
        return this;
    }

    public MineralRecommender setAlpha(double value) {
        set(alpha(), value);
        return this;
    }

    public MineralRecommender setImplicitPrefs(boolean value) {
        set(implicitPrefs(), value);
        return this;
    }

    public MineralRecommender setNonnegative(boolean value) {
        set(nonnegative(), value);
        return this;
    }

    public MineralRecommender setNumUserBlocks(int value) {
        set(numUserBlocks(), value);
        return this;
    }

    public MineralRecommender setNumItemBlocks(int value) {
        set(numItemBlocks(), value);
        return this;
    }

    public MineralRecommender setCheckpointInterval(int value) {
        set(checkpointInterval(), value);
        return this;
    }

    public MineralRecommender setIntermediateStorageLevel(String value) {
        set(intermediateStorageLevel(), value);
        return this;
    }

    public MineralRecommender setFinalStorageLevel(String value) {
        set(finalStorageLevel(), value);
        return this;
    }

    public MineralRecommender setBlockSize(int value) {
        set(blockSize(), value);
        return this;
    }

    public MineralRecommender setLoss(String value) {
        set(loss(), value);
        return this;
    }

    public MineralRecommender setTemperature(double value) {
        set(temperature(), value);
        return this;
    }

    public MineralRecommender setLossLambda(double value) {
        set(lossLambda(), value);
        return this;
    }

    public MineralRecommender setCandidates(String value) {
        set(candidates(), value);
        return this;
    }

    public MineralRecommender setLearningRate(double value) {
        set(learningRate(), value);
        return this;
    }

    public MineralRecommender setTrainBlockSize(int value) {
        set(trainBlockSize(), value);
        return this;
    }

    public MineralRecommender setMeetings(int value) {
        set(meetings(), value);
        return this;
    }

    public MineralRecommender setSettings(String... value) {
        set(settings(), value);
        return this;
    }

    public MineralRecommender setFilterSeen(boolean value) {
        set(filterSeen(), value);
        return this;
    }

    public MineralRecommender setRankMode(boolean value) {
        set(rankMode(), value);
        return this;
    }

    public MineralRecommender setK(int value) {
        set(k(), value);
        return this;
    }

    public MineralRecommender setSeed(long value) {
        set(seed(), value);
        return this;
    }

    public String getUserCol() {
        return (String) p.value("userCol");
    }

    public String getItemCol() {
        return (String) p.value("itemCol");
    }

    public String getRatingCol() {
        return (String) p.value("ratingCol");
    }

    public String getPredictionCol() {
        return (String) p.value("predictionCol");
    }

    public String getColdStartStrategy() {
        return (String) p.value("coldStartStrategy");
    }

    public int getRank() {
        return (Integer) p.value("rank");
    }

    public int getMaxIter() {
        return (Integer) p.value("maxIter");
    }

    public double getRegParam() {
        return (Double) p.value("regParam");
    }

    public double getAlpha() {
        return (Double) p.value("alpha");
    }

    public boolean getImplicitPrefs() {
        return (Boolean) p.value("implicitPrefs");
    }

    public boolean getNonnegative() {
        return (Boolean) p.value("nonnegative");
    }

    public int getNumUserBlocks() {
        return (Integer) p.value("numUserBlocks");
    }

    public int getNumItemBlocks() {
        return (Integer) p.value("numItemBlocks");
    }

    public int getCheckpointInterval() {
        return (Integer) p.value("checkpointInterval");
    }

    public String getIntermediateStorageLevel() {
        return (String) p.value("intermediateStorageLevel");
    }

    public String getFinalStorageLevel() {
        return (String) p.value("finalStorageLevel");
    }

    public int getBlockSize() {
        return (Integer) p.value("blockSize");
    }

    public String getLoss() {
        return (String) p.value("loss");
    }

    public double getTemperature() {
        return (Double) p.value("temperature");
    }

    public double getLossLambda() {
        return (Double) p.value("lossLambda");
    }

    public String getCandidates() {
        return (String) p.value("candidates");
    }

    public double getLearningRate() {
        return (Double) p.value("learningRate");
    }

    public int getTrainBlockSize() {
        return (Integer) p.value("trainBlockSize");
    }

    public int getMeetings() {
        return (Integer) p.value("meetings");
    }

    public String[] getSettings() {
        return (String[]) p.value("settings");
    }

    public boolean getFilterSeen() {
        return (Boolean) p.value("filterSeen");
    }

    public boolean getRankMode() {
        return (Boolean) p.value("rankMode");
    }

    public int getK() {
        return (Integer) p.value("k");
    }

    public long getSeed() {
        return (Long) p.value("seed");
    }

    /**
     * Trains.
     *
     * @throws IllegalArgumentException if a parameter, a column or an id cannot be used, or the items do not fit into memory
     * @throws org.mineral.config.InputException for a setting of Mineral that is unknown, out of range, or not possible in training by shards
     */
    @Override
    public MineralModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Map<String, String> given = given();
        ShardRun.check(EmbeddingSettings.of(given));
        return new Training(p, given, uid).fit(dataset).setParent(this);
    }

    /** The settings of Mineral that parameters name, those by a rule left out. */
    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("loss", p.text("loss"));
        given.put("dimension", String.valueOf(p.whole("rank")));
        given.put("block_size", String.valueOf(p.whole("trainBlockSize")));
        given.put("seed", String.valueOf(getSeed()));
        if (!p.text("candidates").equals("auto")) {
            given.put("candidates", p.text("candidates"));
        }
        if (p.whole("maxIter") > 0) {
            given.put("epochs", String.valueOf(p.whole("maxIter")));
        }
        Map<String, String> numbers =
                Map.of("temperature", "temperature", "lossLambda", "lambda", "learningRate", "learning_rate");
        numbers.forEach((param, setting) -> {
            if (p.number(param) > 0) {
                given.put(setting, String.valueOf(p.number(param)));
            }
        });
        for (String pair : getSettings()) {
            int at = pair.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException(
                        "settings = " + pair + "; each is a name, =, and a value, such as item_bias=true");
            }
            given.put(pair.substring(0, at).strip(), pair.substring(at + 1).strip());
        }
        return given;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (!getImplicitPrefs()) {
            throw new IllegalArgumentException(
                    "implicitPrefs = false: ratings are not predicted here, items are ranked. Leave it true, or use ALS.");
        }
        if (getNonnegative()) {
            throw new IllegalArgumentException("nonnegative = true is not possible here. Leave it false, or use ALS.");
        }
        Columns.id(schema, "userCol", getUserCol());
        Columns.id(schema, "itemCol", getItemCol());
        if (isSet(ratingCol()) && !getRatingCol().isEmpty() || Columns.has(schema, getRatingCol())) {
            Columns.number(schema, "ratingCol", getRatingCol());
        }
        return MineralModel.schema(schema, p);
    }

    @Override
    public MineralRecommender copy(ParamMap extra) {
        return this.<MineralRecommender>defaultCopy(extra);
    }

    public static MLReader<MineralRecommender> read() {
        return new DefaultParamsReader<>();
    }

    public static MineralRecommender load(String path) {
        return read().load(path);
    }
}
