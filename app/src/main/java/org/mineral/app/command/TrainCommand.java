package org.mineral.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.app.FactorKind;
import org.mineral.app.Json;
import org.mineral.app.Settings;
import org.mineral.app.report.Optimism;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.PopularityModel;
import org.mineral.train.Epoch;
import org.mineral.train.TrainListener;
import org.mineral.train.TrainOptions;
import org.mineral.train.TrainResult;
import org.mineral.train.Trainer;
import org.mineral.tune.PaperProtocol;
import org.mineral.tune.Preset;
import org.mineral.tune.Presets;
import org.mineral.tune.Retraining;
import org.mineral.tune.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "One of `mineral loss --list`. Default: the preset's, or mine+.")
    @Nullable
    String loss;

    @Option(names = "--model", paramLabel = "KIND", description = "mf, lightgcn or popularity. Default: mf.")
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
            names = "--retrain",
            description = "Then train again on train and validation part, for as many epochs as were best.")
    boolean retrain;

    @Mixin
    TermsOptions terms = new TermsOptions();

    @Option(
            names = "--information",
            description = "Also measure after each epoch what the scores know of the training pairs, in nats.")
    boolean information;

    @Override
    protected void run() {
        boolean counts = model.equals(PopularityModel.NAME);
        int team = threads();
        List<String> asked =
                counts ? set : FactorKind.of(model, PopularityModel.NAME).settings(set);
        Terms agreed = terms.terms(retrain);
        Preset preset = agreed.preset();
        String named = loss != null ? loss : preset != null ? preset.losses().get(0) : "mine+";
        Settings.of(named, asked).notes().forEach(this::note);
        if (preset != null) {
            Presets.check(preset, List.of(named));
        }
        OutputFile.checkModel(output);
        Dataset dataset = Dataset.read(data);
        note(dataset.toString());
        noteReport(dataset);
        if (counts) {
            trainPopularity(dataset);
        } else {
            List<String> pairs = preset == null ? asked : begunWith(preset, named, asked, dataset);
            trainFactors(dataset, Settings.of(named, pairs), agreed, team);
        }
    }

    /** What was set, and before it what the preset says. */
    private List<String> begunWith(Preset preset, String named, List<String> asked, Dataset dataset) {
        Map<String, String> settings = new LinkedHashMap<>(preset.settings(named, dataset.train()));
        note("preset " + preset.name() + ": "
                + settings.entrySet().stream()
                        .map(s -> s.getKey() + "=" + s.getValue())
                        .collect(Collectors.joining(" ")));
        Settings.split(asked).keySet().forEach(settings::remove);
        List<String> pairs = new ArrayList<>(asked);
        settings.forEach((key, value) -> pairs.add(key + "=" + value));
        return pairs;
    }

    private void trainPopularity(Dataset dataset) {
        long start = System.nanoTime();
        ModelInfo info = ModelInfo.of(PopularityModel.NAME, Map.of(), Map.of("data_hash", dataset.hash()));
        new PopularityModel(dataset.users(), dataset.items(), dataset.train(), info).save(output);
        double seconds = (System.nanoTime() - start) / 1e9;
        report(Json.object("model", output.toString(), "kind", model, "seconds", seconds), "popularity", seconds);
    }

    private void trainFactors(Dataset read, Settings settings, Terms agreed, int team) {
        if (settings.given().containsKey("seed") && seed != null) {
            throw new InputException("the seed stands twice, as --seed and --set seed; give it once.");
        }
        TrainOptions options =
                seed == null ? settings.options() : settings.options().withSeed(seed);
        Dataset dataset = validation == null ? read : read.holdOut(validation, options.seed());
        if (retrain && dataset.valid().size() == 0) {
            throw new InputException("--retrain wants a validation part to choose the epoch on; add --validation 0.1.");
        }
        TrainResult result;
        FactorModel last;
        Trainer trainer = new Trainer(settings.loss(), options).threads(team);
        InformationCurve knows = new InformationCurve();
        try (Progress progress = new Progress(console(), agreed.optimistic() ? "test" : "valid");
                Workers workers = new Workers(information ? team : 1)) {
            TrainListener to = information ? knows.beside(progress, dataset.train(), workers) : progress;
            int stop = agreed.preset() == null || Settings.split(set).containsKey("epochs")
                    ? 0
                    : agreed.preset().bestEpoch(Losses.name(settings.loss()));
            result = agreed.optimistic()
                    ? PaperProtocol.train(trainer, dataset, options.patience(), team, to)
                    : stop > 0 && dataset.valid().size() == 0
                            ? Retraining.train(trainer, stop, dataset, to)
                            : trainer.listener(to).train(dataset);
            last = retrain
                    ? Retraining.train(trainer, result.bestEpoch(), dataset, progress)
                            .model()
                    : result.model();
        }
        if (agreed.preset() != null) {
            last = last.withFact("preset", agreed.preset().name());
        }
        last.save(output);
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
                "loss", Losses.name(settings.loss()),
                "settings", new LinkedHashMap<>(trainer.settings()),
                "users", dataset.users().size(),
                "items", dataset.items().size(),
                "interactions", dataset.train().size(),
                "epochs", result.curve().size(),
                "bestEpoch", result.bestEpoch(),
                "seconds", result.seconds(),
                "protocol", agreed.toString(),
                "optimistic", agreed.optimistic(),
                "curve", curve);
        if (agreed.preset() != null) {
            document.put("preset", agreed.preset().name());
        }
        if (agreed.optimistic()) {
            note(Optimism.LINE);
        }
        if (information && !json) {
            knows.lines(result.curve()).forEach(this::print);
        }
        report(
                document,
                Losses.name(settings.loss()) + ", epoch " + result.bestEpoch() + " of "
                        + result.curve().size(),
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
