package org.mineral.app.command.option;

import java.util.ArrayList;
import java.util.List;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.loss.Losses;
import org.mineral.tune.compare.Comparison;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The models of a comparison: losses of one algorithm, and others beside them. */
public final class ComparedModelsOptions {

    @Option(
            names = "--losses",
            paramLabel = "LOSS,LOSS",
            split = ",",
            description = "The losses to compare, of --model. Default: those of the study, with item-knn and, on "
                    + "data that are small enough, ease beside them, with attributes of items hybrid-knn, or "
                    + "none beside --models.")
    List<String> losses = new ArrayList<>();

    @Option(
            names = "--models",
            paramLabel = "MODEL[,MODEL...]",
            hideParamSyntax = true,
            split = ",(?![^(]*\\))",
            description = "Models to compare: algorithms or losses, each with settings of its own if need be: "
                    + "mf,ease,'rp3beta(alpha=0.6)','mine+(lambda=1.3)'.")
    List<String> models = new ArrayList<>();

    @Mixin
    ModelOption model = new ModelOption();

    /** Of the models that are named; of those of {@link Comparison#of} if none are. */
    public Comparison comparison(Dataset data) {
        Comparison comparison = Comparison.of(data);
        return losses.isEmpty() && models.isEmpty() && model.isDefault() ? comparison : comparison.models(models());
    }

    /** @throws InputException for an unknown name, or if {@code --model} has nothing to say about the others */
    public List<ModelSpec> models() {
        List<ModelSpec> compared = new ArrayList<>();
        if (models.isEmpty() || !losses.isEmpty()) {
            compared.addAll(model.specs(losses, Losses.compared()));
        } else if (!model.isDefault()) {
            throw new InputException(
                    "--model " + model.name + " says whose losses are compared; add it to --models, or give --losses.");
        }
        models.forEach(text -> compared.add(ModelSpec.parse(text)));
        return compared;
    }
}
