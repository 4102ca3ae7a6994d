package org.mineral.model;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
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
import java.util.stream.IntStream;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;

/** The formats of exports that need no further library. */
public final class ExportFormats {

    private static final String USERS = "users";
    private static final String ITEMS = "items";

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
        public void write(FactorModel model, Path directory) throws IOException {
            NpyFile.write(directory.resolve("users.npy"), model.userFactors());
            NpyFile.write(directory.resolve("items.npy"), model.itemFactors());
            NpyFile.write(directory.resolve("seen.offsets.npy"), model.seen().offsets());
            NpyFile.write(directory.resolve("seen.items.npy"), model.seen().columns());
            writeIds(model, directory);
        }

        @Override
        public Tables read(Path directory) throws IOException {
            IdMap users = IdFile.read(directory.resolve("users.tsv"));
            IdMap items = IdFile.read(directory.resolve("items.tsv"));
            Path offsets = directory.resolve("seen.offsets.npy");
            Interactions seen = ModelFiles.seen(
                    offsets,
                    NpyFile.ints(offsets),
                    NpyFile.ints(directory.resolve("seen.items.npy")),
                    users.size(),
                    items.size());
            return new Tables(
                    users,
                    items,
                    NpyFile.matrix(directory.resolve("users.npy")),
                    NpyFile.matrix(directory.resolve("items.npy")),
                    seen);
        }
    }

    /** The tensors and ids of the model directory, without its {@code model.json}. */
    private static final class Safetensors implements FactorFormat {

        @Override
        public String name() {
            return "safetensors";
        }

        @Override
        public void write(FactorModel model, Path directory) throws IOException {
            ModelFiles.writeTensors(model, directory);
            writeIds(model, directory);
        }

        @Override
        public Tables read(Path directory) throws IOException {
            return ModelFiles.readTables(directory);
        }
    }

    /**
     * {@code users.csv} and {@code items.csv} with the columns id, f0, f1, ..., {@code seen.csv} with a pair of ids a row.
     * A number is written with as many digits as tell it from its neighbours, so that it comes back to the bit.
     */
    private static final class Csv implements FactorFormat {

        @Override
        public String name() {
            return "csv";
        }

        @Override
        public void write(FactorModel model, Path directory) throws IOException {
            factors(directory.resolve("users.csv"), model.users(), model.userFactors());
            factors(directory.resolve("items.csv"), model.items(), model.itemFactors());
            try (CsvWriter csv = writer(directory.resolve("seen.csv"))) {
                csv.writeRecord("user", "item");
                Interactions seen = model.seen();
                for (int u = 0; u < seen.users(); u++) {
                    for (int k = seen.begin(u); k < seen.end(u); k++) {
                        csv.writeRecord(model.users().id(u), model.items().id(seen.columns()[k]));
                    }
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public Tables read(Path directory) throws IOException {
            FactorRows users = new FactorRows(directory.resolve("users.csv"));
            FactorRows items = new FactorRows(directory.resolve("items.csv"));
            rows(directory.resolve("users.csv"), users::add);
            rows(directory.resolve("items.csv"), items::add);
            SeenRows seen = new SeenRows(directory.resolve("seen.csv"), users.ids(), items.ids());
            rows(directory.resolve("seen.csv"), (row, fields) -> seen.add(row, fields.get(0), fields.get(1)));
            return new Tables(users.ids(), items.ids(), users.matrix(), items.matrix(), seen.build());
        }

        private static void factors(Path file, IdMap ids, Matrix factors) throws IOException {
            try (CsvWriter csv = writer(file)) {
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
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private static CsvWriter writer(Path file) throws IOException {
            return CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .build(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        }

        private interface Row {
            void add(long line, List<String> fields);
        }

        /** Every row below the header. */
        private static void rows(Path file, Row to) throws IOException {
            long line = 0;
            try (CsvReader<CsvRecord> reader = CsvReader.builder()
                    .skipEmptyLines(false)
                    .maxBufferSize(64 << 20)
                    .ofCsvRecord(Files.newBufferedReader(file))) {
                for (CsvRecord row : reader) {
                    line = row.getStartingLineNumber();
                    if (row.getFieldCount() < 2) {
                        throw new InputException(file + ":" + line + ": found one field; allowed: two or more.");
                    }
                    if (line > 1) {
                        to.add(line, row.getFields());
                    }
                }
            } catch (CsvParseException | UncheckedIOException e) {
                for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                    if (cause instanceof InputException refusal) {
                        throw refusal;
                    }
                }
                throw new InputException(
                        file + ":" + (line + 1) + ": found a row that cannot be parsed; allowed: CSV as"
                                + " it was exported, in UTF-8.",
                        e);
            }
        }
    }

    private static void writeIds(FactorModel model, Path directory) throws IOException {
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
