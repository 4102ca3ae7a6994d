package org.mineral.eval;

import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
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
}
