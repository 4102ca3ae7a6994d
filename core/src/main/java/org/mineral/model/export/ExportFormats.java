package org.mineral.model.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.rows.IdFile;
import org.mineral.data.text.DelimitedRows;
import org.mineral.data.text.TextFile;
import org.mineral.linalg.Matrix;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.model.io.FactorFormat;
import org.mineral.model.io.FactorModelFormat;
import org.mineral.model.io.FactorRows;
import org.mineral.model.io.ItemSimilarityFormat;
import org.mineral.model.io.ModelFiles;
import org.mineral.model.io.NpyFile;
import org.mineral.model.io.SeenRows;
import org.mineral.model.similarity.ItemWeights;

/** The export formats that need no additional library. */
public final class ExportFormats {

    private static final String USERS = "users";
    private static final String ITEMS = "items";
    private static final String WEIGHTS = "weights";

    private ExportFormats() {}

    /** {@code npy}, {@code safetensors} and {@code csv}. */
    public static List<FactorFormat> all() {
        return List.of(new Npy(), new Safetensors(), new Csv());
    }

    /** Arrays as NumPy loads them, ids as text; row i belongs to line i. */
    private static final class Npy implements FactorFormat {

        @Override
        public String name() {
            return "npy";
        }

        @Override
        public void write(VectorModel model, Path directory) throws IOException {
            NpyFile.write(directory.resolve("users.npy"), model.userVectors());
            NpyFile.write(directory.resolve("items.npy"), model.itemVectors());
            interactions(model, directory);
            writeIds(model, directory);
        }

        @Override
        public void write(ItemSimilarityModel model, Path directory) throws IOException {
            ItemWeights weights = model.weights();
            NpyFile.write(file(directory, WEIGHTS, ModelFiles.OFFSETS), weights.offsets());
            NpyFile.write(file(directory, WEIGHTS, ModelFiles.COLUMNS), weights.columns());
            NpyFile.write(directory.resolve("weights.values.npy"), weights.values());
            interactions(model, directory);
            writeIds(model, directory);
        }

        private static void interactions(Model model, Path directory) throws IOException {
            write(ModelFiles.SEEN, model.known(), directory);
            if (ModelFiles.holdsOut(model)) {
                write(ModelFiles.TRAINED, model.trained(), directory);
            }
        }

        private static void write(String name, Interactions interactions, Path directory) throws IOException {
            NpyFile.write(file(directory, name, ModelFiles.OFFSETS), interactions.offsets());
            NpyFile.write(file(directory, name, ModelFiles.COLUMNS), interactions.columns());
        }

        private static Path file(Path directory, String name, String part) {
            return directory.resolve(name + part + ".npy");
        }

        private static Interactions read(String name, IdMap users, IdMap items, Path directory) throws IOException {
            Path offsets = file(directory, name, ModelFiles.OFFSETS);
            return ModelFiles.interactions(
                    name,
                    offsets,
                    NpyFile.ints(offsets),
                    NpyFile.ints(file(directory, name, ModelFiles.COLUMNS)),
                    users.size(),
                    items.size());
        }

        @Override
        public Tables read(Path directory) throws IOException {
            IdMap users = IdFile.read(directory.resolve("users.tsv"));
            IdMap items = IdFile.read(directory.resolve("items.tsv"));
            Interactions known = read(ModelFiles.SEEN, users, items, directory);
            boolean heldOut = Files.exists(file(directory, ModelFiles.TRAINED, ModelFiles.OFFSETS));
            return new Tables(
                    users,
                    items,
                    NpyFile.matrix(directory.resolve("users.npy")),
                    NpyFile.matrix(directory.resolve("items.npy")),
                    heldOut ? read(ModelFiles.TRAINED, users, items, directory) : known,
                    known);
        }
    }

    /** The tensors and ids of the model directory, without its {@code model.json}. */
    private static final class Safetensors implements FactorFormat {

        @Override
        public String name() {
            return "safetensors";
        }

        @Override
        public void write(VectorModel model, Path directory) throws IOException {
            ModelFiles.writeTensors(model, tensors -> FactorModelFormat.add(model, tensors), directory);
            writeIds(model, directory);
        }

        @Override
        public void write(ItemSimilarityModel model, Path directory) throws IOException {
            ModelFiles.writeTensors(model, tensors -> new ItemSimilarityFormat().write(model, tensors), directory);
            writeIds(model, directory);
        }

        @Override
        public Tables read(Path directory) throws IOException {
            return ModelFiles.readTables(directory);
        }
    }

    /**
     * {@code users.csv} and {@code items.csv} with the columns id, f0, f1, ..., {@code seen.csv} with a pair of ids a row, and
     * {@code trained.csv} like it if there are others in {@code seen.csv}. Item weights: {@code weights.csv} with the columns item, scored,
     * weight, and ids alone in the first two.
     * Numbers have enough digits to be read back exactly.
     */
    private static final class Csv implements FactorFormat {

