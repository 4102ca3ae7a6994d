package org.mineral.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.embedding.target.UserTemperatures;
import org.mineral.algorithm.sequence.SequenceModel;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.provenance.Provenance;

/** A model of one machine: a directory as {@code mineral train} makes it, in the driver's file system. */
final class MineralDirectory {

    /** Models of these names are factors, and fold in by the loss that they were trained with. */
    private static final Set<String> FACTORS = Set.of("mf", "lightgcn");

    /** About what an id costs beside its characters. */
    private static final int ID_BYTES = 80;

    private MineralDirectory() {}

    static void save(Factors factors, String path) {
        Path directory = local(path);
        ItemTable table = factors.table().value();
        boolean sequences = factors.positions != null;
        Row size = factors.stored.agg(count(lit(1)), sum(length(col("seen")))).first();
        long users = size.getLong(0);
        long interactions = size.getLong(1) / Integer.BYTES;
        check(users, table.size(), table.dimension(), interactions);
        Matrix vectors = new Matrix(sequences ? 0 : (int) users, table.dimension());
        int[] offsets = new int[(int) users + 1];
        int[] order = new int[(int) interactions];
        IdMap.Builder ids = IdMap.builder();
        int u = 0;
        for (Iterator<Row> rows = factors.stored.orderBy("id").toLocalIterator(); rows.hasNext(); u++) {
            Row row = rows.next();
            ids.add(String.valueOf(row.get(0)));
            if (!sequences) {
                vectors.setRow(u, Bytes.floats(row.getAs("vector")));
            }
            int[] seen = Bytes.ints(row.getAs("seen"));
            System.arraycopy(seen, 0, order, offsets[u], seen.length);
            offsets[u + 1] = offsets[u] + seen.length;
        }
        IdMap.Builder items = IdMap.builder();
        for (Object id : table.ids) {
            items.add(String.valueOf(id));
        }
        int[] columns = order.clone();
        for (int k = 0; k < u; k++) {
            Arrays.sort(columns, offsets[k], offsets[k + 1]);
        }
        Interactions seen = new Interactions(table.size(), offsets, columns);
        AttributeTables attributes = factors.attributes == null ? AttributeTables.NONE : factors.attributes.collect();
        Model model = sequences
                ? table.sequences(ids.build(), items.build(), new Sequences(seen, order), attributes)
                : new FactorModel(
                                vectors,
                                table.matrix(),
                                ids.build(),
                                items.build(),
                                seen,
                                ModelInfo.of(FactorModel.NAME, factors.settings, Provenance.NONE))
                        .withAttributes(attributes);
        model.save(directory);
    }

    /** @throws IllegalArgumentException with the numbers */
    static void check(long users, long items, int dimension, long interactions) {
        long most = Integer.MAX_VALUE;
        long stride = Matrix.pad(dimension);
        if (users * stride > most || interactions > most) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%,d users of rank %d and %,d interactions do not fit into one machine's arrays: at most %,d users of that rank, and"
                            + " %,d interactions. Use write().save(path), or recommendForHistories with a model of some of the users.",
                    users,
                    dimension,
                    interactions,
                    most / stride,
                    most));
        }
        long needed = Float.BYTES * (stride * (users + 2 * items) + interactions) + ID_BYTES * (users + items);
        long there = Runtime.getRuntime().maxMemory();
        if (needed > there) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%,d users, %,d items and %,d interactions of rank %d need %,d MB on the driver, whose heap has %,d MB."
                            + " Raise spark.driver.memory.",
                    users,
                    items,
                    interactions,
                    dimension,
                    needed >> 20,
                    there >> 20));
        }
    }

    static MineralModel load(SparkSession spark, String path) {
        Model model = Models.load(local(path));
        String algorithm = Algorithms.name(model.info());
        Factors factors;
        if (model instanceof FactorModel known && FACTORS.contains(algorithm)) {
            factors = factors(spark, known);
        } else if (model instanceof SequenceModel known) {
            factors = sequences(spark, known);
        } else {
            throw new IllegalArgumentException(path + " is a model of the kind '" + algorithm
                    + "'; only those of lightgcn, mf and sequence are read on Spark.");
        }
        return new MineralModel(Identifiable$.MODULE$.randomUID("mineral"), factors);
    }

    private static Factors factors(SparkSession spark, FactorModel model) {
        List<Row> users = new ArrayList<>();
        for (int u = 0; u < model.users().size(); u++) {
            if (model.population().hasUser(u)) {
                int[] seen = model.known().row(u);
                users.add(RowFactory.create(
                        model.users().id(u), Bytes.row(model.userFactors(), u), Bytes.of(seen, 0, seen.length)));
            }
        }
        return new Factors(
                frame(spark, users, Factors.users(DataTypes.StringType)),
                items(spark, model, null),
                model.info().config(),
                UserTemperatures.meanLog(model.trained()),
                null,
                AttributeFrames.of(spark, model.attributeTables()));
    }

    private static Factors sequences(SparkSession spark, SequenceModel model) {
        List<Row> users = new ArrayList<>();
        for (int u = 0; u < model.users().size(); u++) {
            int[] seen = model.sequences().of(u);
            if (seen.length > 0) {
                users.add(RowFactory.create(model.users().id(u), Bytes.of(seen, 0, seen.length)));
            }
        }
        return new Factors(
                frame(spark, users, Factors.sequences(DataTypes.StringType)),
                items(spark, model, model.contextVectors()),
                model.info().config(),
                0,
                model.positionWeights(),
                AttributeFrames.of(spark, model.attributeTables()));
    }

    private static Dataset<Row> frame(SparkSession spark, List<Row> users, StructType type) {
        return spark.createDataFrame(new JavaSparkContext(spark.sparkContext()).parallelize(users), type);
    }

    private static Dataset<Row> items(SparkSession spark, VectorModel model, @Nullable Matrix context) {
        int[] counts = model.trained().itemCounts();
        List<Row> items = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            items.add(Factors.item(i, model.items().id(i), model.itemVectors(), counts[i], context));
        }
        return spark.createDataFrame(items, Factors.items(DataTypes.StringType));
    }

    private static Path local(String path) {
        if (!path.contains(":/")) {
            return Path.of(path);
        }
        URI uri = URI.create(path);
        if (!"file".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    path
                            + " is not a directory of the driver's own file system, where Mineral's models are. Give a local path, and copy.");
        }
        return Path.of(uri.getPath());
    }
}
