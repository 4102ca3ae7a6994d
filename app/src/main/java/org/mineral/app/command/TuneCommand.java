package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.command.option.ModelOption;
import org.mineral.app.command.option.ReadingOptions;
import org.mineral.app.command.option.SelectionOptions;
import org.mineral.app.command.option.ValidationOption;
import org.mineral.app.command.output.CompareProgress;
import org.mineral.app.command.output.OutputFile;
import org.mineral.app.console.Shell;
import org.mineral.app.report.OptimisticWarning;
import org.mineral.app.report.TuningReport;
import org.mineral.app.report.TuningTable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.model.io.ModelLock;
import org.mineral.model.provenance.Provenance;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.preset.SavedPreset;
import org.mineral.tune.search.SearchBudget;
import org.mineral.tune.search.Tuning;
import org.mineral.tune.search.TuningResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tune}: searches settings. */
@Command(
        name = "tune",
        description = {
            "Search the settings of models on validation data, with the same budget for each; then train the best",
            "on all of train, and look at the test part once. Trials are kept as they come: the same command goes on."
        },
        footer = {"", "Example: mineral tune data -o model --losses mine+,softmax --minutes 20"})
public final class TuneCommand extends ConfiguredVerb {

    @Parameters(paramLabel = "DATA", description = "A directory with train.* and test.*, one file, or builtin:tastes.")
    String data = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL",
            description = "Where the final model goes: a directory. Default: nowhere.")
    @Nullable
    Path output;

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
            description = "Epochs of the longest trials; most have a ninth of it. Default: 27.")
    int epochs = Tuning.DEFAULT_EPOCHS;

    @Mixin
    ModelOption model = new ModelOption();

    @Mixin
    SelectionOptions terms = new SelectionOptions();

    @Mixin
    ValidationOption validation = new ValidationOption();

    @Option(
            names = "--save-preset",
            paramLabel = "FILE",
            description = "Keep what was found as a preset: a .json file for --preset. Its name is the file's.")
    @Nullable
    String savePreset;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Where the trials are kept, JSON lines. Default: tuning.jsonl.")
    String log = "tuning.jsonl";

    @Option(names = "--report", paramLabel = "FILE", description = "The HTML report. Default: tuning.html.")
    String report = "tuning.html";

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() throws IOException {
        // Everything that can be refused is refused before the first minute is spent.
        Map<String, String> settings = settings();
        Path page = OutputFile.check("--report", report);
        Path trials = OutputFile.check("--log", log);
        if (output != null) {
            OutputFile.checkModel(output);
        }
        Path kept = savePreset == null ? null : OutputFile.check("--save-preset", savePreset);
        if (kept != null && !kept.toString().endsWith(".json")) {
            throw new InputException(
                    "--save-preset " + kept + " does not end in .json, which --preset wants of a file.");
        }
        SelectionProtocol agreed = terms.terms(false).heldOut(validation.order());
        if (kept != null && agreed.optimistic()) {
            throw new InputException(
                    "a preset is chosen on validation data; leave out --protocol paper or --save-preset.");
        }
        List<ModelSpec> models = model.specs(losses, List.of("mine+"));
        SearchBudget budget = new SearchBudget(
                points != null ? points : minutes == null ? Tuning.DEFAULT_POINTS : 0, minutes == null ? 0 : minutes);
        Tuning.check(models, settings, seed());
        threads();
        Dataset dataset = Datasets.read(data, reading.of(agreed.readOptions(models, settings.keySet())));
        note(dataset.toString());
        noteReport(dataset);
        if (output == null) {
            tune(dataset, models, budget, settings, agreed, trials, page, kept);
            return;
        }
        try (ModelLock lock = ModelLock.of(output)) {
            tune(dataset, models, budget, settings, agreed, trials, page, kept);
        }
    }

    /** What `mineral config` needs to say beside the settings; a test part that was made here is in no file to train on again. */
    private Provenance provenance(Dataset dataset) {
        return dataset.test().size() == 0 ? Provenance.NONE : Provenance.NONE.with(reading.provenance(data));
    }

    private void tune(
            Dataset dataset,
            List<ModelSpec> models,
            SearchBudget budget,
            Map<String, String> settings,
            SelectionProtocol agreed,
            Path trials,
            Path page,
            @Nullable Path kept)
            throws IOException {
        Tuning.Outcome outcome;
        try (CompareProgress progress = new CompareProgress(console())) {
            outcome = Tuning.of(dataset)
                    .models(models)
                    .budget(budget)
                    .epochs(epochs)
                    .settings(settings)
                    .seed(seed())
                    .threads(threads())
                    .trials(trials)
                    .terms(agreed)
                    .provenance(provenance(dataset))
                    .listener(progress)
                    .run();
        }
        TuningReport.write(outcome.result(), page);
        if (json) {
            printJson(outcome.result());
        } else {
            TuningTable.lines(outcome.result()).forEach(this::print);
        }
        note("The report is in " + page + ", the trials are in " + trials + ".");
        if (outcome.model() == null) {
            throw new IOException("no trial could be trained; the reasons stand in " + trials);
        }
        if (outcome.result().optimistic()) {
            note(OptimisticWarning.LINE);
        }
        if (kept != null) {
            save(outcome.result(), dataset, kept);
        }
        if (output != null) {
            outcome.model().save(output);
            note("The model is in " + output + ".");
        }
    }

    private void save(TuningResult result, Dataset dataset, Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
        String command = "./mineral "
                + spec.root().commandLine().getParseResult().originalArgs().stream()
                        .map(Shell::quoted)
                        .collect(Collectors.joining(" "));
        SavedPreset preset = result.preset(name, dataset.hash(), command);
        if (preset != null) {
            preset.write(file);
            note("The preset is in " + file + ".");
        }
    }
}
