package org.mineral.tune.compare;

import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;

/**
 * Training as papers report it: on all of train, after each epoch a look at the test part, and the weights of the epoch
 * that was best there. There to be held against papers, no more: the figure is the highest of as many as there were epochs
 * (and trials), so it promises more than the model keeps.
 */
public final class PaperProtocol {

    /** In {@code model.json} under {@code protocol}, and wherever figures of such a model stand. */
    public static final String LABEL = "paper: chosen on the test part, so its figures there are optimistic";

    /** The fact in a model's provenance. */
    public static final String FACT = "protocol";

    private PaperProtocol() {}

    /** Whether a model was chosen on the test part. */
    public static boolean made(Model model) {
        return made(model.info());
    }

    /** Whether the model that says this of itself was chosen on the test part. */
    public static boolean made(ModelInfo info) {
        return LABEL.equals(info.provenance().get(FACT));
    }

    /**
     * Trains on train and validation part; the curve has NDCG@20 on the test part where else it has that on validation data, and
     * patience counts epochs by it.
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
                data.withValidInTrain(), context.withJudgedBy(data.test()).withFact(FACT, LABEL));
    }
}
