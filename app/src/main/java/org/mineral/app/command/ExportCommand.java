package org.mineral.app.command;

import java.nio.file.Path;
import java.util.Locale;
import org.mineral.app.json.JsonText;
import org.mineral.config.InputException;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import org.mineral.model.export.ModelExport;
import org.mineral.model.io.FactorFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: a model's factors and ids for other tools. */
@Command(
        name = "export",
        description = {
            "Write a model's factors, ids and training pairs for other tools. `mineral import` makes a model of it again.",
            "An existing directory is not replaced. Lists of all users: mineral recommend MODEL --all -o lists.parquet"
        },
        footer = {"", "Example: mineral export model --format npy -o factors"})
public final class ExportCommand extends Verb {

    @Parameters(paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @Option(names = "--format", required = true, paramLabel = "F", description = "npy, safetensors, parquet or csv.")
    String format = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where the files go.")
    Path output;

    @Override
    protected void run() {
        FactorFormat chosen = ImportCommand.FORMATS.stream()
                .filter(known -> known.name().equals(format))
                .findFirst()
                .orElseThrow(() -> InputException.unknown(
                        "format",
                        format,
                        ImportCommand.FORMATS.stream().map(FactorFormat::name).toList()));
        VectorModel factors = Models.load(model, VectorModel.class);
        ModelExport.write(factors, chosen, output);
        print(
                String.format(
                        Locale.ROOT,
                        "%s: %,d users and %,d items with %d factors, %,d training pairs, as %s",
                        output,
                        factors.users().size(),
                        factors.items().size(),
                        factors.dimension(),
                        factors.trained().size(),
                        format),
                () -> JsonText.object(
                        "export", output.toString(),
                        "format", format,
                        "users", factors.users().size(),
                        "items", factors.items().size(),
                        "dimension", factors.dimension(),
                        "interactions", factors.trained().size()));
    }
}
