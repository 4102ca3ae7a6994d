package org.mineral.tune.compare;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.eval.Evaluation;
import org.mineral.model.Model;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Kind;

/**
 * An entry with the per-user values for its tests.
 *
 * @param values by metric, then by seed, then by user; empty for a failure
 */
record EntryResult(Entry entry, Map<String, double[][]> values) {

    /** The values of the ranking metric by seed, then by user; null for a failure. */
    double @Nullable [][] ranking() {
        return values.get(TestEvaluator.METRIC);
    }

    /** Number of epochs. */
    int epochs() {
        return Integer.parseInt(entry.settings().getOrDefault("epochs", "0"));
    }

    /** A reference: popularity or the planted truth. */
    static EntryResult reference(Model model, String name, Kind kind, String source, TestEvaluator evaluator) {
        Evaluation evaluation = evaluator.evaluate(model);
        Entry entry = EntryBuilder.of(name, kind)
                .source(source)
                .metrics(evaluation, evaluator)
                .build();
        return new EntryResult(entry, TestEvaluator.values(evaluation));
    }
}
