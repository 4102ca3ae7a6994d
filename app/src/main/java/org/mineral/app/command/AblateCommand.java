package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.command.option.ModelOption;
import org.mineral.app.command.option.ReadingOptions;
import org.mineral.app.command.option.ValidationOption;
import org.mineral.app.command.output.CompareProgress;
import org.mineral.app.command.output.OutputFile;
import org.mineral.app.report.AblationReport;
import org.mineral.app.report.AblationTable;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.read.Datasets;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.search.Ablation;
import org.mineral.tune.search.AblationResult;
import org.mineral.tune.search.Axis;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ablate}: a heat map of one or two settings. */
@Command(
        name = "ablate",
        description = {
            "Train a model at every point of a grid of one or two settings, each with the same budget; a heat map.",
            "Cells are measured on validation data, and kept as they come: the same command, given again, goes on."
        },
        footer = {"", "Example: mineral ablate data --loss mine+ --x lambda=1:1.5 --y temperature=0.05:0.25:5"})
public final class AblateCommand extends ConfiguredVerb {

    @Parameters(paramLabel = "DATA", description = "A directory with train.* and test.*, one file, or builtin:tastes.")
    String data = "";

    @Option(names = "--loss", paramLabel = "NAME", description = "One of `mineral loss --list`. Default: mine+.")
    @Nullable
    String loss;

    @Option(
            names = "--x",
            required = true,
            paramLabel = "NAME=RANGE",
            description = "The setting across: low:high, low:high:steps (6 by default), or a list of values, a,b,c.")
    String x = "";

    @Option(names = "--y", paramLabel = "NAME=RANGE", description = "The setting upwards. Default: none.")
    @Nullable
    String y;

    @Option(
            names = "--budget",
            paramLabel = "N|TIME",
            description = "Budget of each cell: epochs (10) or training time (60s). Default: 10 epochs.")
    String budget = "10";

    @Mixin
    ModelOption model = new ModelOption();

    @Mixin
    ValidationOption validation = new ValidationOption();

    @Option(
            names = "--test",
            description = "Also measure every cell on the test part: to be looked at, not to choose by.")
    boolean test;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Where the cells are kept, JSON lines. Default: ablation.jsonl.")
    String cells = "ablation.jsonl";

    @Option(names = "--report", paramLabel = "FILE", description = "The HTML report. Default: ablation.html.")
    String report = "ablation.html";

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() throws IOException {
        // Everything that can be refused is refused before the first minute is spent.
        Path page = OutputFile.check("--report", report);
        Path log = OutputFile.check("--log", cells);
        Budget each = Budget.parse(budget);
        Axis across = Axis.parse(x);
        Axis upwards = y == null ? null : Axis.parse(y);
        List<Axis> varied = upwards == null ? List.of(across) : List.of(across, upwards);
        Map<String, String> settings = settings();
        ModelSpec spec = model.specs(loss == null ? List.of() : List.of(loss), List.of("mine+"))
                .get(0);
        HoldOut.Order order = validation.order();
        int team = threads();
        Set<String> names = new HashSet<>(settings.keySet());
        varied.forEach(axis -> names.add(axis.name()));
        Dataset dataset = Datasets.read(
                data, reading.of(SelectionProtocol.DEFAULTS.heldOut(order).readOptions(List.of(spec), names)));
        note(dataset.toString());
        noteReport(dataset);
        AblationResult result;
        try (CompareProgress progress = new CompareProgress(console())) {
            result = Ablation.of(dataset, across)
                    .source(new DataSource(data, reading.words()))
                    .model(spec)
                    .against(upwards)
                    .budget(each)
                    .settings(settings)
                    .seed(seed())
                    .threads(team)
                    .trials(log)
                    .test(test)
                    .heldOut(order)
                    .listener(progress)
                    .run();
        }
        AblationReport.write(result, page);
        if (json) {
            printJson(result);
        } else {
            AblationTable.lines(result).forEach(this::print);
        }
        note("The report is in " + page + ", the cells are in " + log + ".");
        if (result.best() == null) {
            throw new IOException("no cell could be trained; the reasons stand in " + log);
        }
    }
}
