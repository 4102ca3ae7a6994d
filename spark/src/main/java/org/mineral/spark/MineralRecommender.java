package org.mineral.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.shard.ShardRun;
import org.mineral.algorithm.sequence.SequenceShardRun;

/**
 * Matrix factorisation, or a model of sequences ({@link #algorithm}), for implicit feedback with any loss of Mineral, trained on the cluster, under the names of Spark's ALS: replacing {@code new
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
public final class MineralRecommender extends Estimator<MineralModel>
        implements ServingParams<MineralRecommender>,
                AlsParams<MineralRecommender>,
                TrainingParams<MineralRecommender>,
                DefaultParamsWritable {

    private static final long serialVersionUID = 1;

    private final String uid;

    public MineralRecommender() {
        this(Identifiable$.MODULE$.randomUID("mineral"));
    }

    public MineralRecommender(String uid) {
        this.uid = uid;
        ParamTable.training(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Shards of users, as in ALS; its blocks of items have no meaning here. */
    public MineralRecommender setNumBlocks(int value) {
        return setNumUserBlocks(value);
    }

    /**
     * Trains.
     *
     * @throws IllegalArgumentException if a parameter, a column, an id or the table of {@link #itemFeatures} cannot be used, or the items do not fit into
     *     memory
     * @throws org.mineral.config.InputException for a setting of Mineral that is unknown, out of range, or not possible in training by shards
     */
    @Override
    public MineralModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        ItemFeatures features = ItemFeatures.of(dataset, this);
        Map<String, String> given = given();
        if (ofSequences()) {
            SequenceShardRun.check(given);
            return new SequenceFit(this, given).fit(dataset, features).setParent(this);
        }
        ShardRun.check(EmbeddingSettings.of(given));
        return new Training(this, given).fit(dataset, features).setParent(this);
    }

    private boolean ofSequences() {
        return getAlgorithm().equals(ParamTable.SEQUENCE);
    }

    /** The settings of Mineral that parameters name, those by a rule left out. */
    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("loss", getLoss());
        // Sequences have defaults of their own.
        if (!ofSequences() || isSet(rank())) {
            given.put("dimension", String.valueOf(getRank()));
        }
        if (!ofSequences() || isSet(trainBlockSize())) {
            given.put("block_size", String.valueOf(getTrainBlockSize()));
        }
        given.put("seed", String.valueOf(getSeed()));
        if (!getCandidates().equals("auto")) {
            given.put("candidates", getCandidates());
        }
        if (getMaxIter() > 0) {
            given.put("epochs", String.valueOf(getMaxIter()));
        }
        Map<String, Double> numbers =
                Map.of("temperature", getTemperature(), "lambda", getLossLambda(), "learning_rate", getLearningRate());
        numbers.forEach((setting, value) -> {
            if (value > 0) {
                given.put(setting, String.valueOf(value));
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
        if (ofSequences()) {
            Columns.time(schema, getTimestampCol());
        }
        return Columns.transformed(schema, schema.apply(getUserCol()).dataType(), this);
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
