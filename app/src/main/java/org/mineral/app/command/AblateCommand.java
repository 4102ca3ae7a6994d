package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.command.option.BudgetOption;
import org.mineral.app.command.option.CellProtocolOptions;
import org.mineral.app.command.option.GridOptions;
import org.mineral.app.command.option.TrialFiles;
import org.mineral.app.command.option.data.FeaturedReadingOptions;
import org.mineral.app.command.output.CompareProgress;
import org.mineral.app.report.AblationReport;
import org.mineral.app.report.AblationTable;
import org.mineral.data.Dataset;
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
            "Cells are measured on validation data, and kept as they finish: the same command, given again, resumes."
        },
        footer = {"", "Example: mineral ablate data --loss mine+ --x lambda=1:1.5 --y temperature=0.05:0.25:5"})
public final class AblateCommand extends ConfiguredVerb {

    @Parameters(paramLabel = "DATA", description = "A directory with train.* and test.*, one file, or builtin:tastes.")
    String data = "";

    @Mixin
    GridOptions grid = new GridOptions();

    @Mixin
    BudgetOption budget = new BudgetOption();

    @Mixin
    CellProtocolOptions selection = new CellProtocolOptions();

    @Option(
            names = "--test",
            description = "Also measure every cell on the test part: for information, not to choose by.")
    boolean test;

    @Mixin
    TrialFiles files = new TrialFiles("ablation");

    @Mixin
    FeaturedReadingOptions reading = new FeaturedReadingOptions();

    @Override
    protected void run() throws IOException {
        // Everything that can be refused is refused before the first minute is spent.
        Path page = files.report();
        Path log = files.log();
        Budget each = budget.budget();
        Axis across = grid.x();
        Axis upwards = grid.y();
        Map<String, String> settings = settings();
        ModelSpec spec = grid.model();
        SelectionProtocol protocol = selection.protocol(settings.keySet());
        int team = threads();
        Dataset dataset = read(data, reading, protocol.readOptions(List.of(spec), grid.names(settings.keySet())));
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
                    .selection(protocol)
                    .listener(progress)
                    .run();
        }
        AblationReport.write(result, page);
        print(AblationTable.lines(result), () -> result);
        note("The report is in " + page + ", the cells are in " + log + ".");
        if (result.best() == null) {
            throw new IOException("no cell could be trained; " + log + " says why");
        }
    }
}
