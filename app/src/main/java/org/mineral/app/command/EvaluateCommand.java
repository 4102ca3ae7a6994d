package org.mineral.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.EvaluatorOptions;
import org.mineral.app.command.option.OutputFile;
import org.mineral.app.command.option.data.ReadingOptions;
import org.mineral.app.command.output.EvaluationReports;
import org.mineral.app.command.output.RunFacts;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.eval.EvaluatedModel;
import org.mineral.eval.Evaluator;
import org.mineral.eval.PerUserFile;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.Models;
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

    @Mixin
    EvaluatorOptions evaluation = new EvaluatorOptions();

    @Option(names = "--per-user", paramLabel = "FILE", description = "Also write each user's metrics, as TSV.")
    @Nullable
    Path perUser;

    @Option(
            names = "--against",
            paramLabel = "MODEL",
            description = "Another model, or several: paired tests over the users that both can be evaluated for.")
    List<Path> against = new ArrayList<>();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() {
        Evaluator evaluator = evaluation.evaluator(seed());
        int team = threads();
        if (perUser != null) {
            OutputFile.check("--per-user", perUser.toString());
        }
        Model loaded = Models.load(model);
        List<Model> others = against.stream().map(Models::load).toList();
        Dataset dataset = Datasets.read(data, reading.options());
        noteReport(dataset);
        EvaluatedModel evaluated;
        EvaluationReports report;
        double seconds;
        try (Workers workers = new Workers(team)) {
            long start = System.nanoTime();
            evaluated = EvaluatedModel.of(model.toString(), loaded, dataset, evaluator, workers);
            seconds = (System.nanoTime() - start) / 1e9;
            List<EvaluatedModel> compared = new ArrayList<>();
            for (int k = 0; k < others.size(); k++) {
                compared.add(EvaluatedModel.of(against.get(k).toString(), others.get(k), dataset, evaluator, workers));
            }
            report = new EvaluationReports(evaluated, compared, seed());
            if (evaluation.cold()) {
                report.measureApart(evaluator, workers);
            }
        }
        report.notes().forEach(this::note);
        if (perUser != null) {
            PerUserFile.write(perUser, evaluated.evaluation(), loaded.users());
        }
        print(report.lines(), () -> {
            Map<String, Object> document = report.document(seconds);
            document.put("model", RunFacts.of(model, loaded));
            document.putAll(RunFacts.of(dataset, seed(), team));
            return document;
        });
        if (!json) {
            note(String.format(Locale.ROOT, "ranked in %.2f s", seconds));
        }
    }
}
