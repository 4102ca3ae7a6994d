package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.Updatable;
import org.mineral.algorithm.Updated;
import org.mineral.app.cli.Settings;
import org.mineral.app.command.option.ReadingOptions;
import org.mineral.app.command.output.OutputFile;
import org.mineral.app.command.output.Progress;
import org.mineral.app.json.JsonText;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.NoDataException;
import org.mineral.data.read.Datasets;
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
            "Take new interactions, users and items into a model, in a fraction of the time of training it again:",
            "newcomers get vectors against what the model knows, then a few epochs over everything follow."
        },
        footer = {"", "Example: mineral update model today.csv -o model"})
public final class UpdateCommand extends Verb {

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's directory. It holds its own interactions.")
    Path model;

    @Parameters(
            index = "1",
            paramLabel = "NEWDATA",
            description = "What came since: a file or a directory with train.*.")
    String data = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MODEL",
            description = "Where the new model goes; may be the old one's place.")
    Path output;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "epochs (3), learning_rate (0.01) or fold_steps (30). May be repeated.")
    List<String> set = new ArrayList<>();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() throws IOException {
        Map<String, String> settings = Settings.split(set);
        int team = threads();
        OutputFile.checkModel(output);
        Updatable known = Models.load(model, Updatable.class);
        Dataset news = news();
        noteReport(news);
        Updated<?> result;
        try (ModelLock lock = ModelLock.of(output);
                Progress progress = new Progress(console())) {
            result = known.update(news, settings, team, progress);
            if (result.newPairs() > 0 || !isSamePlace(model, output)) {
                result.model().save(output);
            }
        }
        Fit<?> training = result.training();
        double seconds = result.foldSeconds() + (training == null ? 0 : training.seconds());
        if (json) {
            printJson(JsonText.object(
                    "model", output.toString(),
                    "newUsers", result.newUsers(),
                    "newItems", result.newItems(),
                    "newInteractions", result.newPairs(),
                    "foldSeconds", result.foldSeconds(),
                    "epochs", training == null ? 0 : training.curve().size(),
                    "seconds", seconds));
        } else if (training == null) {
            String why =
                    news.train().size() == 0 ? " holds no interactions" : ": the model knows every interaction in it";
            print(data + why + "; nothing to update, " + output + " is the model as it was");
        } else {
            print(String.format(
                    Locale.ROOT,
                    "%,d new interactions, %,d new users, %,d new items: updated in %.1f s, saved in %s",
                    result.newPairs(),
                    result.newUsers(),
                    result.newItems(),
                    seconds,
                    output));
        }
    }

    /** No new interactions is not an error. */
    private Dataset news() {
        try {
            return Datasets.read(data, reading.options());
        } catch (NoDataException e) {
            Interactions none = Interactions.empty(0, 0);
            return Dataset.of(data, IdMap.of(List.of()), IdMap.of(List.of()), none, none, none);
        }
    }

    private static boolean isSamePlace(Path a, Path b) throws IOException {
        return Files.exists(b) && Files.isSameFile(a, b);
    }
}
