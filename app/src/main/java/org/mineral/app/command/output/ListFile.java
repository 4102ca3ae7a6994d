package org.mineral.app.command.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mineral.app.table.ParquetTable;
import org.mineral.config.InputException;
import org.mineral.data.text.DataErrors;
import org.mineral.files.AtomicFile;
import org.mineral.files.WriteErrors;
import org.mineral.recommend.RankedItems;

/** Writes ranked lists to a file with the columns user, item, rank, score and optionally title, atomically. */
public final class ListFile implements Closeable {

    private interface Rows extends Closeable {
        void add(String of, String item, int rank, float score, @Nullable String title) throws IOException;

        /** Nothing comes after this. */
        void finish() throws IOException;
    }

    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    private final Path file;
    private final AtomicFile place;
    private final Rows rows;
    private long count;

    /**
     * @param file its extension tells the format: csv, tsv or parquet
     * @param ofName and idName: the first two columns
     * @param titled whether there is a column of titles, empty where none is known
     */
    public ListFile(Path file, String ofName, String idName, boolean titled) throws IOException {
        String extension = extension(file);
        this.file = file;
        List<String> header = new ArrayList<>(List.of(ofName, idName, "rank", "score"));
        if (titled) {
            header.add("title");
        }
        try {
            place = new AtomicFile(file);
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
        try {
            rows = extension.equals("parquet")
                    ? new Parquet(header)
                    : new Delimited(header, extension.equals("tsv") ? '\t' : ',');
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** @throws InputException if it is none that can be written */
    public static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<String> known = List.of("csv", "tsv", "parquet");
        if (!known.contains(extension)) {
            throw InputException.unknown("extension of a file of lists", extension, known);
        }
        return extension;
    }

    public void add(String of, List<RankedItems.Entry> list) {
        try {
            for (RankedItems.Entry entry : list) {
                rows.add(of, entry.item(), entry.rank(), (float) entry.score(), entry.title());
                count++;
            }
        } catch (UncheckedIOException e) {
            throw WriteErrors.of(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }

    /** To be called when nothing failed: moves the file to its place. Returns the number of rows. */
    public long finish() throws IOException {
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
        private final boolean titled;
        private final boolean tabs;
        private boolean closed;

        Delimited(List<String> header, char separator) throws IOException {
            titled = header.contains("title");
            tabs = separator == '\t';
            csv = CsvWriter.builder()
                    .fieldSeparator(separator)
                    .lineDelimiter(LineDelimiter.LF)
                    .build(Files.newBufferedWriter(place.path(), StandardCharsets.UTF_8));
            csv.writeRecord(header);
        }

        @Override
        public void add(String of, String item, int rank, float score, @Nullable String title) {
            List<String> row = new ArrayList<>(List.of(of, item, Integer.toString(rank), Float.toString(score)));
            if (titled) {
                row.add(Objects.requireNonNullElse(title, ""));
            }
            if (tabs) {
                checkTabs(row);
            }
            csv.writeRecord(row);
        }

        /** A reader of .tsv takes every line with as many fields as the header for a row, in quotes or not: no text may look like such lines. */
        private void checkTabs(List<String> row) {
            String[] lines = LINE_END.split(String.join("\t", row), -1);
            boolean rows = lines.length > 1
                    && Stream.of(lines)
                            .allMatch(
                                    line -> line.chars().filter(c -> c == '\t').count() == row.size() - 1);
            if (rows) {
                throw new InputException(file + ": found "
                        + DataErrors.quote(String.join(", ", row))
                        + ", whose tabs and line ends look like rows in .tsv; allowed there: other ids and titles; write .csv or"
                        + " .parquet");
            }
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

        private final ParquetTable table;
        private final boolean titled;

        Parquet(List<String> header) throws IOException {
            titled = header.contains("title");
            table = new ParquetTable("\"" + header.get(0) + "\" varchar, \"" + header.get(1)
                    + "\" varchar, rank integer, score float" + (titled ? ", title varchar" : ""));
        }

        @Override
        public void add(String of, String item, int rank, float score, @Nullable String title) throws IOException {
            if (titled) {
                table.add(of, item, rank, score, title);
            } else {
                table.add(of, item, rank, score);
            }
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
