package org.mineral.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.ReadingOptions;
import org.mineral.app.command.output.OutputFile;
import org.mineral.app.command.output.RunFacts;
import org.mineral.app.json.JsonText;
import org.mineral.app.report.DifferenceTable;
import org.mineral.app.report.OptimisticWarning;
import org.mineral.config.InputException;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Differences;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.eval.PerUserFile;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.tune.compare.PaperProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate}: full ranking against a test part. */
@Command(
        name = "evaluate",
        description = {
            "Rank all items for every user of DATA's test part, and report the metrics.",
            "Left out of the ranking: what the model knows, and DATA's train and valid parts."
        })
public final class EvaluateCommand extends Verb {

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @Parameters(index = "1", paramLabel = "DATA", description = "Data with a test part.")
    String data = "";

    @Option(names = "--at", split = ",", paramLabel = "K", description = "Lengths of the lists. Default: 20.")
    int[] at = {20};

    @Option(names = "--auc", description = "Also report AUC. It scores every item for every user, and takes longer.")
    boolean auc;

    @Option(names = "--per-user", paramLabel = "FILE", description = "Also write each user's metrics, as TSV.")
    @Nullable
    Path perUser;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "Judge N users, drawn by --seed, instead of all: for large data.")
    @Nullable
    Integer users;

    @Option(
            names = "--against",
            paramLabel = "MODEL",
            description = "Another model, or several: paired tests over the users that both can be judged for.")
    List<Path> against = new ArrayList<>();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() {
        Evaluator evaluator = Evaluator.at(at).withExposure();
        evaluator = auc ? evaluator.withAuc() : evaluator;
        evaluator = users == null ? evaluator : evaluator.withUsers(users, seed());
        int team = threads();
        if (perUser != null) {
            OutputFile.check("--per-user", perUser.toString());
        }
        Model loaded = Models.load(model);
        List<Model> others = against.stream().map(Models::load).toList();
        Dataset dataset = Datasets.read(data, reading.options());
        noteReport(dataset);
        if (dataset.test().size() == 0) {
            throw new InputException(data + " has no test part, so there is nothing to evaluate on."
                    + " Divide it first: mineral data split " + data + " -o DIR, and train on DIR.");
        }
        AlignedDataset aligned = dataset.aligned(loaded.users(), loaded.items());
        Evaluation evaluation;
        List<Differences.Line> lines = List.of();
        double seconds;
        try (Workers workers = new Workers(team)) {
            long start = System.nanoTime();
            evaluation = judge(evaluator, loaded, aligned, workers);
            seconds = (System.nanoTime() - start) / 1e9;
            if (!others.isEmpty()) {
                List<Differences.Judged> judged = new ArrayList<>();
                for (int k = 0; k < others.size(); k++) {
                    Model other = others.get(k);
                    AlignedDataset theirs = dataset.aligned(other.users(), other.items());
                    Evaluation result = judge(evaluator, other, theirs, workers);
                    judged.add(new Differences.Judged(against.get(k).toString(), result, other.users()));
                    noteTraining(loaded, other, against.get(k));
                    noteWhatWasKnown(against.get(k), other, result, theirs);
                }
                lines = Differences.of(
                        new Differences.Judged(model.toString(), evaluation, loaded.users()), judged, seed());
            }
        }
        if (aligned.unknownUsers() > 0) {
            note(String.format(
                    Locale.ROOT, "%,d users of the data are unknown to the model; left out", aligned.unknownUsers()));
        }
        if (aligned.unknownItems() > 0) {
            note(String.format(
                    Locale.ROOT,
                    "%,d items of the data are unknown to the model; in the test part they count as missed",
                    aligned.unknownItems()));
        }
        if (evaluation.skipped() > 0) {
            note(String.format(
                    Locale.ROOT,
                    "%,d users have test items but nothing was learnt of them; left out",
                    evaluation.skipped()));
        }
        noteWhatWasKnown(model, loaded, evaluation, aligned);
        if (perUser != null) {
            PerUserFile.write(perUser, evaluation, loaded.users());
        }
        boolean optimistic = PaperProtocol.made(loaded);
        if (optimistic) {
            note(model + ": " + OptimisticWarning.LINE);
        }
        for (int k = 0; k < others.size(); k++) {
            if (PaperProtocol.made(others.get(k))) {
                note(against.get(k) + ": " + OptimisticWarning.LINE);
            }
        }
        print(evaluation, aligned, lines, optimistic, seconds, () -> provenance(loaded, dataset, team));
    }

    private static Evaluation judge(Evaluator evaluator, Model model, AlignedDataset aligned, Workers workers) {
        return evaluator.evaluate(
                model, aligned.test(), model.known().union(aligned.seen()), aligned.unknownTestItems(), workers);
    }

    /** What makes a figure say less than it seems to. */
    private void noteWhatWasKnown(Path name, Model loaded, Evaluation evaluation, AlignedDataset aligned) {
        if (evaluation.foldedIn() > 0) {
            note(String.format(
                    Locale.ROOT,
                    "%s: %,d of the %,d users have no training interactions; they were folded in from the validation part",
                    name,
                    evaluation.foldedIn(),
                    evaluation.users()));
        }
        if (evaluation.seenTest() > 0) {
            note(String.format(
                            Locale.ROOT,
                            "%s has seen %,d of the %,d test pairs; they are left out of its lists and count as missed. Evaluate on",
                            name,
                            evaluation.seenTest(),
                            aligned.test().size())
                    + " data that it was not given.");
        }
    }

    /** A model that was trained on more is better for that alone. */
    private void noteTraining(Model loaded, Model other, Path name) {
        if (loaded.trained().size() != other.trained().size()) {
            note(String.format(
                    Locale.ROOT,
                    "note: %s was trained on %,d interactions, %s on %,d; the tests do not know that",
                    model,
                    loaded.trained().size(),
                    name,
                    other.trained().size()));
        }
    }

    private Map<String, Object> provenance(Model loaded, Dataset dataset, int team) {
        Map<String, Object> provenance = JsonText.object("model", RunFacts.of(model, loaded));
        provenance.putAll(RunFacts.of(dataset, seed(), team));
        return provenance;
    }

    private void print(
            Evaluation evaluation,
            AlignedDataset aligned,
            List<Differences.Line> lines,
            boolean optimistic,
            double seconds,
            Supplier<Map<String, Object>> provenance) {
        if (json) {
            Map<String, Object> document = JsonText.object(
                    "users", evaluation.users(),
                    "usersDrawnFrom", evaluation.population(),
                    "metrics", evaluation.metrics(),
                    "skippedUsers", evaluation.skipped(),
                    "foldedInUsers", evaluation.foldedIn(),
                    "seenTestPairs", evaluation.seenTest(),
                    "unknownUsers", aligned.unknownUsers(),
                    "unknownItems", aligned.unknownItems(),
                    "seconds", seconds);
            if (optimistic) {
                document.put("optimistic", true);
            }
            if (!lines.isEmpty()) {
                document.put("against", lines);
            }
            document.putAll(provenance.get());
            printJson(document);
            return;
        }
        for (Map.Entry<String, Double> metric : evaluation.metrics().entrySet()) {
            print(String.format(Locale.ROOT, "%-14s %.6f", metric.getKey(), metric.getValue()));
        }
        String drawn = String.format(Locale.ROOT, " of %,d, drawn with seed %d", evaluation.population(), seed());
        boolean all = evaluation.users() == evaluation.population();
        print(String.format(Locale.ROOT, "%-14s %,d%s", "users", evaluation.users(), all ? "" : drawn));
        for (Path other : against) {
            DifferenceTable.lines(lines.stream()
                            .filter(l -> l.model().equals(other.toString()))
                            .toList())
                    .forEach(this::print);
        }
        note(String.format(Locale.ROOT, "ranked in %.2f s", seconds));
    }
}
