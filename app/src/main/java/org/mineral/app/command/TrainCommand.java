package org.mineral.app.command;

import java.nio.file.Path;
import java.util.Map;
import org.mineral.algorithm.Checkpoints;
import org.mineral.app.command.option.CheckpointOptions;
import org.mineral.app.command.option.OutputFile;
import org.mineral.app.command.option.RecipeOptions;
import org.mineral.app.command.option.TrainingReportOption;
import org.mineral.app.command.option.data.FeaturedReadingOptions;
import org.mineral.app.command.output.InformationCurve;
import org.mineral.app.command.output.Progress;
import org.mineral.app.command.output.TrainReport;
import org.mineral.data.Dataset;
import org.mineral.linalg.Workers;
import org.mineral.model.io.ModelLock;
import org.mineral.recipe.PreparedTraining;
import org.mineral.recipe.TrainedModel;
import org.mineral.recipe.TrainingRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code train}: one model from data, by a {@link TrainingRecipe}. The test part is not used. */
@Command(
        name = "train",
        description = {
            "Train one model. With a valid part, training stops early on it; the test part is never used.",
            "Where nothing says how to begin (--preset, --config, --set of a setting that --preset "
                    + "auto gives), a search on a tenth of the training part does."
        },
        footer = {"", "Example: mineral train interactions.csv -o model --loss mine+ --set temperature=0.12"})
public final class TrainCommand extends ConfiguredVerb {

    @Parameters(paramLabel = "DATA", description = "A directory with train.*, one file, or builtin:tastes.")
    String data = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MODEL",
            description = "Where the model goes: a directory. A model that is there is replaced at the end.")
    Path output;

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Mixin
    CheckpointOptions checkpoint = new CheckpointOptions();

    @Option(
            names = "--information",
            description = "Also measure the scores' information about the training pairs after each epoch, in nats.")
    boolean information;

    @Mixin
    TrainingReportOption report = new TrainingReportOption();

    @Mixin
    FeaturedReadingOptions reading = new FeaturedReadingOptions();

    @Override
    protected void run() {
        TrainingRecipe training =
                recipe.recipe(seeded(), config != null).threads(threads()).provenance(reading.provenance(data));
        Checkpoints checkpoints = checkpoint.into(training, output);
        InformationCurve curve = information ? new InformationCurve() : null;
        TrainedModel trained;
        try (Progress progress = new Progress(console(), recipe.judgedBy());
                Workers workers = new Workers(information ? threads() : 1)) {
            training.listener(curve == null ? progress : curve.beside(progress, workers));
            trained = train(curve == null ? training : training.needsEpochs("information"), checkpoints);
        }
        warn(trained.protocol().optimistic());
        Map<String, Object> document = TrainReport.document(trained, output, curve, threads());
        report.write(trained, document, threads());
        print(TrainReport.lines(trained, output, curve), () -> document);
    }

    private TrainedModel train(TrainingRecipe training, Checkpoints checkpoints) {
        PreparedTraining prepared = training.prepare();
        OutputFile.checkModel(output);
        report.check();
        Dataset dataset = read(data, reading, prepared.readOptions());
        recipe.noteDefaults(prepared, this::note);
        try (ModelLock lock = ModelLock.of(output)) {
            if (checkpoint.fresh) {
                checkpoints.delete();
            }
            TrainedModel trained = prepared.train(dataset);
            trained.model().save(output);
            if (checkpoint.kept()) {
                checkpoints.delete();
            }
            return trained;
        }
    }
}
