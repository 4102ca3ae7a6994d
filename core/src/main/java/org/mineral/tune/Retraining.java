package org.mineral.tune;

import java.util.function.Supplier;
import org.mineral.data.Dataset;
import org.mineral.model.FactorModel;
import org.mineral.train.Epoch;
import org.mineral.train.Plan;
import org.mineral.train.TrainListener;
import org.mineral.train.TrainResult;
import org.mineral.train.Trainer;

/** The last training, once everything is chosen: on train and validation part together. */
public final class Retraining {

    private Retraining() {}

    /**
     * Trains for as many epochs as were best, of the same schedule: the learning rate at each is what it was when the choice
     * was made.
     *
     * @param divided the data that the choice was made on
     */
    public static TrainResult train(Trainer trainer, int bestEpoch, Dataset divided, TrainListener to) {
        TrainListener until = new TrainListener() {
            @Override
            public void plan(Plan plan) {
                to.plan(plan);
            }

            @Override
            public void progress(double share) {
                to.progress(share);
            }

            @Override
            public void model(int epoch, Supplier<FactorModel> model) {
                to.model(epoch, model);
            }

            @Override
            public boolean epoch(Epoch epoch) {
                return to.epoch(epoch) && epoch.number() < bestEpoch;
            }
        };
        return trainer.listener(until).train(divided.withValidInTrain());
    }
}
