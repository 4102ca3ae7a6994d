package org.mineral.app.command.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.app.json.JsonText;
import org.mineral.app.report.DifferenceTable;
import org.mineral.app.report.OptimisticWarning;
import org.mineral.eval.Differences;
import org.mineral.eval.EvaluatedModel;
import org.mineral.eval.Evaluation;
import org.mineral.tune.compare.PaperProtocol;

/**
 * The evaluation of a model, alone or against others.
 *
 * @param differences of the others from the model, metric by metric
 * @param seed of the users that were drawn, if not all were evaluated
 */
public record EvaluationReport(
        EvaluatedModel model, List<EvaluatedModel> others, List<Differences.Line> differences, long seed) {

    /** What was left out, and what limits the figures. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        others.forEach(other -> {
            addTraining(notes, other);
            addKnown(notes, other);
        });
        add(notes, model.data().unknownUsers(), "%,d users of the data are unknown to the model; left out");
        add(
                notes,
                model.data().unknownItems(),
                "%,d items of the data are unknown to the model; in the test part they count as missed");
        add(
                notes,
                model.evaluation().skipped(),
                "%,d users have test items, but nothing was learnt about them; left out");
        addKnown(notes, model);
        addOptimistic(notes, model);
        others.forEach(other -> addOptimistic(notes, other));
        return notes;
    }

    /** The metrics, and the differences from each other model. */
    public List<String> lines() {
        Evaluation evaluation = model.evaluation();
        List<String> lines = new ArrayList<>();
        evaluation
                .metrics()
                .forEach((metric, value) -> lines.add(String.format(Locale.ROOT, "%-14s %.6f", metric, value)));
        String drawn = evaluation.users() == evaluation.population()
                ? ""
                : String.format(Locale.ROOT, " of %,d, drawn with seed %d", evaluation.population(), seed);
        lines.add(String.format(Locale.ROOT, "%-14s %,d%s", "users", evaluation.users(), drawn));
        for (EvaluatedModel other : others) {
            lines.addAll(DifferenceTable.lines(differences.stream()
                    .filter(line -> line.model().equals(other.name()))
                    .toList()));
        }
        return lines;
    }

    /** The same as JSON. */
    public Map<String, Object> document(double seconds) {
        Evaluation evaluation = model.evaluation();
        Map<String, Object> document = JsonText.object(
                "users", evaluation.users(),
                "usersDrawnFrom", evaluation.population(),
                "metrics", evaluation.metrics(),
                "skippedUsers", evaluation.skipped(),
                "foldedInUsers", evaluation.foldedIn(),
                "seenTestPairs", evaluation.seenTest(),
                "unknownUsers", model.data().unknownUsers(),
                "unknownItems", model.data().unknownItems(),
                "seconds", seconds);
        if (PaperProtocol.made(model.model())) {
            document.put("optimistic", true);
        }
        if (!differences.isEmpty()) {
            document.put("against", differences);
        }
        return document;
    }

    private static void add(List<String> notes, int count, String note) {
        if (count > 0) {
            notes.add(String.format(Locale.ROOT, note, count));
        }
    }

    /** A model that was trained on more data is better for that alone. */
    private void addTraining(List<String> notes, EvaluatedModel other) {
        int mine = model.model().trained().size();
        int theirs = other.model().trained().size();
        if (mine != theirs) {
            notes.add(String.format(
                    Locale.ROOT,
                    "note: %s was trained on %,d interactions, %s on %,d; the tests do not take that into account",
                    model.name(),
                    mine,
                    other.name(),
                    theirs));
        }
    }

    private static void addKnown(List<String> notes, EvaluatedModel one) {
        Evaluation evaluation = one.evaluation();
        if (evaluation.foldedIn() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s: %,d of the %,d users have no training interactions; they were folded in from the validation part",
                    one.name(),
                    evaluation.foldedIn(),
                    evaluation.users()));
        }
        if (evaluation.seenTest() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s has seen %,d of the %,d test pairs; they are left out of its lists and count as missed. Evaluate"
                            + " on data that it has not seen.",
                    one.name(),
                    evaluation.seenTest(),
                    one.data().test().size()));
        }
    }

    private static void addOptimistic(List<String> notes, EvaluatedModel one) {
        if (PaperProtocol.made(one.model())) {
            notes.add(one.name() + ": " + OptimisticWarning.LINE);
        }
    }
}
