package org.mineral.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.attributes.AttributeVectors;

/**
 * What a model keeps of the attributes of its items, for {@link MineralModel#saveAsMineral}. Lists need none of it: attributes are in the items' vectors.
 *
 * @param attributes number, name, weight, vector
 * @param rows of the items: number, attributes (their numbers), values, norm
 * @param fields of a row: number, name, role, numbers
 */
record AttributeFrames(Dataset<Row> attributes, Dataset<Row> rows, Dataset<Row> fields) {

    private static final StructType ATTRIBUTES = new StructType()
            .add("number", DataTypes.IntegerType)
            .add("name", DataTypes.StringType)
            .add("weight", DataTypes.FloatType)
            .add("vector", DataTypes.BinaryType);
    private static final StructType ROWS = new StructType()
            .add("number", DataTypes.IntegerType)
            .add("attributes", DataTypes.BinaryType)
            .add("values", DataTypes.BinaryType)
            .add("norm", DataTypes.FloatType);
    private static final StructType FIELDS = new StructType()
            .add("number", DataTypes.IntegerType)
            .add("name", DataTypes.StringType)
            .add("role", DataTypes.StringType)
            .add("numbers", DataTypes.createArrayType(DataTypes.DoubleType));

    /** Those of items; null if there are none. */
    static @Nullable AttributeFrames of(SparkSession spark, AttributeTables tables) {
        return tables.items().map(items -> of(spark, items)).orElse(null);
    }

    private static AttributeFrames of(SparkSession spark, AttributeVectors items) {
        Attributes all = items.attributes();
        List<Row> attributes = new ArrayList<>();
        for (int a = 0; a < all.columns(); a++) {
            attributes.add(RowFactory.create(a, all.names().id(a), items.weights()[a], Bytes.row(items.vectors(), a)));
        }
        Interactions entries = all.x().entries();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < all.rows(); i++) {
            rows.add(RowFactory.create(
                    i,
                    Bytes.of(entries.columns(), entries.begin(i), entries.count(i)),
                    Bytes.of(all.x().values(), entries.begin(i), entries.count(i)),
                    items.norms()[i]));
        }
        List<Row> fields = new ArrayList<>();
        for (Attributes.Field field : all.fields()) {
            fields.add(RowFactory.create(
                    fields.size(), field.name(), field.role(), field.numbers().toArray(Double[]::new)));
        }
        return new AttributeFrames(
                spark.createDataFrame(attributes, ATTRIBUTES),
                spark.createDataFrame(rows, ROWS),
                spark.createDataFrame(fields, FIELDS));
    }

    void write(String path) {
        attributes.write().parquet(path + "/vectors");
        rows.write().parquet(path + "/rows");
        fields.coalesce(1).write().parquet(path + "/fields");
    }

    static AttributeFrames read(SparkSession spark, String path) {
        return new AttributeFrames(
                spark.read().parquet(path + "/vectors"),
                spark.read().parquet(path + "/rows"),
                spark.read().parquet(path + "/fields"));
    }

    /** All of it, on the driver. */
    AttributeTables collect() {
        List<Row> described = attributes.orderBy("number").collectAsList();
        int d = Bytes.floats(described.get(0).getAs("vector")).length;
        IdMap.Builder names = IdMap.builder();
        float[] weights = new float[described.size()];
        Matrix vectors = new Matrix(weights.length, d);
        for (int a = 0; a < weights.length; a++) {
            names.add(described.get(a).getAs("name"));
            weights[a] = described.get(a).getAs("weight");
            vectors.setRow(a, Bytes.floats(described.get(a).getAs("vector")));
        }
        List<Row> items = rows.orderBy("number").collectAsList();
        int[][] columns = new int[items.size()][];
        float[] norms = new float[columns.length];
        int size = 0;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Bytes.ints(items.get(i).getAs("attributes"));
            norms[i] = items.get(i).getAs("norm");
            size += columns[i].length;
        }
        float[] values = new float[size];
        int at = 0;
        for (Row item : items) {
            float[] own = Bytes.floats(item.getAs("values"));
            System.arraycopy(own, 0, values, at, own.length);
            at += own.length;
        }
        List<Attributes.Field> known = new ArrayList<>();
        for (Row field : fields.orderBy("number").collectAsList()) {
            known.add(new Attributes.Field(field.getAs("name"), field.getAs("role"), field.getList(3)));
        }
        Attributes all = new Attributes(
                new SparseMatrix(Interactions.of(weights.length, columns), values), names.build(), known);
        return new AttributeTables(Optional.empty(), Optional.of(new AttributeVectors(all, weights, vectors, norms)));
    }
}
