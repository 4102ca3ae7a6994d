package org.mineral.app.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mineral.app.table.ParquetTable;
import org.mineral.config.InputException;
import org.mineral.files.AtomicFile;
import org.mineral.files.WriteErrors;
import org.mineral.model.Model.Recommendation;

/** Ranked lists in a file with the columns user, item, rank and score, complete or not there at all. */
final class ListFile implements Closeable {

    private static final List<String> HEADER = List.of("user", "item", "rank", "score");

    private interface Rows extends Closeable {
        void add(String of, String item, int rank, float score) throws IOException;

        /** Nothing comes after this. */
        void finish() throws IOException;
    }

    private final Path file;
    private final AtomicFile place;
    private final Rows rows;
    private long count;

    /** @param file its extension tells the format: csv, tsv or parquet */
    ListFile(Path file) throws IOException {
        String extension = extension(file);
        this.file = file;
        try {
            place = new AtomicFile(file);
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
        try {
            rows = extension.equals("parquet") ? new Parquet() : new Delimited(extension.equals("tsv") ? '\t' : ',');
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** @throws InputException if it is none that can be written */
    static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<String> known = List.of("csv", "tsv", "parquet");
        if (!known.contains(extension)) {
            throw InputException.unknown("extension of a file of lists", extension, known);
        }
        return extension;
    }

    void add(String of, List<Recommendation> list) throws IOException {
        int rank = 1;
        try {
            for (Recommendation entry : list) {
                rows.add(of, entry.item(), rank++, (float) entry.score());
                count++;
            }
        } catch (UncheckedIOException e) {
            throw WriteErrors.of(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }

    /** To be called when nothing failed: puts the file to its place. Returns the number of rows. */
    long finish() throws IOException {
        try {
            rows.finish();
            place.commit();
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        try (place) {
            rows.close();
        }
    }

    private final class Delimited implements Rows {

        private final CsvWriter csv;
        private boolean closed;

        Delimited(char separator) throws IOException {
            csv = CsvWriter.builder()
                    .fieldSeparator(separator)
                    .lineDelimiter(LineDelimiter.LF)
                    .build(Files.newBufferedWriter(place.path(), StandardCharsets.UTF_8));
            csv.writeRecord(HEADER);
        }

        @Override
        public void add(String of, String item, int rank, float score) {
            csv.writeRecord(of, item, Integer.toString(rank), Float.toString(score));
        }

        @Override
        public void finish() throws IOException {
            close();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                csv.close();
            }
        }
    }

    private final class Parquet implements Rows {

        private final ParquetTable table =
                new ParquetTable("\"user\" varchar, item varchar, rank integer, score float");

        Parquet() throws IOException {}

        @Override
        public void add(String of, String item, int rank, float score) throws IOException {
            table.add(of, item, rank, score);
        }

        @Override
        public void finish() throws IOException {
            table.write(place.path());
        }

        @Override
        public void close() throws IOException {
            table.close();
        }
    }
}
