package org.mineral.app.command.data;

import java.nio.file.Path;
import org.mineral.app.command.Verb;
import org.mineral.app.command.option.data.ReadingOptions;
import org.mineral.app.json.JsonText;
import org.mineral.config.Names;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data convert}: the same parts in another format. */
@Command(name = "convert", description = "Write data in another format. An existing directory is not replaced.")
public final class DataConvertCommand extends Verb {

    @Parameters(paramLabel = "DATA", description = "A directory, a file, or builtin:tastes.")
    String data = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where the parts go.")
    Path output;

    @Option(names = "--format", required = true, paramLabel = "F", description = "csv, lightgcn or inter.")
    String format = "";

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() {
        DatasetWriter writer = new DatasetWriter(Names.constant(DataFormat.class, "format", format), false);
        writer.check(output);
        Dataset dataset = Datasets.read(data, reading.options().with("keep_order", true));
        writer.write(dataset, output);
        noteReport(dataset);
        print(output + ": written as " + format, () -> JsonText.object("data", output.toString(), "format", format));
    }
}
