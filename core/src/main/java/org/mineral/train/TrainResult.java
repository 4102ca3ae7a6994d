package org.mineral.train;

import java.util.List;
import org.mineral.model.FactorModel;

/**
 * A trained model and how it came about.
 *
 * @param curve one entry an epoch
 * @param bestEpoch the epoch whose weights the model has; 0 is the start
 * @param seconds of training, validation included, and the start unless it is shared with other runs ({@link Trainer#starts})
 */
public record TrainResult(FactorModel model, List<Epoch> curve, int bestEpoch, double seconds, Plan plan) {}
