package org.mineral.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mineral.algorithm.embedding.Ensemble;
import org.mineral.app.command.option.BlendOptions;
import org.mineral.app.command.option.OutputFile;
import org.mineral.app.json.JsonText;
import org.mineral.config.Hint;
import org.mineral.linalg.Workers;
import org.mineral.model.BlendModel;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import org.mineral.model.io.ModelLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ensemble}: combines models of several seeds, or of different kinds. */
@Command(
        name = "ensemble",
        description = {
            "Models that differ in their seed, as one model whose scores are the mean of theirs.",
            "It has the factors of all of them side by side: N models of dimension d make one of dimension N d.",
            "With --blend models of any kinds: the weighted sum of their scores, standardised for each user."
        },
        footer = {
            "",
            "Examples: mineral ensemble model-1 model-2 model-3 -o model",
            "          mineral ensemble --blend ease mf -o both"
        })
public final class EnsembleCommand extends Verb {

    @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Two or more models' directories.")
    List<Path> models = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MODEL",
            description = "Where the model goes: a directory. A model that is there is replaced at the end.")
    Path output;

    @Mixin
    BlendOptions blend = new BlendOptions();

    @Override
    protected void run() {
        OutputFile.checkModel(output);
        blend.check(models.size());
        if (blend.blend()) {
            blend();
        } else {
            sideBySide();
        }
    }

    private void blend() {
        BlendModel whole;
        try (ModelLock lock = ModelLock.of(output);
                Workers workers = new Workers(threads())) {
            List<Model> loaded = models.stream().map(Models::load).toList();
            whole = blend.of(loaded, workers);
            whole.save(output);
        }
        print(
                "the sum of " + whole + ", saved in " + output,
                () -> JsonText.object("model", output.toString(), "members", described(whole)));
    }

    private static List<?> described(BlendModel whole) {
        return whole.members().stream()
                .map(m -> JsonText.object("model", m.model().name(), "weight", m.weight()))
                .toList();
    }

    private void sideBySide() {
        Hint others = Hint.of("for models of any kinds", Hint.Action.BLEND);
        VectorModel whole = Ensemble.of(models.stream()
                .map(place -> Models.load(place, VectorModel.class, others))
                .toList());
        try (ModelLock lock = ModelLock.of(output)) {
            whole.save(output);
        }
        print(
                String.format(
                        Locale.ROOT,
                        "%d models side by side: dimension %d, saved in %s",
                        models.size(),
                        whole.dimension(),
                        output),
                () -> JsonText.object(
                        "model", output.toString(), "members", models.size(), "dimension", whole.dimension()));
    }
}
