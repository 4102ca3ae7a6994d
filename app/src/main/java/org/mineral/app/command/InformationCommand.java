package org.mineral.app.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.data.ReadingOptions;
import org.mineral.app.command.output.InformationTable;
import org.mineral.app.command.output.RunFacts;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.eval.DataPart;
import org.mineral.eval.information.Information;
import org.mineral.linalg.Workers;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code information}: mutual information between users and items in the scores, in nats. */
@Command(
        name = "information",
        description = {
            "Lower bounds of the mutual information between users and items, in nats, from a model's scores.",
            "Exact: all pairs of the part, all items. With --on valid or test, pairs the model has seen are left out."
        },
        footer = {"", "Example: mineral information model data --on test"})
public final class InformationCommand extends Verb {

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @Parameters(index = "1", paramLabel = "DATA", description = "The data: their pairs are the joint distribution.")
    String data = "";

    @Option(names = "--on", paramLabel = "PART", description = "train, valid or test. Default: train.")
    String on = "train";

    @Option(
            names = "--scale",
            paramLabel = "B",
            description = "Factor of the score within T. Default: 1/t of the model's temperature t, or 1.")
    @Nullable
    Double scale;

    @Option(
            names = "--candidates",
            paramLabel = "M",
            description = "Candidates of InfoNCE, which cannot exceed log M. Default: the number of items.")
    @Nullable
    Integer candidates;

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Override
    protected void run() {
        int team = threads();
        DataPart part = Names.constant(DataPart.class, "part", on);
        Information information = Information.of(Models.load(model, VectorModel.class));
        information = scale == null ? information : information.withScale(scale);
        information = candidates == null ? information : information.withCandidates(candidates);
        Dataset dataset = Datasets.read(data, reading.options());
        noteReport(dataset);
        VectorModel loaded = information.model();
        AlignedDataset aligned = dataset.aligned(loaded.users(), loaded.items());
        Interactions pairs = part.of(aligned);
        if (pairs.size() == 0) {
            throw new InputException(data + " has no " + on + " pairs whose users and items the model knows."
                    + " Choose another part with --on, or give the data that the model was trained on.");
        }
        Information.Result result;
        long start = System.nanoTime();
        try (Workers workers = new Workers(team)) {
            result = information.measure(pairs, part.excluded(loaded, aligned), workers);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        InformationTable.notes(result).forEach(this::note);
        print(InformationTable.lines(on, result), () -> {
            Map<String, Object> document = InformationTable.document(on, result, seconds);
            document.put("model", RunFacts.of(model, loaded));
            document.putAll(RunFacts.of(dataset, seed(), team));
            return document;
        });
        if (!json) {
            note(String.format(Locale.ROOT, "measured in %.2f s", seconds));
        }
    }
}
