package org.mineral.data.write;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.IdText;
import org.mineral.files.AtomicDirectory;
import org.mineral.files.WriteErrors;

/**
 * Writes a data set as a directory with one file for each part: {@code train.csv}, {@code valid.csv}, {@code test.csv}, without empty parts
 * of valid and test. Reading it gives the same pairs. Indices may differ, because they follow the order in the files; only
 * {@link DataFormat#LIGHTGCN} keeps users without interactions.
 */
public final class DatasetWriter {

    private static final String[][] INTER_NAMES = {{"user_id", "item_id"}, {"uid", "iid"}, {"user", "item"}};
    private static final String[][] NAMES = {
        {"user", "item"}, {"user_id", "item_id"}, {"uid", "iid"}, {"userid", "itemid"}
    };

    private final DataFormat format;
    private final boolean overwrite;

    /**
     * @param format {@link DataFormat#LIGHTGCN} needs integer ids, {@link DataFormat#INTER} ids without tabs, quotes and line ends
     * @param overwrite whether an existing data set is replaced
     */
    public DatasetWriter(DataFormat format, boolean overwrite) {
        this.format = format;
        this.overwrite = overwrite;
    }

    /**
     * Refuses a target before any work is done for it.
     *
     * @throws InputException if something is there that may not be replaced
     */
    public void check(Path directory) {
        try {
            DatasetDirectory.check(directory, overwrite);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /**
     * Writes to a temporary directory beside the target and renames it, so that the target is complete or untouched.
     *
     * @throws InputException if the target exists and may not be replaced, an id does not fit the format, or the target cannot be written
     */
    public void write(Dataset data, Path directory) {
        data.users().ids().forEach(this::checkId);
        data.items().ids().forEach(this::checkId);
        try (AtomicDirectory target = DatasetDirectory.open(directory, overwrite)) {
            part(data, "train", data.train(), target.path());
            part(data, "valid", data.valid(), target.path());
            part(data, "test", data.test(), target.path());
            target.commit();
        } catch (IOException | UncheckedIOException e) {
            throw failed(directory, e);
        }
    }

    public static RuntimeException failed(Path directory, Exception e) {
        Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
        return WriteErrors.of(directory, cause instanceof IOException failure ? failure : new IOException(e));
    }

    private void part(Dataset data, String part, Interactions pairs, Path directory) throws IOException {
        if (pairs.size() == 0 && !part.equals("train")) {
            return;
        }
        Path file = directory.resolve(part + "." + format.extension());
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            if (format == DataFormat.LIGHTGCN) {
                lines(data, pairs, part.equals("train"), writer);
            } else {
                rows(data, pairs, writer);
            }
        }
    }

    private static void lines(Dataset data, Interactions pairs, boolean everyUser, Writer writer) throws IOException {
        Events events = data.events();
        // Times are not written, so the order of a line says what they said.
        Sequences sequences =
                events == null || events.moments() == null ? null : Sequences.of(data.name(), pairs, events);
        for (int u = 0; u < pairs.users(); u++) {
            if (pairs.count(u) > 0 || everyUser) {
                writer.write(data.users().id(u));
                for (int item : sequences == null ? pairs.row(u) : sequences.of(u)) {
                    writer.write(' ');
                    writer.write(data.items().id(item));
                }
                writer.write('\n');
            }
        }
    }

    private void rows(Dataset data, Interactions pairs, Writer writer) throws IOException {
        Events events = data.events();
        double[] ratings = events == null ? null : events.ratings();
        long[] timestamps = events == null ? null : events.timestamps();
        int timeDigits = events == null ? 0 : events.timeDigits();
        CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(format == DataFormat.INTER ? '\t' : ',')
                .lineDelimiter(LineDelimiter.LF)
                .build(writer);
        csv.writeRecord(header(data, ratings != null, timestamps != null));
        List<String> row = new ArrayList<>();
        for (int u = 0; u < pairs.users(); u++) {
            for (int item : row(data, pairs, u)) {
                int position = events == null ? 0 : events.position(u, item);
                row.clear();
                row.add(data.users().id(u));
                row.add(data.items().id(item));
                if (ratings != null) {
                    row.add(number(ratings[position]));
                }
                if (timestamps != null) {
                    row.add(BigDecimal.valueOf(timestamps[position], timeDigits).toPlainString());
                }
                csv.writeRecord(row);
            }
        }
        csv.flush();
    }

    /** A user's items in the order of the source file, if it is known, so that the new file preserves it. */
    private static int[] row(Dataset data, Interactions pairs, int user) {
        int[] items = pairs.row(user);
        Events events = data.events();
        long[] order = events == null ? null : events.order();
        if (events == null || order == null) {
            return items;
        }
        return Arrays.stream(items)
                .boxed()
                .sorted(Comparator.comparingLong(item -> order[events.position(user, item)]))
                .mapToInt(item -> item)
                .toArray();
    }

    /** Whether a user and an item have these names, in either order: their row would be read as a repeated header. */
    private static boolean both(Dataset data, String user, String item) {
        return data.users().index(user) >= 0 && data.items().index(item) >= 0
                || data.users().index(item) >= 0 && data.items().index(user) >= 0;
    }

    private List<String> header(Dataset data, boolean rated, boolean timed) {
        boolean inter = format == DataFormat.INTER;
        String type = inter ? ":token" : "";
        List<String> names = new ArrayList<>();
        for (String[] pair : inter ? INTER_NAMES : NAMES) {
            if (names.isEmpty() && !both(data, pair[0] + type, pair[1] + type)) {
                names.add(pair[0] + type);
                names.add(pair[1] + type);
            }
        }
        if (names.isEmpty()) {
            throw new InputException(data.name()
                    + ": found users and items that are called like columns, 'user' and 'item' and all other"
                    + " names; allowed: ids of which some name for the columns differs; rename one");
        }
        if (rated) {
            names.add(inter ? "rating:float" : "rating");
        }
        if (timed) {
            names.add(inter ? "timestamp:float" : "timestamp");
        }
        return names;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) <= 1L << 53
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private void checkId(String id) {
        boolean fits = switch (format) {
            case LIGHTGCN -> isIndex(id);
            case INTER -> id.chars().noneMatch(c -> c == '\t' || c == '\n' || c == '\r' || c == '"');
            case CSV -> true;
        };
        if (!fits || IdText.fault(id, "id") != null) {
            throw new InputException("found the id " + DataErrors.quote(id) + ", which "
                    + format.name().toLowerCase(Locale.ROOT)
                    + " cannot hold; allowed: "
                    + (format == DataFormat.LIGHTGCN
                            ? "integers from 0 to 2147483647 without leading zeros"
                            : "text that is not blank")
                    + "; write csv instead, or rename the id");
        }
    }

    private static boolean isIndex(String id) {
        try {
            return Integer.toString(Integer.parseInt(id)).equals(id) && !id.startsWith("-");
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
