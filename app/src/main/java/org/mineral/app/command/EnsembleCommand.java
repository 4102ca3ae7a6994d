package org.mineral.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mineral.algorithm.embedding.Ensemble;
import org.mineral.app.command.option.OutputFile;
import org.mineral.app.json.JsonText;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import org.mineral.model.io.ModelLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ensemble}: combines models of several seeds. */
@Command(
        name = "ensemble",
        description = {
            "Models that differ in their seed, as one model whose scores are the mean of theirs.",
            "It has the factors of all of them side by side: N models of dimension d make one of dimension N d."
        },
        footer = {"", "Example: mineral ensemble model-1 model-2 model-3 -o model"})
public final class EnsembleCommand extends Verb {

    @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Two or more models' directories.")
    List<Path> models = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MODEL",
            description = "Where the model goes: a directory. A model that is there is replaced at the end.")
    Path output;

    @Override
    protected void run() {
        OutputFile.checkModel(output);
        VectorModel whole;
        try (ModelLock lock = ModelLock.of(output)) {
            whole = Ensemble.of(models.stream()
                    .map(place -> Models.load(place, VectorModel.class))
                    .toList());
            whole.save(output);
        }
        int dimension = whole.dimension();
        print(
                String.format(
                        Locale.ROOT,
                        "%d models side by side: dimension %d, saved in %s",
                        models.size(),
                        dimension,
                        output),
                () -> JsonText.object("model", output.toString(), "members", models.size(), "dimension", dimension));
    }
}