        @Override
        public String name() {
            return "csv";
        }

        @Override
        public void write(VectorModel model, Path directory) throws IOException {
            factors(directory.resolve("users.csv"), model.users(), model.userVectors());
            factors(directory.resolve("items.csv"), model.items(), model.itemVectors());
            interactions(model, directory);
        }

        @Override
        public void write(ItemSimilarityModel model, Path directory) throws IOException {
            ids(directory.resolve("users.csv"), model.users());
            ids(directory.resolve("items.csv"), model.items());
            ItemWeights weights = model.weights();
            IdMap items = model.items();
            records(directory.resolve("weights.csv"), csv -> {
                csv.writeRecord("item", "scored", "weight");
                for (int i = 0; i < items.size(); i++) {
                    for (int k = weights.offsets()[i]; k < weights.offsets()[i + 1]; k++) {
                        csv.writeRecord(
                                items.id(i), items.id(weights.columns()[k]), Float.toString(weights.values()[k]));
                    }
                }
            });
            interactions(model, directory);
        }

        private static void ids(Path file, IdMap ids) throws IOException {
            records(file, csv -> {
                csv.writeRecord("id");
                ids.ids().forEach(csv::writeRecord);
            });
        }

        private static void interactions(Model model, Path directory) throws IOException {
            pairs(directory.resolve("seen.csv"), model, model.known());
            if (ModelFiles.holdsOut(model)) {
                pairs(directory.resolve("trained.csv"), model, model.trained());
            }
        }

        private static void pairs(Path file, Model model, Interactions interactions) throws IOException {
            records(file, csv -> {
                csv.writeRecord("user", "item");
                for (int u = 0; u < interactions.users(); u++) {
                    for (int k = interactions.begin(u); k < interactions.end(u); k++) {
                        csv.writeRecord(
                                model.users().id(u),
                                model.items().id(interactions.columns()[k]));
                    }
                }
            });
        }

        @Override
        public Tables read(Path directory) throws IOException {
            FactorRows users = new FactorRows(directory.resolve("users.csv"));
            FactorRows items = new FactorRows(directory.resolve("items.csv"));
            rows(directory.resolve("users.csv"), users::add);
            rows(directory.resolve("items.csv"), items::add);
            Interactions known = pairs(directory.resolve("seen.csv"), users.ids(), items.ids());
            Path trained = directory.resolve("trained.csv");
            return new Tables(
                    users.ids(),
                    items.ids(),
                    users.matrix(),
                    items.matrix(),
                    Files.exists(trained) ? pairs(trained, users.ids(), items.ids()) : known,
                    known);
        }

        private static Interactions pairs(Path file, IdMap users, IdMap items) throws IOException {
            SeenRows pairs = new SeenRows(file, users, items);
            rows(file, (row, fields) -> pairs.add(row, fields.get(0), fields.get(1)));
            return pairs.build();
        }

        private static void factors(Path file, IdMap ids, Matrix factors) throws IOException {
            records(file, csv -> {
                List<String> header = new ArrayList<>(List.of("id"));
                IntStream.range(0, factors.columns()).forEach(k -> header.add("f" + k));
                csv.writeRecord(header);
                for (int r = 0; r < factors.rows(); r++) {
                    List<String> row = new ArrayList<>(List.of(ids.id(r)));
                    for (float value : factors.row(r)) {
                        row.add(Float.toString(value));
                    }
                    csv.writeRecord(row);
                }
            });
        }

        private static void records(Path file, Consumer<CsvWriter> content) throws IOException {
            try (CsvWriter csv = CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .build(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                content.accept(csv);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private interface Row {
            void add(long line, List<String> fields);
        }

        /** Reads the rows below the header. */
        private static void rows(Path file, Row to) throws IOException {
            try (DelimitedRows rows = new DelimitedRows(file, TextFile.reader(file), ",", 1)) {
                boolean header = true;
                for (DelimitedRows.Row row = rows.next(); row != null; row = rows.next()) {
                    if (row.fields().size() < 2) {
                        throw new InputException(
                                file + ":" + row.line() + ": found one field; allowed: two or more; export it again.");
                    }
                    if (!header) {
                        to.add(row.line(), row.fields());
                    }
                    header = false;
                }
            }
        }
    }

    private static void writeIds(Model model, Path directory) throws IOException {
        IdFile.write(directory.resolve("users.tsv"), model.users());
        IdFile.write(directory.resolve("items.tsv"), model.items());
    }

    /** The table of what a format is called. */
    static Map<String, FactorFormat> byName(List<FactorFormat> formats) {
        Map<String, FactorFormat> named = new LinkedHashMap<>();
        formats.forEach(format -> named.put(format.name(), format));
        return named;
    }
}
