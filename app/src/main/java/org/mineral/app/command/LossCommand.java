package org.mineral.app.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.app.cli.Settings;
import org.mineral.app.json.JsonText;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.loss.LossType;
import org.mineral.loss.Losses;
import org.mineral.loss.RowEvaluator;
import org.mineral.loss.Similarity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loss}: evaluates a loss on one row, or describes it. */
@Command(
        name = "loss",
        description = "Value and gradients of a loss on one row of similarities; without numbers, its formula.",
        footer = {"", "Example: mineral loss mine+ --positives 0.9,0.2 --candidates 0.5,-0.3 --set lambda=1.1"})
public final class LossCommand extends Verb {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The loss. Without it: all losses.")
    @Nullable
    String name;

    @Option(names = "--list", description = "Show all losses.")
    boolean list;

    @Option(names = "--positives", paramLabel = "S,S", description = "Similarities of the user's positives.")
    @Nullable
    String positives;

    @Option(
            names = "--candidates",
            paramLabel = "S,S",
            description = "Similarities of the candidates, the whole set C.")
    @Nullable
    String candidates;

    @Option(names = "--weights", paramLabel = "W,W", description = "Weights of the candidates. Default: all 1.")
    @Nullable
    String weights;

    @Option(
            names = "--items",
            paramLabel = "N",
            description = "Size of the catalogue, for losses that depend on it. Default: the number of candidates.")
    int items;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the loss, temperature or similarity. May be repeated.")
    List<String> set = new ArrayList<>();

    @Override
    protected void run() {
        if (name == null || list) {
            requireNoNumbers();
            printAll();
        } else if (positives == null && candidates == null) {
            requireNoNumbers();
            Class<? extends Record> record = Losses.recordOf(name);
            if (json) {
                printJson(describe(record));
            } else {
                printOne(record);
            }
        } else {
            evaluate(name);
        }
    }

    private void requireNoNumbers() {
        if (positives != null || candidates != null || weights != null) {
            throw new InputException("numbers need a loss and both --positives and --candidates; for example:"
                    + " mineral loss mine+ --positives 0.9 --candidates 0.5,-0.3");
        }
    }

    private void evaluate(String loss) {
        if (positives == null || candidates == null) {
            throw new InputException(
                    (positives == null ? "--positives" : "--candidates")
                            + " is missing; a row needs both, as numbers between commas: --positives 0.9 --candidates 0.5,-0.3");
        }
        ModelSpec spec = ModelSpec.ofLoss(loss).with(Settings.split(set));
        Map<String, String> unused = Algorithms.of(spec.algorithm()).unused(spec.settings());
        unused.values().forEach(why -> note("note: " + why));
        Map<String, String> given = new LinkedHashMap<>(spec.settings());
        given.keySet().removeAll(unused.keySet());
        EmbeddingSettings settings = EmbeddingSettings.of(given);
        RowEvaluator row = RowEvaluator.of(settings.loss()).withItems(items);
        given.remove(ModelSpec.LOSS);
        given.keySet().removeAll(Losses.parameters(settings.loss()).keySet());
        if (given.containsKey("temperature") && !Double.isNaN(settings.options().temperature())) {
            row = row.withTemperature(settings.options().temperature());
        }
        String similarity = given.getOrDefault("similarity", "auto");
        if (!similarity.equals("auto")) {
            row = row.withSimilarity(similarity(similarity));
        }
        given.keySet().stream()
                .filter(key -> !key.equals("temperature") && !key.equals("similarity"))
                .forEach(
                        key -> note("note: " + key + " is a setting of training; a single row does not depend on it."));
        RowEvaluator.Result result = row.evaluate(
                numbers("--positives", positives),
                numbers("--candidates", candidates),
                weights == null ? null : numbers("--weights", weights));
        Map<String, Object> document = JsonText.object(
                "value", result.value(),
                "gradPositives", result.gradPositives(),
                "gradCandidates", result.gradCandidates());
        if (json) {
            printJson(document);
        } else {
            print(JsonText.compact(document));
        }
    }

    private static Similarity similarity(String text) {
        List<String> choices = Arrays.stream(Similarity.values())
                .map(s -> s.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!choices.contains(text)) {
            throw InputException.unknown("similarity", text, choices);
        }
        return Similarity.values()[choices.indexOf(text)];
    }

    private static double[] numbers(String option, String text) {
        String[] parts = text.split(",", -1);
        double[] numbers = new double[parts.length];
        for (int k = 0; k < parts.length; k++) {
            try {
                numbers[k] = Double.parseDouble(parts[k].strip());
            } catch (NumberFormatException e) {
                throw new InputException(
                        option + ": '" + parts[k].strip() + "' at place " + (k + 1)
                                + " is no number; allowed are numbers between commas, such as 0.9,-0.2.",
                        e);
            }
        }
        return numbers;
    }

    private void printAll() {
        if (json) {
            printJson(Losses.names().stream()
                    .map(loss -> describe(Losses.recordOf(loss)))
                    .toList());
            return;
        }
        for (String loss : Losses.names()) {
            print(String.format(
                    Locale.ROOT,
                    "%-17s %s",
                    loss,
                    Losses.typeOf(Losses.recordOf(loss)).formula()));
        }
    }

    private void printOne(Class<? extends Record> record) {
        LossType type = Losses.typeOf(record);
        print(type.name());
        print("  l(u,i)       " + type.formula());
        print("  source       " + type.source());
        print("  similarity   " + type.similarity().name().toLowerCase(Locale.ROOT));
        print("  temperature  " + (type.tempered() ? type.temperature() : "none (t = 1)"));
        print("  candidates   " + type.candidates());
        for (Config.Description parameter : Config.describe(record)) {
            print("  --set " + parameter.name() + "=" + parameter.fallback() + "  " + range(parameter)
                    + parameter.doc());
        }
    }

    private static String range(Config.Description parameter) {
        return parameter.choices().isEmpty()
                ? "(" + parameter.min() + " to " + parameter.max() + ") "
                : "(" + String.join(", ", parameter.choices()) + ") ";
    }

    private static Map<String, Object> describe(Class<? extends Record> record) {
        LossType type = Losses.typeOf(record);
        List<Map<String, Object>> parameters = Config.describe(record).stream()
                .map(p -> JsonText.object(
                        "name",
                        p.name(),
                        "default",
                        p.fallback(),
                        "min",
                        p.min(),
                        "max",
                        p.max(),
                        "choices",
                        p.choices(),
                        "doc",
                        p.doc()))
                .toList();
        return JsonText.object(
                "name", type.name(),
                "formula", type.formula(),
                "source", type.source(),
                "similarity", type.similarity().name().toLowerCase(Locale.ROOT),
                "tempered", type.tempered(),
                "temperature", type.tempered() ? type.temperature() : 1.0,
                "candidates", type.candidates(),
                "parameters", parameters);
    }
}
