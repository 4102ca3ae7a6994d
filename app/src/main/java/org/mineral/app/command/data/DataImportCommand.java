package org.mineral.app.command.data;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.Verb;
import org.mineral.app.command.option.data.CleaningOptions;
import org.mineral.app.command.option.data.ReadingOptions;
import org.mineral.app.command.option.data.RowOptions;
import org.mineral.app.command.option.data.SourceOptions;
import org.mineral.app.command.output.PartsReport;
import org.mineral.config.Names;
import org.mineral.data.Dataset;
import org.mineral.data.Split;
import org.mineral.data.read.Cleaning;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code data import}: reads interactions from files or databases, filters and splits them, and writes a data directory. */
@Command(
        name = "import",
        description = {
            "Read interactions from files, a query or a database, clean them, split them, and write a "
                    + "directory of data.",
            "Steps, in this order: rows (columns, weights of events, time window, least rating), "
                    + "equal pairs, least weight, interactions of users and items, split. Each says what it "
                    + "left out. An existing directory is not replaced."
        },
        footer = {
            "",
            "Examples: mineral data import 'logs/*.csv.gz' -o data --user customer --item sku --core 5 --split time",
            "          mineral data import -o data --sql \"select u as user, i as item from 'events.parquet' where n > 1\"",
            "          mineral data import jdbc:postgresql://host/db -o data --sql \"select customer_id, sku from orders\"",
            "                  --user customer_id --item sku"
        })
public final class DataImportCommand extends Verb {

    @Mixin
    SourceOptions source = new SourceOptions();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where the parts go.")
    Path output;

    @Mixin
    RowOptions rows = new RowOptions();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Mixin
    CleaningOptions cleaning = new CleaningOptions();

    @Option(
            names = "--split",
            paramLabel = "HOW",
            description = "random, global-random, popularity, time, tail, cold-user or cold-item, with shares or "
                    + "without (time:0.8:0.1:0.1); tail is each user's last share, by time or else in the order "
                    + "of the rows. Or last:1:1, each user's last ones (last:1:1:file where there are no "
                    + "times). Default: the parts as they are.")
    @Nullable
    String split;

    @Option(names = "--format", paramLabel = "F", description = "csv, lightgcn or inter. Default: csv.")
    String format = "csv";

    @Override
    protected void run() throws IOException {
        DatasetWriter writer = new DatasetWriter(Names.constant(DataFormat.class, "format", format), false);
        writer.check(output);
        Split how = split == null ? null : Split.parse(split, seed());
        Cleaning cleaned = cleaning.cleaning();
        ReadOptions options = rows.of(reading.options()).with("keep_order", true);
        String name = String.valueOf(output.toAbsolutePath().normalize().getFileName());
        Dataset read = source.read(name, rows.columns(), options);
        read.report().sources().forEach(columns -> note("columns: " + columns));
        Dataset parts = how == null ? cleaned.apply(read) : cleaned.apply(read, how);
        writer.write(parts, output);
        noteReport(parts);
        print(PartsReport.line(output, parts), () -> PartsReport.document(output, parts));
    }
}
