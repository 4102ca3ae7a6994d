package org.mineral.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.app.FactorKind;
import org.mineral.app.Json;
import org.mineral.app.Provenance;
import org.mineral.app.Settings;
import org.mineral.app.report.Optimism;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.linalg.Workers;
import org.mineral.loss.Loss;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.ModelLock;
import org.mineral.model.PopularityModel;
import org.mineral.train.Checkpoints;
import org.mineral.train.Epoch;
import org.mineral.train.TrainListener;
import org.mineral.train.TrainOptions;
import org.mineral.train.TrainResult;
import org.mineral.train.Trainer;
import org.mineral.tune.AutoPreset;
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
        description = {
            "Train one model. With a valid part, training stops early on it; the test part is never used.",
            "Where nothing says how to begin (--preset, --config, --set of a setting that it gives), --preset auto does."
        },
        footer = {"", "Example: mineral train interactions.csv -o model --loss mine+ --set temperature=0.12"})
public final class TrainCommand extends ConfiguredVerb {

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

    @Mixin
    PartsOptions parts = new PartsOptions();

    @Mixin
    TeacherOption lessons = new TeacherOption();

    @Mixin
    CheckpointOptions checkpoint = new CheckpointOptions();

    @Mixin
    TermsOptions terms = new TermsOptions();

    @Option(
            names = "--information",
            description = "Also measure after each epoch what the scores know of the training pairs, in nats.")
    boolean information;

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() {
        parts.check();
        boolean counts = model.equals(PopularityModel.NAME);
        lessons.check(counts, parts.retrain);
        int team = threads();
        Map<String, String> given =
                counts ? settings() : FactorKind.of(model, PopularityModel.NAME).settings(settings());
        HoldOut.Order order = parts.order();
        Terms agreed = terms.terms(parts.retrain).heldOut(order);
        if (counts) {
            checkCounting(given, agreed);
        }
        if (parts.withValid && agreed.optimistic()) {
            throw new InputException("the protocol paper trains on the valid part anyway; leave --with-valid out.");
        }
        Preset preset = agreed.preset();
        String named = loss != null ? loss : preset != null ? preset.losses().get(0) : "mine+";
        if (leavesTheBeginningOpen(named, given)) {
            preset = new AutoPreset();
            agreed = agreed.preset(preset);
        }
        Settings.of(named, given).notes().forEach(this::note);
        if (preset != null) {
            Presets.check(preset, List.of(named));
        }
        OutputFile.checkModel(output);
        Checkpoints checkpoints = checkpoint.beside(output);
        Dataset dataset = Dataset.read(data, reading.of(Reading.of(order, preset, given.keySet())));
        note(dataset.toString());
        noteReport(dataset);
        try (ModelLock lock = ModelLock.of(output)) {
            if (checkpoint.fresh) {
                checkpoints.delete();
            }
            if (counts) {
                trainPopularity(dataset, given);
                return;
            }
            Map<String, String> all = preset == null ? given : begunWith(preset, named, dataset, given);
            trainFactors(dataset, Settings.of(named, all), agreed, team, checkpoints);
            if (checkpoint.kept()) {
                checkpoints.delete();
            }
        }
    }

    /**
     * Then the rules of {@code auto} decide. Not beside a file, which says all of a run, nor beside one of the settings that the
     * rules give: they were found together, and the commands that reports print name some of them.
     */
    private boolean leavesTheBeginningOpen(String named, Map<String, String> given) {
        return !terms.saysHowToBegin()
                && config == null
                && model.equals(FactorModel.NAME)
                && AutoPreset.fits(named, given.keySet());
    }

    /** What was set, and before it what the preset says. */
    private Map<String, String> begunWith(Preset preset, String named, Dataset dataset, Map<String, String> given) {
        Map<String, String> settings = preset.settings(named, dataset.train());
        note("preset " + preset.name() + ": "
                + settings.entrySet().stream()
                        .map(s -> s.getKey() + "=" + s.getValue())
                        .collect(Collectors.joining(" "))
                + (terms.saysHowToBegin() ? "" : "; --preset none: the loss's own defaults"));
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(given);
        return all;
    }

    /** @throws InputException for what a model that only counts has no use for: nothing is ignored in silence */
    private void checkCounting(Map<String, String> given, Terms agreed) {
        List<String> useless = new ArrayList<>();
        if (loss != null) {
            useless.add("--loss");
        }
        given.keySet().stream().filter(name -> !name.equals("seed")).forEach(name -> useless.add("--set " + name));
        if (agreed.preset() != null) {
            useless.add("--preset");
        }
        if (agreed.optimistic()) {
            useless.add("--protocol paper");
        }
        if (information) {
            useless.add("--information");
        }
        if (!useless.isEmpty()) {
            throw new InputException("a popularity model only counts; it has no use for " + String.join(", ", useless)
                    + ". Leave that out.");
        }
    }

