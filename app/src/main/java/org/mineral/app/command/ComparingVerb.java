package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.command.option.ModelOption;
import org.mineral.app.command.option.ReadingOptions;
import org.mineral.app.command.option.Seeds;
import org.mineral.app.command.option.SelectionOptions;
import org.mineral.app.command.option.ValidationOption;
import org.mineral.app.command.output.CompareProgress;
import org.mineral.app.command.output.OutputFile;
import org.mineral.app.report.ComparisonTable;
import org.mineral.app.report.HtmlReport;
import org.mineral.app.report.OptimisticWarning;
import org.mineral.app.report.Summary;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.loss.Losses;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.Comparison;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.compare.SelectionProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code compare} and {@code demo} share: everything but the data. */
@Command
abstract class ComparingVerb extends ConfiguredVerb {

    @Option(
            names = "--losses",
            paramLabel = "LOSS,LOSS",
            split = ",",
            description = "The losses to compare, of --model. Default: all, or none beside --models.")
    List<String> losses = new ArrayList<>();

    @Option(
            names = "--models",
            paramLabel = "MODEL,MODEL",
            split = ",(?![^(]*\\))",
            description = {
                "Models to compare: algorithms or losses, each with settings of its own if need be:",
                "mf,ease,'rp3beta(alpha=0.6)','mine+(lambda=1.3)'."
            })
    List<String> models = new ArrayList<>();

    @Option(
            names = "--budget",
            paramLabel = "N|TIME",
            description = "Budget of each loss: epochs (10) or training time (60s, 2m). Default: 10 epochs.")
    String budget = "10";

    @Mixin
    ModelOption model = new ModelOption();

    @Option(
            names = "--seeds",
            paramLabel = "N|SEED,SEED",
            description = "Train each loss with N seeds, --seed and those after it, or with these. Default: 1.")
    String seeds = "1";

    @Option(
            names = "--information",
            description = "Also measure the information of the scores about the test pairs beyond popularity, in nats.")
    boolean information;

    @Option(
            names = "--retrain",
            description = "Train again on train and validation part, for the best number of epochs, before measuring.")
    boolean retrain;

    @Mixin
    SelectionOptions terms = new SelectionOptions();

    @Mixin
    ValidationOption validation = new ValidationOption();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = {
                "Keep finished trainings there, JSON lines, and train only those that are missing: also for further losses.",
                "Default: beside the report until it is written, so that the same command goes on after a kill."
            })
    @Nullable
    String log;

    @Option(names = "--fresh", description = "Begin anew, and delete what a killed run left beside the report.")
    boolean fresh;

    @Option(names = "--report", paramLabel = "FILE", description = "The HTML report. Default: report.html.")
    String report = "report.html";

    private Path trainings(Path report) throws IOException {
        if (log != null) {
            return OutputFile.check("--log", log);
        }
        Path beside = report.resolveSibling(report.getFileName() + ".trainings");
        if (fresh) {
            Files.deleteIfExists(beside);
        }
        return beside;
    }

    /** Losses of one algorithm, and models beside them. */
    private List<ModelSpec> compared() {
        List<ModelSpec> compared = new ArrayList<>();
        if (models.isEmpty() || !losses.isEmpty()) {
            compared.addAll(model.specs(losses, Losses.names()));
        } else if (!model.isDefault()) {
            throw new InputException("--model " + model.name
                    + " says whose losses are compared; name it among --models, or name --losses.");
        }
        models.forEach(text -> compared.add(ModelSpec.parse(text)));
        return compared;
    }

    /** Compares, prints the table and writes the report. */
    void compare(String source, ReadingOptions reading) throws IOException {
        // Everything that can be refused is refused before the first minute is spent.
        Map<String, String> settings = settings();
        Path file = OutputFile.check("--report", report);
        Path trainings = trainings(file);
        Budget each = Budget.parse(budget);
        List<ModelSpec> compared = compared();
        List<Long> several = Seeds.parse(seeds, seed);
        SelectionProtocol agreed = terms.terms(retrain).heldOut(validation.order());
        Dataset data = Datasets.read(source, reading.of(agreed.readOptions(compared, settings.keySet())));
        Comparison comparison = Comparison.of(data)
                .source(new DataSource(source, reading.words()))
                .models(compared)
                .budget(each)
                .settings(settings)
                .seeds(several)
                .information(information)
                .terms(agreed)
                .trainings(trainings)
                .threads(threads())
                .check();
        note(data.toString());
        noteReport(data);
        ComparisonResult result;
        try (CompareProgress progress = new CompareProgress(console())) {
            result = comparison.listener(progress).run();
        }
        HtmlReport.write(result, file);
        if (log == null) {
            Files.deleteIfExists(trainings);
        }
        if (json) {
            printJson(result);
        } else {
            ComparisonTable.lines(result).forEach(this::print);
            print("");
            Summary.of(result).forEach(this::print);
        }
        if (result.optimistic()) {
            note(OptimisticWarning.LINE);
        }
        note("The report is in " + file + ".");
        if (result.best() == null) {
            throw new IOException("none of the models could be trained; the reasons stand in the table and in " + file);
        }
    }
}
