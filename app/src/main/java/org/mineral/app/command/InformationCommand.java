package org.mineral.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mineral.app.Json;
import org.mineral.app.Provenance;
import org.mineral.app.command.option.ReadingOptions;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Critic;
import org.mineral.eval.Information;
import org.mineral.eval.InformationBounds;
import org.mineral.linalg.Workers;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code information}: how much the scores know of who took what, in nats. */
@Command(
        name = "information",
        description = {
            "Lower bounds of the mutual information between users and items, in nats, from a model's scores.",
            "Exact: all pairs of the part, all items. With --on valid or test, pairs the model has seen are left out."
        },
        footer = {"", "Example: mineral information model data --on test"})
public final class InformationCommand extends Verb {

    private static final List<String> PARTS = List.of("train", "valid", "test");

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
        if (!PARTS.contains(on)) {
            throw InputException.unknown("part", on, PARTS);
        }
        int team = threads();
        Information information = Information.of(Models.load(model, VectorModel.class));
        information = scale == null ? information : information.withScale(scale);
        information = candidates == null ? information : information.withCandidates(candidates);
        Dataset dataset = Datasets.read(data, reading.options());
        noteReport(dataset);
        VectorModel loaded = information.model();
        AlignedDataset aligned = dataset.aligned(loaded.users(), loaded.items());
        Interactions pairs = switch (on) {
            case "train" -> aligned.train();
            case "valid" -> aligned.valid();
            default -> aligned.test();
        };
        if (pairs.size() == 0) {
            throw new InputException(data + " has no " + on + " pairs that the model knows users and items of."
                    + " Choose another part with --on, or give the data that the model was trained on.");
        }
        Information.Result result;
        long start = System.nanoTime();
        try (Workers workers = new Workers(team)) {
            result = information.measure(pairs, excluded(loaded, aligned), workers);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (result.leftOut() > 0) {
            note(String.format(Locale.ROOT, "%,d pairs left out: the model has seen them", result.leftOut()));
        }
        if (result.unlearnt() > 0) {
            note(String.format(
                    Locale.ROOT,
                    "%,d pairs left out: nothing was learnt about the user or the item",
                    result.unlearnt()));
        }
        if (json) {
            Map<String, Object> document = document(result, seconds);
            document.put("model", Provenance.of(model, loaded));
            document.putAll(Provenance.of(dataset, seed(), team));
            printJson(document);
        } else {
            lines(result).forEach(this::print);
            note(String.format(Locale.ROOT, "measured in %.2f s", seconds));
        }
    }

    /** As in an evaluation: what comes before the part is not predicted. */
    private Interactions excluded(VectorModel loaded, AlignedDataset aligned) {
        return switch (on) {
            case "train" ->
                Interactions.empty(loaded.users().size(), loaded.items().size());
            case "valid" -> loaded.population().learntFrom().union(aligned.train());
            default -> loaded.known().union(aligned.seen());
        };
    }

    private List<String> lines(Information.Result result) {
        List<InformationBounds> columns =
                Stream.concat(result.own().stream(), result.best().stream()).toList();
        List<String> lines = new ArrayList<>();
        lines.add(head(
                "nats, " + on + " part",
                Stream.concat(
                        result.own().stream().map(c -> "as trained"),
                        result.best().stream().map(c -> "best b"))));
        lines.add(head("T(u, i)", columns.stream().map(c -> c.critic() == Critic.SCORE ? "b s" : "b s - log p(i)")));
        lines.add(row("b", columns.stream().map(InformationBounds::scale).toList()));
        lines.add(row("NWJ", columns.stream().map(InformationBounds::nwj).toList()));
        lines.add(row(
                "Donsker-Varadhan",
                columns.stream().map(InformationBounds::donskerVaradhan).toList()));
        lines.add(row(
                String.format(Locale.ROOT, "InfoNCE, M = %,d", result.candidates()),
                columns.stream().map(InformationBounds::infoNce).toList()));
        lines.add(row(
                "Barber-Agakov",
                columns.stream().map(InformationBounds::barberAgakov).toList()));
        lines.add(String.format(
                Locale.ROOT,
                "%-26s%16.4f  (of %,d pairs taken as the whole truth; no bound exceeds it)",
                "information",
                result.information(),
                result.pairs()));
        return lines;
    }

    private static String head(String name, Stream<String> titles) {
        return String.format(Locale.ROOT, "%-26s", name)
                + titles.map(title -> String.format(Locale.ROOT, "%16s", title)).collect(Collectors.joining());
    }

    private static String row(String name, List<Double> values) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-26s", name));
        values.forEach(v -> row.append(
                Math.abs(v) < 1e6 ? String.format(Locale.ROOT, "%16.4f", v) : String.format(Locale.ROOT, "%16.2e", v)));
        return row.toString();
    }

    private Map<String, Object> document(Information.Result result, double seconds) {
        return Json.object(
                "part", on,
                "pairs", result.pairs(),
                "leftOut", result.leftOut(),
                "unlearnt", result.unlearnt(),
                "users", result.users(),
                "candidates", result.candidates(),
                "information", result.information(),
                "own", result.own().stream().map(InformationCommand::json).toList(),
                "best", result.best().stream().map(InformationCommand::json).toList(),
                "seconds", seconds);
    }

    /** One critic's bounds. */
    static Map<String, Object> json(InformationBounds bounds) {
        return Json.object(
                "critic", Names.kebab(bounds.critic()),
                "scale", bounds.scale(),
                "nwj", bounds.nwj(),
                "donskerVaradhan", bounds.donskerVaradhan(),
                "infoNce", bounds.infoNce(),
                "barberAgakov", bounds.barberAgakov());
    }
}
