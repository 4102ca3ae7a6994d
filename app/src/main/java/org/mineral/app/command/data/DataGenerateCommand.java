package org.mineral.app.command.data;

import java.nio.file.Path;
import org.mineral.app.command.Verb;
import org.mineral.app.command.option.data.SyntheticDataOptions;
import org.mineral.app.command.output.PartsReport;
import org.mineral.app.command.output.PercentProgress;
import org.mineral.app.json.JsonText;
import org.mineral.config.Config;
import org.mineral.config.Names;
import org.mineral.data.Split;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.data.synthetic.SyntheticWriter;
import org.mineral.data.write.DataFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code data generate}: data of any size with a planted truth. */
@Command(
        name = "generate",
        description = {
            "Write generated data of any size, with the planted tastes of builtin:tastes.",
            "The same settings give the same files. An existing directory is not replaced."
        },
        footer = {
            "",
            "Example: mineral data generate -o large --users 1000000 --items 300000 --interactions 30000000",
            "Settings for --set are those of builtin:tastes but activity: tastes, dimension, spread, beta, popularity, noise"
        })
public final class DataGenerateCommand extends Verb {

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where train.* and test.* go.")
    Path output;

    @Mixin
    SyntheticDataOptions data = new SyntheticDataOptions();

    @Option(
            names = "--test",
            paramLabel = "SHARE",
            description = "Share of each user's interactions for the test part. Default: 0.1.")
    double test = 0.1;

    @Option(names = "--valid", paramLabel = "SHARE", description = "Share for validation. Default: 0, no valid part.")
    double valid = 0;

    @Option(names = "--format", paramLabel = "F", description = "csv, lightgcn or inter. Default: lightgcn.")
    String format = "lightgcn";

    @Override
    protected void run() {
        DataFormat layout = Names.constant(DataFormat.class, "format", format);
        SyntheticData.Options options = data.options(seed());
        SyntheticWriter writer = new SyntheticWriter(
                options, data.interactions(), new Split.Shares(1 - valid - test, valid, test), layout);
        long start = System.nanoTime();
        SyntheticWriter.Written written = writer.write(output, new PercentProgress(console()));
        double seconds = (System.nanoTime() - start) / 1e9;
        print(
                PartsReport.line(
                        output, options.users(), options.items(), written.train(), written.valid(), written.test()),
                () -> JsonText.object(
                        "data", output.toString(),
                        "format", format,
                        "train", written.train(),
                        "valid", written.valid(),
                        "test", written.test(),
                        "settings", Config.toMap(writer.options()),
                        "seconds", seconds));
    }
}
