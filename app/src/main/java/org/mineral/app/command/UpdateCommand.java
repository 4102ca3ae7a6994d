package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mineral.algorithm.Updatable;
import org.mineral.algorithm.Updated;
import org.mineral.app.cli.Settings;
import org.mineral.app.command.option.OutputFile;
import org.mineral.app.command.option.data.NewcomerOptions;
import org.mineral.app.command.option.data.ReadingOptions;
import org.mineral.app.command.output.Progress;
import org.mineral.app.command.output.UpdateReport;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.io.ModelLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code update}: adds new interactions, users and items to a model. */
@Command(
        name = "update",
        description = {
            "Take new interactions, users and items into a model. What it was trained on need not be given again.",
            "mf, lightgcn and sequence: new users and items get vectors that fit those of the model, "
                    + "then a few epochs over everything follow. Models without epochs are computed again with "
                    + "their own settings."
        },
        footer = {"", "Example: mineral update model today.csv -o model"})
public final class UpdateCommand extends Verb {

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's directory. It holds its own interactions.")
    Path model;

    @Parameters(
            index = "1",
            paramLabel = "NEWDATA",
            description = "The new interactions: a file, or a directory with train.*.")
    String data = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MODEL",
            description = "Where the new model goes; may be the directory of the old one.")
    Path output;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "epochs (3), learning_rate (0.01) or fold_steps (30); of sequences: epochs (4), learning_rate (0.005); of models without epochs: none. May be repeated.")
    List<String> set = new ArrayList<>();

    @Mixin
    NewcomerOptions newcomers = new NewcomerOptions();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() throws IOException {
        Map<String, String> settings = Settings.split(set);
        int team = threads();
        OutputFile.checkModel(output);
        Updatable known = Models.load(model, Updatable.class);
        Dataset news = reading.readOrNone(data, known.readsOrder());
        noteReport(news);
        Updated<?> result;
        Model described;
        try (ModelLock lock = ModelLock.of(output);
                Progress progress = new Progress(console())) {
            result = known.update(news, settings, team, progress);
            Model more = newcomers.files().into(result.model(), this::note);
            if (result.newPairs() > 0 || more != result.model() || !isSamePlace(model, output)) {
                more.save(output);
            }
            described = more;
        }
        UpdateReport report = new UpdateReport(result, described, news, output);
        print(report.line(), report::document);
    }

    private static boolean isSamePlace(Path a, Path b) throws IOException {
        return Files.exists(b) && Files.isSameFile(a, b);
    }
}
