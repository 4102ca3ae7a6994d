package org.mineral.eval;

import java.util.Optional;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;

/**
 * A model and its evaluation on the test part of data.
 *
 * @param name for reports
 * @param data with the model's indices
 */
public record EvaluatedModel(String name, Model model, AlignedDataset data, Evaluation evaluation) {

    /**
     * Evaluates a model. Left out of a user's ranking: the items that the model knows the user has, and those of the data's train and valid part.
     *
     * @throws InputException if the data have no test part, or there is nobody in it whom the model can rank for
     */
    public static EvaluatedModel of(String name, Model model, Dataset data, Evaluator evaluator, Workers workers) {
        if (data.test().size() == 0) {
            throw new InputException(
                    data.name() + " has no test part, so there is nothing to evaluate on.",
                    Hint.of("divide it first", Hint.Action.SPLIT));
        }
        AlignedDataset aligned = data.aligned(model.users(), model.items());
        Evaluation evaluation = evaluator.evaluate(
                model, aligned.test(), DataPart.TEST.excluded(model, aligned), aligned.unknownTestItems(), workers);
        return new EvaluatedModel(name, model, aligned, evaluation);
    }

    /**
     * The same model, evaluated on a part of the test items, as if these and their kind were the whole catalogue.
     *
     * @param cold true for the items without interactions in the data's train and valid part, ranked among themselves; false for the others, ranked
     *     among themselves
     * @return empty if no test item is of that kind
     */
    public Optional<EvaluatedModel> among(boolean cold, Evaluator evaluator, Workers workers) {
        int[] counts = data.seen().itemCounts();
        int[] tested = data.test().columns();
        Interactions test = data.test().select(k -> counts[tested[k]] == 0 == cold);
        if (test.size() == 0) {
            return Optional.empty();
        }
        Evaluation apart = evaluator.evaluate(
                new CataloguePart(model, item -> counts[item] == 0 == cold),
                test,
                DataPart.TEST.excluded(model, data),
                cold ? data.unknownTestItems() : null,
                workers);
        return Optional.of(new EvaluatedModel(name, model, data, apart));
    }
}
