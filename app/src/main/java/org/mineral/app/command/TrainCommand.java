package org.mineral.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.Json;
import org.mineral.app.Settings;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.linalg.Workers;
import org.mineral.model.ModelInfo;
import org.mineral.model.PopularityModel;
import org.mineral.train.Epoch;
import org.mineral.train.TrainOptions;
import org.mineral.train.TrainResult;
import org.mineral.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code train}: one model from data. The test part is not looked at. */
@Command(
        name = "train",
        description = "Train one model. With a valid part, training stops early on it; the test part is never used.",
        footer = {"", "Example: mineral train interactions.csv -o model --loss mine+ --set temperature=0.12"})
public final class TrainCommand extends Verb {

    @Parameters(paramLabel = "DATA", description = "A directory with train.*, one file, or builtin:tastes.")
    String data = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MODEL",
            description = "Where the model goes: a directory. A model that is there is replaced at the end.")
    Path output;

    @Option(names = "--loss", paramLabel = "NAME", description = "One of `mineral loss --list`. Default: mine+.")
    String loss = "mine+";

    @Option(names = "--model", paramLabel = "KIND", description = "mf or popularity. Default: mf.")
    String model = "mf";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the loss, or a setting of training. May be repeated.")
    List<String> set = new ArrayList<>();

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Share of each user's training interactions to hold out for early stopping.")
    @Nullable
    Double validation;

    @Option(
            names = "--information",
            description = "Also measure after each epoch what the scores know of the training pairs, in nats.")
    boolean information;

    @Override
    protected void run() {
        List<String> kinds = List.of("mf", "popularity");
        if (!kinds.contains(model)) {
            throw InputException.unknown("model", model, kinds);
        }
        int team = threads();
        Settings settings = Settings.of(loss, set);
        OutputFile.checkModel(output);
        settings.notes().forEach(this::note);
        Dataset dataset = Dataset.read(data);
        note(dataset.toString());
        noteReport(dataset);
        if (model.equals("popularity")) {
            trainPopularity(dataset);
        } else {
            trainFactors(dataset, settings, team);
        }
    }

    private void trainPopularity(Dataset dataset) {
        long start = System.nanoTime();
        ModelInfo info = ModelInfo.of(PopularityModel.NAME, Map.of(), Map.of("data_hash", dataset.hash()));
        new PopularityModel(dataset.users(), dataset.items(), dataset.train(), info).save(output);
        double seconds = (System.nanoTime() - start) / 1e9;
        report(Json.object("model", output.toString(), "kind", model, "seconds", seconds), "popularity", seconds);
    }

    private void trainFactors(Dataset read, Settings settings, int team) {
        if (settings.given().containsKey("seed") && seed != null) {
            throw new InputException("the seed stands twice, as --seed and --set seed; give it once.");
        }
        TrainOptions options =
                seed == null ? settings.options() : settings.options().withSeed(seed);
        Dataset dataset = validation == null ? read : read.holdOut(validation, options.seed());
        TrainResult result;
        Trainer trainer = new Trainer(settings.loss(), options).threads(team);
        InformationCurve knows = new InformationCurve();
        try (Progress progress = new Progress(console());
                Workers workers = new Workers(information ? team : 1)) {
            result = trainer.listener(information ? knows.beside(progress, dataset.train(), workers) : progress)
                    .train(dataset);
        }
        result.model().save(output);
        List<Map<String, Object>> curve = new ArrayList<>();
        for (Epoch e : result.curve()) {
            Map<String, Object> entry = Json.object(
                    "epoch", e.number(), "loss", e.loss(), "seconds", e.seconds(), "validation", e.validation());
            if (information) {
                entry.put("information", knows.json(e.number()));
            }
            curve.add(entry);
        }
        Map<String, Object> document = Json.object(
                "model", output.toString(),
                "kind", model,
                "loss", loss,
                "settings", new LinkedHashMap<>(trainer.settings()),
                "users", dataset.users().size(),
                "items", dataset.items().size(),
                "interactions", dataset.train().size(),
                "epochs", result.curve().size(),
                "bestEpoch", result.bestEpoch(),
                "seconds", result.seconds(),
                "curve", curve);
        if (information && !json) {
            knows.lines(result.curve()).forEach(this::print);
        }
        report(
                document,
                loss + ", epoch " + result.bestEpoch() + " of " + result.curve().size(),
                result.seconds());
    }

    private void report(Map<String, Object> document, String what, double seconds) {
        if (json) {
            printJson(document);
        } else {
            print("%s: trained in %.1f s, saved in %s".formatted(what, seconds, output));
        }
    }
}
