package org.mineral.app.command.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.tune.search.SearchBudget;
import org.mineral.tune.search.Tuning;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The models and the budget of a search. */
public final class SearchOptions {

    @Option(
            names = "--losses",
            paramLabel = "LOSS,LOSS",
            split = ",",
            description = "The losses to tune, of --model. Default: mine+.")
    List<String> losses = new ArrayList<>();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Points tried for each loss. Default: 27, or --minutes.")
    @Nullable
    Integer points;

    @Option(names = "--minutes", paramLabel = "M", description = "Training time of all trials together.")
    @Nullable
    Double minutes;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs of the longest trials; most have a ninth of that. Default: 27.")
    int epochs = Tuning.DEFAULT_EPOCHS;

    @Mixin
    ModelOption model = new ModelOption();

    /**
     * To be called before data are read.
     *
     * @throws org.mineral.config.InputException for an unknown name, or a value out of range
     */
    public void check(Map<String, String> settings, long seed) {
        budget();
        Tuning.check(models(), settings, seed);
    }

    /** A search on these data. */
    public Tuning of(Dataset data) {
        return Tuning.of(data).models(models()).budget(budget()).epochs(epochs);
    }

    /** @throws org.mineral.config.InputException for an unknown name */
    public List<ModelSpec> models() {
        return model.specs(losses, List.of("mine+"));
    }

    private SearchBudget budget() {
        return new SearchBudget(
                points != null ? points : minutes == null ? Tuning.DEFAULT_POINTS : 0, minutes == null ? 0 : minutes);
    }
}
