package org.mineral.app.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.model.io.FactorFormat;
import org.mineral.model.io.FactorRows;
import org.mineral.model.io.ModelFiles;
import org.mineral.model.io.SeenRows;
import org.mineral.model.similarity.ItemWeights;

/**
 * {@code users.parquet} and {@code items.parquet} with the columns id and factors (a list of 32-bit floats),
 * {@code seen.parquet} with the columns user and item, and {@code trained.parquet} like it if there are others in
 * {@code seen.parquet}. Item weights: {@code weights.parquet} with the columns item, scored and weight, and ids alone in the first two.
 */
public final class ParquetFactors implements FactorFormat {

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public void write(VectorModel model, Path directory) throws IOException {
        factors(directory.resolve("users.parquet"), model.users(), model.userVectors());
        factors(directory.resolve("items.parquet"), model.items(), model.itemVectors());
        interactions(model, directory);
    }

    @Override
    public void write(ItemSimilarityModel model, Path directory) throws IOException {
        ids(directory.resolve("users.parquet"), model.users());
        ids(directory.resolve("items.parquet"), model.items());
        ItemWeights weights = model.weights();
        IdMap items = model.items();
        try (ParquetTable table = new ParquetTable("item varchar, scored varchar, weight float")) {
            for (int i = 0; i < items.size(); i++) {
                for (int k = weights.offsets()[i]; k < weights.offsets()[i + 1]; k++) {
                    table.add(items.id(i), items.id(weights.columns()[k]), weights.values()[k]);
                }
            }
            table.write(directory.resolve("weights.parquet"));
        }
        interactions(model, directory);
    }

    private static void ids(Path file, IdMap ids) throws IOException {
        try (ParquetTable table = new ParquetTable("id varchar")) {
            for (String id : ids.ids()) {
                table.add(id);
            }
            table.write(file);
        }
    }

    private static void interactions(Model model, Path directory) throws IOException {
        pairs(directory.resolve("seen.parquet"), model, model.known());
        if (ModelFiles.holdsOut(model)) {
            pairs(directory.resolve("trained.parquet"), model, model.trained());
        }
    }

    private static void pairs(Path file, Model model, Interactions interactions) throws IOException {
        try (ParquetTable table = new ParquetTable("\"user\" varchar, item varchar")) {
            for (int u = 0; u < interactions.users(); u++) {
                for (int k = interactions.begin(u); k < interactions.end(u); k++) {
                    table.add(model.users().id(u), model.items().id(interactions.columns()[k]));
                }
            }
            table.write(file);
        }
    }

    private static void factors(Path file, IdMap ids, Matrix factors) throws IOException {
        try (ParquetTable table = new ParquetTable("id varchar, factors float[" + factors.columns() + "]")) {
            for (int r = 0; r < factors.rows(); r++) {
                table.add(ids.id(r), factors.row(r));
            }
            table.write(file);
        }
    }

    @Override
    public Tables read(Path directory) throws IOException {
        FactorRows users = readFactors(directory.resolve("users.parquet"));
        FactorRows items = readFactors(directory.resolve("items.parquet"));
        Interactions known = readPairs(directory.resolve("seen.parquet"), users.ids(), items.ids());
        Path trained = directory.resolve("trained.parquet");
        return new Tables(
                users.ids(),
                items.ids(),
                users.matrix(),
                items.matrix(),
                Files.exists(trained) ? readPairs(trained, users.ids(), items.ids()) : known,
                known);
    }

    private static Interactions readPairs(Path file, IdMap users, IdMap items) throws IOException {
        SeenRows pairs = new SeenRows(file, users, items);
        try (DuckDb duck = new DuckDb()) {
            long[] row = {0};
            check(duck, file, Map.of("user", "VARCHAR", "item", "VARCHAR"));
            duck.query(
                    "select \"user\", item from " + DuckDb.parquet(file),
                    pair -> pairs.add(++row[0], pair.getString(1), pair.getString(2)));
        } catch (SQLException e) {
            throw ParquetFile.damaged(file, e);
        }
        return pairs.build();
    }

    private static FactorRows readFactors(Path file) throws IOException {
        FactorRows rows = new FactorRows(file);
        try (DuckDb duck = new DuckDb()) {
            long[] line = {0};
            check(duck, file, Map.of("id", "VARCHAR", "factors", "FLOAT[]"));
            duck.query(
                    "select id, factors::float[] from " + DuckDb.parquet(file),
                    row -> rows.add(++line[0], row.getString(1), floats(file, line[0], row.getArray(2))));
        } catch (SQLException e) {
            throw ParquetFile.damaged(file, e);
        }
        return rows;
    }

    private static float[] floats(Path file, long line, Array array) throws SQLException {
        Object[] values = array == null ? new Object[0] : (Object[]) array.getArray();
        float[] floats = new float[values.length];
        for (int k = 0; k < floats.length; k++) {
            if (values[k] == null) {
                throw new InputException(file + ": row " + line + ": found a factor that is null; allowed: numbers.");
            }
            floats[k] = ((Number) values[k]).floatValue();
        }
        return floats;
    }

    /** Checks that the columns exist and ids are texts, because a numeric id may have changed. */
    private static void check(DuckDb duck, Path file, Map<String, String> columns) throws IOException, SQLException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Map<String, String> found = duck.columns(DuckDb.parquet(file));
        columns.forEach((name, type) -> {
            String is = found.get(name);
            if (is == null || type.equals("VARCHAR") && !is.equals(type)) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s: found %s; allowed: a column '%s' of type %s; export the model again.",
                        file,
                        is == null ? "no column '" + name + "'" : name + " of type " + is,
                        name,
                        type));
            }
        });
    }
}
