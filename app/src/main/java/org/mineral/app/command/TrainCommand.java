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

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = {
                "Share of each user's training interactions to hold out for early stopping: 0.1, at random, or last:0.1,",
                "the last ones (by time, else in the order of the file). last alone: a tenth."
            })
    @Nullable
    String validation;

    @Option(
            names = "--retrain",
            description = "Then train again on train and validation part, for as many epochs as were best.")
    boolean retrain;

    @Option(
            names = "--with-valid",
            description = "Train on the train and the valid part together; nothing stops early.")
    boolean withValid;

    @Option(
            names = "--checkpoint",
            paramLabel = "N",
            description = {
                "Keep a checkpoint in MODEL.checkpoint every N epochs; 0: none. Default: at the first epoch's end after a",
                "minute. The same command, given again after a kill, goes on from the last. Deleted at the end."
            })
    @Nullable
    Integer checkpoint;

    @Option(names = "--fresh", description = "Begin anew, and delete the checkpoints that are there.")
    boolean fresh;

    @Mixin
    TermsOptions terms = new TermsOptions();

    @Option(
            names = "--information",
            description = "Also measure after each epoch what the scores know of the training pairs, in nats.")
    boolean information;

    @Override
    protected void run() {
        if (withValid && validation != null) {
            throw new InputException("--with-valid leaves nothing for --validation to stop by; give one of them.");
        }
        boolean counts = model.equals(PopularityModel.NAME);
        int team = threads();
        Map<String, String> given =
                counts ? settings() : FactorKind.of(model, PopularityModel.NAME).settings(settings());
        HoldOut held = heldOut();
        HoldOut.Order order = held == null ? HoldOut.Order.RANDOM : held.order();
        Terms agreed = terms.terms(retrain).heldOut(order);
        if (withValid && agreed.optimistic()) {
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
        Checkpoints checkpoints = checkpoints();
        Dataset dataset = Dataset.read(data, Reading.of(order, preset, given.keySet()));
        note(dataset.toString());
        noteReport(dataset);
        try (ModelLock lock = ModelLock.of(output)) {
            if (fresh) {
                checkpoints.delete();
            }
            if (counts) {
                trainPopularity(dataset);
                return;
            }
            Map<String, String> all = preset == null ? given : begunWith(preset, named, dataset, given);
            trainFactors(dataset, Settings.of(named, all), agreed, team, checkpoints);
            if (keepsCheckpoints()) {
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

    private Checkpoints checkpoints() {
        Checkpoints beside = Checkpoints.beside(output);
        return checkpoint == null || checkpoint == 0 ? beside : beside.every(checkpoint);
    }

    private boolean keepsCheckpoints() {
        return checkpoint == null || checkpoint != 0;
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

    private void trainPopularity(Dataset dataset) {
        long start = System.nanoTime();
        ModelInfo info = ModelInfo.of(
                PopularityModel.NAME,
                Map.of(),
                Map.of("data", dataset.name(), "data_hash", dataset.hash(), "source", data));
        new PopularityModel(dataset.users(), dataset.items(), dataset.train(), info).save(output);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> document = Json.object("model", output.toString(), "kind", model, "seconds", seconds);
        document.putAll(Provenance.of(dataset, seed(), threads()));
        report(document, "popularity", seconds);
    }

    private void trainFactors(Dataset read, Settings settings, Terms agreed, int team, Checkpoints checkpoints) {
        if (settings.given().containsKey("seed") && seed != null) {
            throw new InputException("the seed stands twice, as --seed and --set seed; give it once.");
        }
        TrainOptions options =
                seed == null ? settings.options() : settings.options().withSeed(seed);
        Dataset dataset = parts(read, options.seed());
        if (retrain && dataset.valid().size() == 0) {
            throw new InputException("--retrain wants a validation part to choose the epoch on; add --validation 0.1.");
        }
        TrainResult result;
        FactorModel last;
        Trainer trainer = trainer(settings.loss(), options, team);
        InformationCurve knows = new InformationCurve();
        try (Progress progress = new Progress(console(), agreed.optimistic() ? "test" : "valid");
                Workers workers = new Workers(information ? team : 1)) {
            TrainListener to = information ? knows.beside(progress, dataset.train(), workers) : progress;
            int stop = agreed.preset() == null || settings().containsKey("epochs")
                    ? 0
                    : agreed.preset().bestEpoch(Losses.name(settings.loss()));
            boolean kept = keepsCheckpoints();
            Trainer first = kept ? trainer.checkpoints(checkpoints) : trainer;
            Trainer second = kept ? trainer.checkpoints(checkpoints.stage("retrain")) : trainer;
            result = agreed.optimistic()
                    ? PaperProtocol.train(first.listener(to), dataset)
                    : stop > 0 && dataset.valid().size() == 0
                            ? Retraining.train(first, stop, dataset, to)
                            : first.listener(to).train(dataset);
            last = retrain
                    ? Retraining.train(second, result.bestEpoch(), dataset, progress)
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

    private Dataset parts(Dataset read, long seed) {
        if (withValid) {
            return read.withValidInTrain();
        }
        HoldOut held = heldOut();
        return held == null ? read : read.holdOut(held, seed);
    }

    private @Nullable HoldOut heldOut() {
        return validation == null ? null : HoldOut.parse(validation);
    }

    /** Its models say what `mineral config` needs to know of this command beside the settings. */
    private Trainer trainer(Loss loss, TrainOptions options, int team) {
        Trainer trainer = new Trainer(loss, options).threads(team).fact("source", data);
        if (withValid) {
            return trainer.fact(Retraining.FACT, true);
        }
        HoldOut held = heldOut();
        if (held == null) {
            return trainer;
        }
        boolean last = held.order() == HoldOut.Order.LAST;
        if (retrain) {
            // The model is of all the data then; what was held out only tells how the epoch was chosen.
            return last ? trainer.fact(Retraining.CHOSEN_ON, held.toString()) : trainer;
        }
        return trainer.fact("validation", last ? held.toString() : (Object) held.share());
    }

    private void report(Map<String, Object> document, String what, double seconds) {
        if (json) {
            printJson(document);
        } else {
            print("%s: trained in %.1f s, saved in %s".formatted(what, seconds, output));
        }
    }
}
