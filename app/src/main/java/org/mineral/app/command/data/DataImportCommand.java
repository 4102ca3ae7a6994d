package org.mineral.app.command.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.Verb;
import org.mineral.app.command.option.ReadingOptions;
import org.mineral.app.command.option.RowOptions;
import org.mineral.app.json.JsonText;
import org.mineral.app.table.SqlSource;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.Dataset;
import org.mineral.data.Split;
import org.mineral.data.read.Cleaning;
import org.mineral.data.read.DataFiles;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data import}: reads interactions from files or databases, filters and splits them, and writes a data directory. */
@Command(
        name = "import",
        description = {
            "Read interactions from files, a query or a database, clean them, split them, and write a directory of data.",
            "Steps, in this order: rows (columns, weights of events, time window, least rating), equal pairs, least weight,",
            "interactions of users and items, split. Each says what it left out. An existing directory is not replaced."
        },
        footer = {
            "",
            "Examples: mineral data import 'logs/*.csv.gz' -o data --user customer --item sku --core 5 --split time",
            "          mineral data import -o data --sql \"select u as user, i as item from 'events.parquet' where n > 1\"",
            "          mineral data import jdbc:postgresql://host/db -o data --sql \"select customer_id, sku from orders\"",
            "                  --user customer_id --item sku"
        })
public final class DataImportCommand extends Verb {

    @Parameters(
            paramLabel = "DATA",
            arity = "0..*",
            description = {
                "Files, patterns of files, a directory, or a database, jdbc:... (user and",
                "password also from MINERAL_DB_USER and MINERAL_DB_PASSWORD). With --sql,",
                "files are the table 'data'."
            })
    List<String> data = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where the parts go.")
    Path output;

    @Option(names = "--sql", paramLabel = "QUERY", description = "A query whose rows are the interactions.")
    @Nullable
    String sql;

    @Mixin
    RowOptions rows = new RowOptions();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Option(names = "--min-weight", paramLabel = "X", description = "Leave out pairs with less, after --duplicates.")
    double minWeight = Double.NaN;

    @Option(
            names = "--core",
            paramLabel = "K",
            description = "Leave out users and items with fewer interactions, until all have as many.")
    @Nullable
    Integer core;

    @Option(
            names = "--user-interactions",
            paramLabel = "MIN[:MAX]",
            description = "The same for users alone, with an upper bound if you like.")
    @Nullable
    String userInteractions;

    @Option(names = "--item-interactions", paramLabel = "MIN[:MAX]", description = "The same for items.")
    @Nullable
    String itemInteractions;

    @Option(
            names = "--split",
            paramLabel = "HOW",
            description = {
                "random, global-random, popularity, time, tail, cold-user or cold-item, with shares or without",
                "(time:0.8:0.1:0.1); tail is each user's last share, by time or else in the",
                "order of the rows. Or last:1:1, each user's last ones (last:1:1:file where",
                "there are no times). Default: the parts as they are."
            })
    @Nullable
    String split;

    @Option(names = "--format", paramLabel = "F", description = "csv, lightgcn or inter. Default: csv.")
    String format = "csv";

    @Override
    protected void run() throws IOException {
        List<String> formats =
                Arrays.stream(DataFormat.values()).map(Names::kebab).toList();
        if (!formats.contains(format)) {
            throw InputException.unknown("format", format, formats);
        }
        Split how = split == null ? null : Split.parse(split, seed());
        Cleaning cleaning = cleaning();
        Dataset read = read(rows.of(reading.options()).with("keep_order", true));
        read.report().sources().forEach(source -> note("columns: " + source));
        Dataset parts = how == null ? cleaning.apply(read) : cleaning.apply(read, how);
        new DatasetWriter(DataFormat.values()[formats.indexOf(format)], false).write(parts, output);
        if (json) {
            printJson(JsonText.object(
                    "data", output.toString(),
                    "columns", parts.report().sources(),
                    "users", parts.users().size(),
                    "items", parts.items().size(),
                    "train", parts.train().size(),
                    "valid", parts.valid().size(),
                    "test", parts.test().size(),
                    "notes", parts.report().notes()));
            return;
        }
        parts.report().lines().forEach(line -> note("  " + line));
        print(String.format(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d train, %,d valid, %,d test",
                output,
                parts.users().size(),
                parts.items().size(),
                parts.train().size(),
                parts.valid().size(),
                parts.test().size()));
    }

    private Cleaning cleaning() {
        String both = core == null ? "auto" : core.toString();
        return Cleaning.NONE
                .with("min_weight", minWeight)
                .with("user_interactions", userInteractions == null ? both : userInteractions)
                .with("item_interactions", itemInteractions == null ? both : itemInteractions);
    }

    private Dataset read(ReadOptions options) throws IOException {
        List<String> databases =
                data.stream().filter(source -> source.startsWith("jdbc:")).toList();
        if (!databases.isEmpty() && (data.size() > 1 || sql == null)) {
            throw new InputException("a database is one DATA, with a query: --sql \"select ...\".");
        }
        String name = String.valueOf(output.toAbsolutePath().normalize().getFileName());
        if (sql != null) {
            SqlSource source = databases.isEmpty()
                    ? SqlSource.ofFiles(sql, files(data), rows.columns())
                    : SqlSource.ofDatabase(sql, databases.get(0));
            return Datasets.read("--sql", source, options);
        }
        if (data.isEmpty()) {
            throw new InputException(
                    "nothing to import; name files, a directory or a database, or give a query (--sql).");
        }
        return data.size() == 1 ? Datasets.read(data.get(0), options) : Datasets.read(name, files(data), options);
    }

    private static List<Path> files(List<String> sources) {
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            Map<String, List<Path>> parts = DataFiles.of(Path.of(source));
            parts.values().forEach(files::addAll);
        }
        return files;
    }
}
