package org.mineral.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.app.cli.Settings;
import org.mineral.app.command.option.LossRowOptions;
import org.mineral.app.command.output.LossDescription;
import org.mineral.app.json.JsonText;
import org.mineral.loss.Losses;
import org.mineral.loss.RowEvaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Option(
            names = "--markdown",
            description = "Show all losses with parameters, defaults and sources, as a table in Markdown.")
    boolean markdown;

    @Mixin
    LossRowOptions row = new LossRowOptions();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the loss, temperature or similarity. May be repeated.")
    List<String> set = new ArrayList<>();

    @Override
    protected void run() {
        String loss = name;
        if (loss == null || list || markdown) {
            row.refuse();
            print(
                    markdown ? LossDescription.markdown() : LossDescription.table(),
                    () -> Losses.names().stream().map(LossDescription::json).toList());
        } else if (!row.given()) {
            row.refuse();
            print(LossDescription.lines(loss), () -> LossDescription.json(loss));
        } else {
            evaluate(ModelSpec.ofLoss(loss).with(Settings.split(set)));
        }
    }

    private void evaluate(ModelSpec given) {
        ModelSpec spec = given.withoutUnused(why -> note("note: " + why));
        EmbeddingSettings settings = EmbeddingSettings.of(spec.settings());
        spec.settings().keySet().stream()
                .filter(setting -> !settings.rowSettings().contains(setting))
                .forEach(setting ->
                        note("note: " + setting + " is a setting of training; a single row does not depend on it."));
        RowEvaluator.Result result = row.evaluate(settings.row());
        Map<String, Object> document = JsonText.object(
                "value", result.value(),
                "gradPositives", result.gradPositives(),
                "gradCandidates", result.gradCandidates());
        print(JsonText.compact(document), () -> document);
    }
}
