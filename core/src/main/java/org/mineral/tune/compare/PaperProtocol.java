package org.mineral.tune.compare;

import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.SelectionProvenance;

/**
 * The protocol of many papers: train on all of train, evaluate on the test part after each epoch, and keep the weights of the best epoch. Use
 * it only to compare with papers: the figure is a maximum over epochs (and trials), so it overestimates performance on new data.
 */
public final class PaperProtocol {

    /** In {@code model.json} under {@code protocol}, and beside figures of such a model. */
    public static final String LABEL = "paper: chosen on the test part, so its figures there are optimistic";

    private PaperProtocol() {}

    /** Whether a model was chosen on the test part. */
    public static boolean made(Model model) {
        return made(model.info());
    }

    /** Whether a model with this provenance was chosen on the test part. */
    public static boolean made(ModelInfo info) {
        return LABEL.equals(info.provenance().selection().protocol());
    }

    /**
     * Trains on train and validation part. The curve has NDCG@20 on the test part instead of validation data, and patience uses it.
     *
     * @throws InputException if there is no test part
     */
    public static Fit<? extends Model> train(ConfiguredAlgorithm<?> algorithm, Dataset data, FitContext context) {
        if (data.test().size() == 0) {
            throw new InputException(
                    data.name() + " has no test part, which the protocol paper chooses on.",
                    Hint.of("divide it first", Hint.Action.SPLIT));
        }
        return algorithm.fit(
                data.withValidInTrain(),
                context.withJudgedBy(data.test()).with(SelectionProvenance.NONE.withProtocol(LABEL)));
    }
}
