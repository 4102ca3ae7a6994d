package org.mineral.app.command.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.eval.BlendSelection;
import org.mineral.linalg.Workers;
import org.mineral.model.BlendModel;
import org.mineral.model.Model;
import picocli.CommandLine.Option;

/** Whether the scores of models are added up, and with which weights. */
public final class BlendOptions {

    @Option(
            names = "--blend",
            description = "Models of any kinds, trained on the same data. Weights are those that are best on the "
                    + "validation part, which they must have left out of training.")
    boolean blend;

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "W",
            description = "With --blend: the weights, one for each model, instead.")
    List<Double> weights = List.of();

    public boolean blend() {
        return blend;
    }

    /** @throws InputException if there are weights, but not one for each model of a blend */
    public void check(int models) {
        if (!weights.isEmpty() && (!blend || weights.size() != models)) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%d weights for %d models%s; allowed: with --blend, one for each model.",
                    weights.size(),
                    models,
                    blend ? "" : " without --blend"));
        }
    }

    /** The models with the given weights, or else with those that are best on their validation part. */
    public BlendModel of(List<Model> models, Workers workers) {
        if (weights.isEmpty()) {
            return BlendSelection.of(models, workers);
        }
        List<BlendModel.Member> members = new ArrayList<>();
        for (int m = 0; m < models.size(); m++) {
            members.add(new BlendModel.Member(models.get(m), weights.get(m)));
        }
        return new BlendModel(members);
    }
}
