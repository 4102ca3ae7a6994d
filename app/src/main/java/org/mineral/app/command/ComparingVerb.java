package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.command.option.BudgetOption;
import org.mineral.app.command.option.ComparedModelsOptions;
import org.mineral.app.command.option.ComparisonFiles;
import org.mineral.app.command.option.ProtocolOptions;
import org.mineral.app.command.option.Seeds;
import org.mineral.app.command.option.data.FeaturedReadingOptions;
import org.mineral.app.command.output.CompareProgress;
import org.mineral.app.report.ComparisonTable;
import org.mineral.app.report.HtmlReport;
import org.mineral.data.Dataset;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.compare.SelectionProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code compare} and {@code demo} share: everything but the data. */
@Command
abstract class ComparingVerb extends ConfiguredVerb {

    @Mixin
    ComparedModelsOptions models = new ComparedModelsOptions();

    @Mixin
    BudgetOption budget = new BudgetOption();

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
    ProtocolOptions selection = new ProtocolOptions();

    @Mixin
    ComparisonFiles files = new ComparisonFiles();

    /** Whether there is no search unless one is asked for. */
    boolean quick() {
        return false;
    }

    /** Compares, prints the table and writes the report. */
    void compare(String source, FeaturedReadingOptions reading) throws IOException {
        // Everything that can be refused is refused before the first minute is spent.
        Map<String, String> settings = settings();
        Path report = files.report();
        Path trainings = files.trainings();
        Budget each = budget.budget();
        List<ModelSpec> compared = models.models();
        List<Long> several = Seeds.parse(seeds, common.givenSeed());
        SelectionProtocol protocol = selection.protocol(retrain, settings.keySet(), each != null || quick());
        int team = threads();
        Dataset data = read(source, reading, protocol.readOptions(compared, settings.keySet()));
        ComparisonResult result;
        try (CompareProgress progress = new CompareProgress(console())) {
            result = models.comparison(data)
                    .source(new DataSource(source, reading.words()))
                    .budget(each)
                    .settings(settings)
                    .seeds(several)
                    .information(information)
                    .selection(protocol)
                    .trainings(trainings)
                    .threads(team)
                    .listener(progress)
                    .run();
        }
        HtmlReport.write(result, report);
        files.done(this::note);
        print(ComparisonTable.withSummary(result), () -> result);
        warn(result.optimistic());
        if (result.best() == null) {
            throw new IOException("none of the models could be trained; the table and " + report + " say why");
        }
    }
}
