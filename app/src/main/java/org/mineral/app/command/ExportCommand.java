package org.mineral.app.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.export.ModelExport;
import org.mineral.model.io.FactorFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: a model's factors and ids for other tools. */
@Command(
        name = "export",
        description = {
            "Write a model's factors or item weights, ids and training pairs for other tools. `mineral import` makes a model of factors again.",
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
        Model loaded = Models.load(model);
        ModelExport.Written written = ModelExport.write(loaded, chosen, output);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("export", output.toString());
        json.put("format", format);
        json.put("users", loaded.users().size());
        json.put("items", loaded.items().size());
        json.put("interactions", loaded.trained().size());
        String content;
        if (written.dimension() > 0) {
            json.put("dimension", written.dimension());
            content = written.dimension() + " factors";
        } else {
            json.put("weights", written.weights());
            content = String.format(Locale.ROOT, "%,d weights between items", written.weights());
        }
        print(
                String.format(
                        Locale.ROOT,
                        "%s: %,d users and %,d items with %s, %,d training pairs, as %s",
                        output,
                        loaded.users().size(),
                        loaded.items().size(),
                        content,
                        loaded.trained().size(),
                        format),
                () -> json);
    }
}
