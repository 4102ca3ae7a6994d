package org.mineral.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.app.Json;
import org.mineral.app.Provenance;
import org.mineral.app.command.option.CheckpointOptions;
import org.mineral.app.command.option.ModelOption;
import org.mineral.app.command.option.PartsOptions;
import org.mineral.app.command.option.ReadingOptions;
import org.mineral.app.command.option.SelectionOptions;
import org.mineral.app.command.option.TeacherOption;
import org.mineral.app.command.output.OutputFile;
import org.mineral.app.command.output.Progress;
import org.mineral.app.command.output.ReadSummary;
import org.mineral.app.report.OptimisticWarning;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.read.Datasets;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.Model;
import org.mineral.model.io.ModelLock;
import org.mineral.tune.compare.PaperProtocol;
import org.mineral.tune.compare.Retraining;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.Presets;
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

    private static final String SEED = "seed";

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

    @Mixin
    ModelOption model = new ModelOption();

    @Mixin
    PartsOptions parts = new PartsOptions();

    @Mixin
    TeacherOption lessons = new TeacherOption();

    @Mixin
    CheckpointOptions checkpoint = new CheckpointOptions();

    @Mixin
    SelectionOptions terms = new SelectionOptions();

    @Option(
            names = "--information",
            description = "Also measure after each epoch what the scores know of the training pairs, in nats.")
    boolean information;

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() {
        parts.check();
        lessons.check(parts.retrain);
        int team = threads();
        HoldOut.Order order = parts.order();
        SelectionProtocol agreed = terms.terms(parts.retrain).heldOut(order);
        if (parts.withValid && agreed.optimistic()) {
            throw new InputException("the protocol paper trains on the valid part anyway; leave --with-valid out.");
        }
        Map<String, String> given = settings();
        checkSeed(given);
        ModelSpec plain = model.spec();
        String drawn = plain.configured().has(SEED) ? null : given.remove(SEED);
        refuseUseless(plain, given, agreed);
        Preset preset = agreed.preset();
        String named = loss != null
                ? loss
                : preset == null || plain.loss().isEmpty() || given.containsKey(ModelSpec.LOSS) ? null : first(preset);
        ModelSpec spec = model.with(named, given);
        if (leavesTheBeginningOpen(spec)) {
            preset = new AutoPreset();
            agreed = agreed.preset(preset);
        }
        Map<String, String> unused = Algorithms.of(spec.algorithm()).unused(spec.settings());
        unused.values().forEach(why -> note("note: " + why));
        Map<String, String> used = new LinkedHashMap<>(spec.settings());
        used.keySet().removeAll(unused.keySet());
        spec = new ModelSpec(spec.algorithm(), used);
        spec.configured();
        if (preset != null) {
            Presets.check(preset, List.of(Preset.key(spec)));
        }
        OutputFile.checkModel(output);
        Checkpoints checkpoints = checkpoint.beside(output);
        Dataset dataset = Datasets.read(data, reading.of(ReadSummary.of(order, preset, used.keySet())));
        note(dataset.toString());
        noteReport(dataset);
        try (ModelLock lock = ModelLock.of(output)) {
            if (checkpoint.fresh) {
                checkpoints.delete();
            }
            ConfiguredAlgorithm<?> algorithm = (preset == null ? spec : begunWith(preset, spec, dataset)).configured();
            train(dataset, algorithm, seedOf(algorithm, drawn), agreed, team, checkpoints);
            if (checkpoint.kept()) {
                checkpoints.delete();
            }
        }
    }

    private void checkSeed(Map<String, String> given) {
        if (given.containsKey(SEED) && seed != null) {
            throw new InputException("the seed stands twice, as --seed and --set seed; give it once.");
        }
        if (seed != null) {
            given.put(SEED, String.valueOf(seed));
        }
    }

    /** The first loss that a preset knows; null if it is one of algorithms without losses. */
    private static @Nullable String first(Preset preset) {
        return preset.losses().stream()
                .filter(Losses.names()::contains)
                .findFirst()
                .orElse(null);
    }

    /** Of the training, or of the division of the data where nothing else is drawn. */
    private long seedOf(ConfiguredAlgorithm<?> algorithm, @Nullable String drawn) {
        String text = algorithm.describe().getOrDefault(SEED, drawn == null ? String.valueOf(seed()) : drawn);
        return TrainOptions.defaults().with(SEED, text).seed();
    }

    /**
     * Then the rules of {@code auto} decide. Not beside a file, which says all of a run, nor beside one of the settings that the
     * rules give: they were found together, and the commands that reports print name some of them.
     */
    private boolean leavesTheBeginningOpen(ModelSpec spec) {
        Set<String> given = new HashSet<>(spec.settings().keySet());
        given.removeAll(Set.of(ModelSpec.LOSS, SEED));
        return !terms.saysHowToBegin() && config == null && model.isDefault() && AutoPreset.fits(spec.loss(), given);
    }

    /** What was set, and before it what the preset says. */
    private ModelSpec begunWith(Preset preset, ModelSpec spec, Dataset dataset) {
        Map<String, String> settings = preset.settings(Preset.key(spec), dataset.train());
        note("preset " + preset.name() + ": "
                + settings.entrySet().stream()
                        .map(s -> s.getKey() + "=" + s.getValue())
                        .collect(Collectors.joining(" "))
                + (terms.saysHowToBegin() ? "" : "; --preset none: the loss's own defaults"));
        return new ModelSpec(spec.algorithm(), settings).with(spec.settings());
    }

    /** @throws InputException for what the algorithm has no use for: nothing is ignored in silence */
    private void refuseUseless(ModelSpec plain, Map<String, String> given, SelectionProtocol agreed) {
        ConfiguredAlgorithm<?> algorithm = plain.configured();
        boolean iterative = algorithm.has("epochs");
        List<String> useless = new ArrayList<>();
        if (loss != null && plain.loss().isEmpty()) {
            useless.add("--loss");
        }
        if (plain.parameters().isEmpty()) {
            given.keySet().forEach(name -> useless.add("--set " + name));
        }
        if (agreed.preset() != null
                && plain.loss().isEmpty()
                && !agreed.preset().losses().contains(plain.algorithm())) {
            useless.add("--preset");
        }
        if (agreed.optimistic() && !iterative) {
            useless.add("--protocol paper");
        }
        if (information && !iterative) {
            useless.add("--information");
        }
        if (checkpoint.every != null && !iterative) {
            useless.add("--checkpoint");
        }
        if (lessons.given() && !algorithm.has("teacher_items")) {
            useless.add("--teacher");
        }
        if (!useless.isEmpty()) {
            List<String> able = Algorithms.names().stream()
                    .filter(name -> ModelSpec.of(name).configured().has("epochs"))
                    .toList();
            throw new InputException(plain.algorithm() + " has no use for " + String.join(", ", useless)
                    + ". Leave that out, or train a model that is trained in epochs by a loss: "
                    + String.join(", ", able)
                    + ".");
        }
    }

    private void train(
            Dataset read,
            ConfiguredAlgorithm<?> algorithm,
            long seed,
            SelectionProtocol agreed,
            int team,
            Checkpoints checkpoints) {
        Dataset dataset = parts.of(read, seed);
        FitContext context = FitContext.defaults()
                .withThreads(team)
                .withTeacher(lessons.model())
                .withFact("source", data)
                .withFacts(reading.facts())
                .withFacts(parts.facts());
        if (!algorithm.has(SEED) && parts.validation != null) {
            context = context.withFact(SEED, seed);
        }
        if (agreed.preset() != null) {
            context = context.withFact("preset", agreed.preset().name());
        }
        dataset.report().since(read.report()).lines().forEach(line -> note("  " + line));
        InformationCurve knows = new InformationCurve();
        Trained trained;
        try (Progress progress = new Progress(console(), agreed.optimistic() ? "test" : "valid");
                Workers workers = new Workers(information ? team : 1)) {
            FitListener to = information ? knows.beside(progress, dataset.train(), workers) : progress;
            trained = trained(algorithm, dataset, agreed, checkpoints, context.withListener(to), progress);
        }
        trained.model.save(output);
        Fit<? extends Model> result = trained.result;
        Map<String, Object> document = document(algorithm, dataset, agreed, result, knows);
        document.putAll(Provenance.of(dataset, seed, team));
        if (agreed.preset() != null) {
            document.put("preset", agreed.preset().name());
        }
        if (agreed.optimistic()) {
            note(OptimisticWarning.LINE);
        }
        if (information && !json) {
            knows.lines(result.curve()).forEach(this::print);
        }
        String loss = algorithm.spec().loss();
        String what = loss.isEmpty() ? algorithm.spec().algorithm() : loss;
        report(
                document,
                algorithm.has("epochs")
                        ? what + ", epoch " + result.bestEpoch() + " of "
                                + result.curve().size()
                        : what,
                result.seconds());
    }

    /** @param result of the training that chose the epoch; the model may be of a second one */
    private record Trained(Fit<? extends Model> result, Model model) {}

    /** @param again hears of the second training, of which no information is measured */
    private Trained trained(
            ConfiguredAlgorithm<?> algorithm,
            Dataset dataset,
            SelectionProtocol agreed,
            Checkpoints checkpoints,
            FitContext context,
            FitListener again) {
        Preset preset = agreed.preset();
        int stop =
                preset == null || settings().containsKey("epochs") ? 0 : preset.bestEpoch(Preset.key(algorithm.spec()));
        boolean kept = checkpoint.kept();
        FitContext first = kept ? context.withCheckpoints(checkpoints) : context;
        FitContext second =
                (kept ? context.withCheckpoints(checkpoints.stage("retrain")) : context).withListener(again);
        Fit<? extends Model> result;
        if (agreed.optimistic()) {
            result = PaperProtocol.train(algorithm, dataset, first);
        } else if (stop > 0 && dataset.valid().size() == 0) {
            result = Retraining.train(algorithm, stop, dataset, first);
        } else {
            result = algorithm.fit(dataset, first);
        }
        Model model = parts.retrain
                ? Retraining.train(algorithm, result.bestEpoch(), dataset, second)
                        .model()
                : result.model();
        return new Trained(result, model);
    }

    private Map<String, Object> document(
            ConfiguredAlgorithm<?> algorithm,
            Dataset dataset,
            SelectionProtocol agreed,
            Fit<? extends Model> result,
            InformationCurve knows) {
        List<Map<String, Object>> curve = new ArrayList<>();
        for (Epoch e : result.curve()) {
            Map<String, Object> entry = Json.object(
                    "epoch", e.number(), "loss", e.loss(), "seconds", e.seconds(), "validation", e.validation());
            if (information) {
                entry.put("information", knows.json(e.number()));
            }
            curve.add(entry);
        }
        Map<String, Object> document = Json.object("model", output.toString(), "kind", model.name);
        String loss = algorithm.spec().loss();
        if (!loss.isEmpty()) {
            document.put("loss", loss);
        }
        document.put("settings", inForce(algorithm, result.model()));
        document.putAll(Json.object(
                "users", dataset.users().size(),
                "items", dataset.items().size(),
                "interactions", dataset.train().size()));
        if (algorithm.has("epochs")) {
            document.putAll(Json.object("epochs", result.curve().size(), "bestEpoch", result.bestEpoch()));
        }
        document.putAll(Json.object(
                "seconds", result.seconds(),
                "protocol", agreed.toString(),
                "optimistic", agreed.optimistic(),
                "curve", curve));
        return document;
    }

    /** As the model has them: a teacher and some rules decide what was left open. How many epochs were run is no setting of its own. */
    private static Map<String, String> inForce(ConfiguredAlgorithm<?> algorithm, Model model) {
        Map<String, String> settings = new LinkedHashMap<>(algorithm.describe());
        Map<String, String> last = model.info().config();
        settings.replaceAll((name, value) -> name.equals("stop_after") ? value : last.getOrDefault(name, value));
        return settings;
    }

    private void report(Map<String, Object> document, String what, double seconds) {
        if (json) {
            printJson(document);
        } else {
            print(String.format(Locale.ROOT, "%s: trained in %.1f s, saved in %s", what, seconds, output));
        }
    }
}
