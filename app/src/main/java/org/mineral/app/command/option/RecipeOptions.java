package org.mineral.app.command.option;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.recipe.Effort;
import org.mineral.recipe.PreparedTraining;
import org.mineral.recipe.TrainingRecipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The parts of a {@link TrainingRecipe} beside its settings. */
public final class RecipeOptions {

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "One of `mineral loss --list`. Default: the preset's, or mine+.")
    @Nullable
    String loss;

    @Mixin
    ModelOption model = new ModelOption();

    @Mixin
    PartsOptions parts = new PartsOptions();

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = "Also learn what this model of the same data would recommend: the first 10 of each user's "
                    + "list count 0.1 of an interaction each (teacher_items, teacher_weight). A wide teacher "
                    + "helps a narrow model.")
    @Nullable
    Path teacher;

    @Option(
            names = "--effort",
            paramLabel = "NAME",
            description = "What may be spent on finding settings where nothing says how to begin: quick, the rules "
                    + "of --preset auto, or the defaults of another --loss; normal, a search on a tenth held "
                    + "out, with as much work as the training at most; thorough, a search over all models, with "
                    + "--minutes or until all is tried. Default: normal, with another --model quick.")
    @Nullable
    String effort;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "With --effort thorough: what its trainings may take together. Default: no limit.")
    @Nullable
    Double minutes;

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    /**
     * The recipe.
     *
     * @param complete whether the settings say all of a run, as a file of options does: no preset begins it then
     */
    public TrainingRecipe recipe(Map<String, String> settings, boolean complete) {
        TrainingRecipe recipe =
                new TrainingRecipe().algorithm(model.name).loss(loss).set(settings);
        parts.into(recipe);
        selection.into(recipe, complete);
        recipe.effort(effort == null ? null : Effort.parse(effort)).minutes(minutes);
        return teacher == null ? recipe : recipe.teacher(teacher);
    }

    public String model() {
        return model.name;
    }

    /** The part that the metric after each epoch is of. */
    public String judgedBy() {
        return selection.protocol(false).optimistic() ? "test" : "valid";
    }

    /** Notes where the settings come from if no option determines them. */
    public void noteDefaults(PreparedTraining prepared, Consumer<String> notes) {
        if (prepared.searches()) {
            notes.accept("settings: searched on a held-out part of the training data ("
                    + (prepared.presetByDefault() ? "--effort quick: by rules; --preset none: " : "--effort quick: ")
                    + "the model's own defaults)");
        } else if (prepared.presetByDefault()) {
            notes.accept("settings: by the rules of the preset auto (--preset none: the loss's own defaults)");
        }
    }
}
