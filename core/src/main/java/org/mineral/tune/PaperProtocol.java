package org.mineral.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.train.Epoch;
import org.mineral.train.Plan;
import org.mineral.train.TrainListener;
import org.mineral.train.TrainResult;
import org.mineral.train.Trainer;

/**
 * Training as papers report it: on all of train, after each epoch a look at the test part, and the weights of the epoch
 * that was best there. There to be held against papers, no more: the figure is the highest of as many as there were epochs
 * (and trials), so it promises more than the model keeps.
 */
public final class PaperProtocol implements TrainListener {

    /** In {@code model.json} under {@code protocol}, and wherever figures of such a model stand. */
    public static final String LABEL = "paper: chosen on the test part, so its figures there are optimistic";

    /** The fact in a model's provenance. */
    public static final String FACT = "protocol";

    private final TrainListener to;
    private final Interactions test;
    private final Workers workers;
    private final int patience;
    private final List<Epoch> curve = new ArrayList<>();
    private double now = Double.NaN;
    private double best = Double.NEGATIVE_INFINITY;
    private int bestEpoch;
    private @Nullable FactorModel model;

    private PaperProtocol(TrainListener to, Interactions test, Workers workers, int patience) {
        this.to = to;
        this.test = test;
        this.workers = workers;
        this.patience = patience;
    }

    /** Whether a model was chosen on the test part. */
    public static boolean made(Model model) {
        return made(model.info());
    }

    /** Whether the model that says this of itself was chosen on the test part. */
    public static boolean made(ModelInfo info) {
        return LABEL.equals(info.provenance().get(FACT));
    }

    /**
     * Trains on train and validation part; the result's curve has NDCG@20 on the test part where else it has that on
     * validation data.
     *
     * @param patience epochs without a better one before training stops
     * @throws InputException if there is no test part
     */
    public static TrainResult train(Trainer trainer, Dataset data, int patience, int threads, TrainListener to) {
        if (data.test().size() == 0) {
            throw new InputException(data.name() + " has no test part, which the protocol paper chooses on."
                    + " Divide it first: mineral data split.");
        }
        try (Workers workers = new Workers(threads)) {
            PaperProtocol paper = new PaperProtocol(to, data.test(), workers, patience);
            TrainResult result = trainer.listener(paper).train(data.withValidInTrain());
            FactorModel model = paper.model == null ? result.model() : paper.model;
            return new TrainResult(
                    model.withFact(FACT, LABEL),
                    List.copyOf(paper.curve),
                    paper.bestEpoch,
                    result.seconds(),
                    result.plan());
        }
    }

    @Override
    public void plan(Plan plan) {
        to.plan(plan);
    }

    @Override
    public void progress(double share) {
        to.progress(share);
    }

    @Override
    public void model(int epoch, Supplier<FactorModel> supplier) {
        to.model(epoch, supplier);
        FactorModel current = supplier.get();
        now = Evaluator.at(20).evaluate(current, test, workers).metric(Judge.METRIC);
        if (now > best) {
            best = now;
            bestEpoch = epoch;
            model = current;
        }
    }

    @Override
    public boolean epoch(Epoch epoch) {
        Epoch measured = new Epoch(epoch.number(), epoch.of(), epoch.loss(), epoch.seconds(), now);
        curve.add(measured);
        return to.epoch(measured) && epoch.number() - bestEpoch < patience;
    }
}
