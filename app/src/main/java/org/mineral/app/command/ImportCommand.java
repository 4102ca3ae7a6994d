package org.mineral.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mineral.app.command.option.OutputFile;
import org.mineral.app.json.JsonText;
import org.mineral.app.table.ParquetFactors;
import org.mineral.model.FactorModel;
import org.mineral.model.export.ExportFormats;
import org.mineral.model.export.ModelExport;
import org.mineral.model.io.FactorFormat;
import org.mineral.model.io.ModelLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: a model from what {@code export} wrote. */
@Command(
        name = "import",
        description = {
            "Make a model of what `mineral export` wrote, also after other tools have changed its factors.",
            "Data are imported with `mineral data import`."
        })
public final class ImportCommand extends Verb {

    /** What can be written and read. */
    static final List<FactorFormat> FORMATS = Stream.concat(
                    ExportFormats.all().stream(), Stream.of(new ParquetFactors()))
            .toList();

    @Parameters(paramLabel = "DIR", description = "The directory that `mineral export` wrote.")
    Path directory;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MODEL",
            description = "Where the model goes: a directory. A model that is there is replaced at the end.")
    Path output;

    @Override
    protected void run() {
        OutputFile.checkModel(output);
        FactorModel model = ModelExport.read(directory, FORMATS);
        try (ModelLock lock = ModelLock.of(output)) {
            model.save(output);
        }
        print(
                String.format(
                        Locale.ROOT,
                        "%s: a model of %,d users and %,d items",
                        output,
                        model.users().size(),
                        model.items().size()),
                () -> JsonText.object(
                        "model", output.toString(),
                        "users", model.users().size(),
                        "items", model.items().size(),
                        "dimension", model.dimension()));
    }
}
