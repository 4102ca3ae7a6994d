package org.mineral.algorithm;

import java.util.List;
import org.mineral.model.Model;

/**
 * The result of a training: a model with its learning curve and plan.
 *
 * @param curve one entry for each epoch; empty for algorithms without epochs
 * @param bestEpoch the epoch of the model's weights; 0 for the start, or without epochs
 * @param seconds of the run, validation included, without work shared with other runs ({@link FitContext#shared})
 */
public record Fit<M extends Model>(M model, List<Epoch> curve, int bestEpoch, double seconds, Plan plan) {

    /** The result of an algorithm without epochs. */
    public static <M extends Model> Fit<M> of(M model, double seconds, Plan plan) {
        return new Fit<>(model, List.of(), 0, seconds, plan);
    }
}
