package org.mineral.comparisons;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** implicit: ALS at the objective of ours, ALS and BPR as they are, judged by Mineral's evaluator, and the ranking of all users. */
final class Implicit extends PythonBaseline {

    Implicit(Path script) {
        super(script);
    }

    @Override
    void measure(Conditions conditions, Consumer<Measurement> table, PythonProcess process) {
        ranking(conditions, table, process, "implicit", "rank-implicit");
        new ImplicitAls(conditions, process).measure(table);
        factors(conditions, table, process, "als", Map.of("factors", 64));
        // The best of twelve on a tenth of yelp2018's training part that was held out.
        factors(conditions, table, process, "als", Map.of("factors", 64, "alpha", 30, "regularization", 30));
        // Its BPR adds a column for the items' bias.
        factors(conditions, table, process, "bpr", Map.of("factors", 63));
    }

    private static void factors(
            Conditions conditions,
            Consumer<Measurement> table,
            PythonProcess process,
            String kind,
            Map<String, Object> settings) {
        JsonNode answer = process.ask(Map.of("do", "fit", "model", kind, "settings", settings));
        int columns = answer.get("columns").asInt();
        var model =
                conditions.model(process.read("their-users.f32", columns), process.read("their-items.f32", columns));
        conditions
                .quality(
                        "implicit " + kind.toUpperCase(Locale.ROOT), "defaults but " + settings, seconds(answer), model)
                .forEach(table);
    }
}
