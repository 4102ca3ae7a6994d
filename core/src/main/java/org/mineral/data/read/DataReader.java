package org.mineral.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.NoDataException;
import org.mineral.data.PairList;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.rows.RowSink;
import org.mineral.data.rows.RowSource;
import org.mineral.data.rows.TableFormat;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.GzipInput;
import org.mineral.data.text.JsonTexts;
import org.mineral.data.text.TextBlocks;
import org.mineral.data.text.TextFile;
import org.mineral.data.text.Utf8Reader;

/**
 * Reads interactions from files or a directory. The format is recognised by content ({@link FormatDetector}); then duplicates are
 * merged (the latest stays), pairs of train are dropped from valid and test, pairs of valid from test, and all changes are counted in the
 * {@link DataReport}. Rows that cannot be parsed are refused with their line number.
 */
public final class DataReader {

    private final ReadOptions options;

    DataReader(ReadOptions options) {
        this.options = options;
    }

    /** Reads a path given as text. */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InputException(
                    "found " + DataErrors.quote(text) + ", which is no path; allowed: a directory, a file,"
                            + " or builtin:tastes; correct it",
                    e);
        }
    }

    Dataset read(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return read(last == null ? "data" : last.toString(), DataFiles.of(path));
    }

    /** @param parts files by the name of their part; several files of a part are concatenated */
    Dataset read(String name, Map<String, List<Path>> parts) {
        DatasetBuilder builder = new DatasetBuilder(options);
        parts.forEach((part, files) -> {
            for (Path file : files) {
                try {
                    // A test part may be empty, and so may one of several files; train may not.
                    if ((files.size() > 1 || !part.equals("train")) && TextFile.isBlank(file)) {
                        builder.note("empty files of " + part + ", left out", 1);
                        continue;
                    }
                    put(part, file, readPart(part, file, builder), builder);
                } catch (IOException e) {
                    throw DataFiles.unreadable(file, e);
                }
            }
            check(part, files.get(0), builder);
        });
        return builder.build(name);
    }

    Dataset read(String name, RowSource source) throws IOException {
        DatasetBuilder builder = new DatasetBuilder(options);
        Path label = Path.of(name);
        RowSink rows = new RowSink(label, "train", options, builder);
        source.read(rows);
        builder.put("train", rows.end());
        check("train", label, builder);
        return builder.build(name);
    }

    private PairList readPart(String part, Path file, DatasetBuilder builder) throws IOException {
        FormatDetector sniffed = FormatDetector.sniff(file, options.skipBad());
        PairList pairs = plain(part, file, sniffed, builder);
        if (pairs != null) {
            return pairs;
        }
        if (sniffed.kind() == FormatDetector.Kind.TABLE) {
            RowSink rows = new RowSink(file, part, options, builder);
            table(file).read(file, rows);
            return rows.end();
        }
        long before = sniffed.preamble().lines();
        if (sniffed.kind() == FormatDetector.Kind.JSON_LINES || sniffed.kind() == FormatDetector.Kind.JSON_ARRAY) {
            return new JsonLinesReader(file, part, options, builder)
                    .read(() -> JsonTexts.of(
                            file,
                            open(file, sniffed),
                            before + 1,
                            sniffed.kind() == FormatDetector.Kind.JSON_ARRAY,
                            options.skipBad()));
        }
        try (InputStream in = open(file, sniffed)) {
            Utf8Reader text = new Utf8Reader(file, in, before + 1, options.skipBad());
            return switch (sniffed.kind()) {
                case LISTS -> new LightGcnReader(file, part, before, options, builder).read(new TextBlocks(in));
                case RATED_LISTS -> new RatedListsReader(file, part, options, builder).read(text, before);
                default -> new DelimitedReader(file, part, sniffed, options, builder).read(text);
            };
        }
    }

    /** The text after its preamble. */
    public static InputStream open(Path file, FormatDetector sniffed) throws IOException {
        InputStream in = TextFile.open(file);
        in.skipNBytes(sniffed.preamble().bytes());
        return in;
    }

    /** Reads with the fast reader; null if the general reader is needed: quotes, an error, or another format. */
    private @Nullable PairList plain(String part, Path file, FormatDetector sniffed, DatasetBuilder builder)
            throws IOException {
        if (sniffed.kind() != FormatDetector.Kind.DELIMITED) {
            return null;
        }
        try (InputStream in = open(file, sniffed)) {
            return new FastCsvReader(file, part, sniffed, options, builder).read(new TextBlocks(in));
        }
    }

    private static TableFormat table(Path file) throws IOException {
        try (InputStream in = GzipInput.open(file)) {
            return TableFormat.of(in.readNBytes(16)).orElseThrow();
        }
    }

    private static void put(String part, Path file, PairList pairs, DatasetBuilder builder) {
        PairList known = builder.part(part);
        if (known != null && (known.rated() != pairs.rated() || known.timed() != pairs.timed())) {
            throw DataErrors.of(
                    file,
                    kind(pairs) + ", where the files before it have " + kind(known),
                    "files of one part with the same columns",
                    Hint.read("leave the column out", known.rated() != pairs.rated() ? "rating" : "time", "none"));
        }
        builder.put(part, pairs);
    }

    private static String kind(PairList pairs) {
        return (pairs.rated() ? "ratings" : "no ratings") + " and " + (pairs.timed() ? "times" : "no times");
    }

    private void check(String part, Path file, DatasetBuilder builder) {
        PairList pairs = builder.part(part);
        if ((pairs == null || pairs.size() == 0) && part.equals("train")) {
            InputException refusal = DataErrors.of(
                    file,
                    "no interactions",
                    "at least one user with an item to train on",
                    "check that this is the right file" + (options.equals(ReadOptions.DEFAULTS) ? "" : " and options"));
            throw builder.rowsLeftOut() ? refusal : new NoDataException(refusal);
        }
    }
}
