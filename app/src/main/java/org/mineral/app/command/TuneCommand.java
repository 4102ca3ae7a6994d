package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.FinalModelOption;
import org.mineral.app.command.option.ProtocolOptions;
import org.mineral.app.command.option.SavePresetOption;
import org.mineral.app.command.option.SearchOptions;
import org.mineral.app.command.option.TrialFiles;
import org.mineral.app.command.option.data.FeaturedReadingOptions;
import org.mineral.app.command.output.CompareProgress;
import org.mineral.app.report.TuningReport;
import org.mineral.app.report.TuningTable;
import org.mineral.data.Dataset;
import org.mineral.model.io.ModelLock;
import org.mineral.model.provenance.Provenance;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.search.Tuning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tune}: searches settings. */
@Command(
        name = "tune",
        description = "Search the settings of models on validation data, with the same budget for each; then "
                + "train the best on all of train, and look at the test part once. Trials are kept as they "
                + "finish: the same command resumes.",
        footer = {"", "Example: mineral tune data -o model --losses mine+,softmax --minutes 20"})
public final class TuneCommand extends ConfiguredVerb {

    @Parameters(paramLabel = "DATA", description = "A directory with train.* and test.*, one file, or builtin:tastes.")
    String data = "";

    @Mixin
    FinalModelOption output = new FinalModelOption();

    @Mixin
    SearchOptions search = new SearchOptions();

    @Mixin
    ProtocolOptions selection = new ProtocolOptions();

    @Mixin
    SavePresetOption savePreset = new SavePresetOption();

    @Mixin
    TrialFiles files = new TrialFiles("tuning");

    @Mixin
    FeaturedReadingOptions reading = new FeaturedReadingOptions();

    @Override
    protected void run() throws IOException {
        // Everything that can be refused is refused before the first minute is spent.
        Map<String, String> settings = settings();
        Path page = files.report();
        Path trials = files.log();
        output.check();
        SelectionProtocol protocol = selection.protocol(false, settings.keySet(), false);
        savePreset.check(protocol.optimistic());
        search.check(settings, seed());
        int team = threads();
        Dataset dataset = read(data, reading, protocol.readOptions(search.models(), settings.keySet()));
        try (@Nullable ModelLock lock = output.lock();
                CompareProgress progress = new CompareProgress(console())) {
            Tuning tuning = search.of(dataset)
                    .settings(settings)
                    .seed(seed())
                    .threads(team)
                    .trials(trials)
                    .selection(protocol)
                    // If the test part was split off here, no file has the training part to train on again.
                    .provenance(
                            dataset.test().size() == 0
                                    ? Provenance.NONE
                                    : Provenance.NONE.with(reading.provenance(data)))
                    .listener(progress);
            Tuning.Outcome outcome = tuning.run();
            progress.close();
            TuningReport.write(outcome.result(), page);
            print(TuningTable.lines(outcome.result()), outcome::result);
            note("The report is in " + page + ", the trials are in " + trials + ".");
            if (outcome.model() == null) {
                throw new IOException("no trial could be trained; " + trials + " says why");
            }
            warn(outcome.result().optimistic());
            savePreset.save(outcome.result(), dataset.hash(), tuning.search(), this::note);
            output.save(outcome.model(), this::note);
        }
    }
}