    private void trainPopularity(Dataset read, Map<String, String> given) {
        long start = System.nanoTime();
        long seed = given.containsKey("seed")
                ? TrainOptions.defaults().with("seed", given.get("seed")).seed()
                : seed();
        Dataset divided = parts.of(read, seed);
        Dataset dataset = parts.retrain ? divided.withValidInTrain() : divided;
        Map<String, Object> facts = new LinkedHashMap<>(parts.facts());
        facts.putAll(Map.of("data", dataset.name(), "data_hash", dataset.hash(), "source", data));
        if (parts.retrain) {
            facts.put(Retraining.FACT, true);
        }
        // Nothing else of it is drawn.
        Map<String, String> drawn = parts.validation == null ? Map.of() : Map.of("seed", String.valueOf(seed));
        ModelInfo info = ModelInfo.of(PopularityModel.NAME, drawn, facts);
        new PopularityModel(dataset.users(), dataset.items(), dataset.train(), dataset.seen(), info).save(output);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> document = Json.object(
                "model", output.toString(),
                "kind", model,
                "users", dataset.users().size(),
                "items", dataset.items().size(),
                "interactions", dataset.train().size(),
                "seconds", seconds);
        document.putAll(Provenance.of(dataset, seed, threads()));
        report(document, "popularity", seconds);
    }

    private void trainFactors(Dataset read, Settings settings, Terms agreed, int team, Checkpoints checkpoints) {
        if (settings.given().containsKey("seed") && seed != null) {
            throw new InputException("the seed stands twice, as --seed and --set seed; give it once.");
        }
        TrainOptions options =
                seed == null ? settings.options() : settings.options().withSeed(seed);
        Dataset dataset = parts.of(read, options.seed());
        dataset.report().since(read.report()).lines().forEach(line -> note("  " + line));
        Trainer plain = new Trainer(settings.loss(), options).threads(team).fact("source", data);
        Trainer trainer = lessons.teaching(parts.told(plain));
        InformationCurve knows = new InformationCurve();
        Trained trained;
        try (Progress progress = new Progress(console(), agreed.optimistic() ? "test" : "valid");
                Workers workers = new Workers(information ? team : 1)) {
            TrainListener to = information ? knows.beside(progress, dataset.train(), workers) : progress;
            trained = train(trainer, settings.loss(), dataset, agreed, checkpoints, to, progress);
        }
        FactorModel last = trained.model;
        if (agreed.preset() != null) {
            last = last.withFact("preset", agreed.preset().name());
        }
        last.save(output);
        TrainResult result = trained.result;
        Map<String, Object> document = document(trainer, settings.loss(), dataset, agreed, result, knows);
        document.putAll(Provenance.of(dataset, options.seed(), team));
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

    /** @param result of the training that chose the epoch; the model may be of a second one */
    private record Trained(TrainResult result, FactorModel model) {}

    /** @param again hears of the second training, of which no information is measured */
    private Trained train(
            Trainer trainer,
            Loss loss,
            Dataset dataset,
            Terms agreed,
            Checkpoints checkpoints,
            TrainListener to,
            TrainListener again) {
        Preset preset = agreed.preset();
        int stop = preset == null || settings().containsKey("epochs") ? 0 : preset.bestEpoch(Losses.name(loss));
        boolean kept = checkpoint.kept();
        Trainer first = kept ? trainer.checkpoints(checkpoints) : trainer;
        Trainer second = kept ? trainer.checkpoints(checkpoints.stage("retrain")) : trainer;
        TrainResult result;
        if (agreed.optimistic()) {
            result = PaperProtocol.train(first.listener(to), dataset);
        } else if (stop > 0 && dataset.valid().size() == 0) {
            result = Retraining.train(first, stop, dataset, to);
        } else {
            result = first.listener(to).train(dataset);
        }
        FactorModel model = parts.retrain
                ? Retraining.train(second, result.bestEpoch(), dataset, again).model()
                : result.model();
        return new Trained(result, model);
    }

    private Map<String, Object> document(
            Trainer trainer, Loss loss, Dataset dataset, Terms agreed, TrainResult result, InformationCurve knows) {
        List<Map<String, Object>> curve = new ArrayList<>();
        for (Epoch e : result.curve()) {
            Map<String, Object> entry = Json.object(
                    "epoch", e.number(), "loss", e.loss(), "seconds", e.seconds(), "validation", e.validation());
            if (information) {
                entry.put("information", knows.json(e.number()));
            }
            curve.add(entry);
        }
        return Json.object(
                "model", output.toString(),
                "kind", model,
                "loss", Losses.name(loss),
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
    }

    private void report(Map<String, Object> document, String what, double seconds) {
        if (json) {
            printJson(document);
        } else {
            print(String.format(Locale.ROOT, "%s: trained in %.1f s, saved in %s", what, seconds, output));
        }
    }
}
