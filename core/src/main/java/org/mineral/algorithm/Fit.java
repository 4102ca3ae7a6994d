package org.mineral.algorithm;

import java.util.List;
import org.mineral.model.Model;

/**
 * A model and how it came about.
 *
 * @param curve one entry an epoch; empty if the algorithm knows no epochs
 * @param bestEpoch the epoch whose weights the model has; 0 is the start, or that there are no epochs
 * @param seconds of the run, validation included, without what is shared with other runs ({@link FitContext#shared})
 */
public record Fit<M extends Model>(M model, List<Epoch> curve, int bestEpoch, double seconds, Plan plan) {

    /** Of an algorithm without epochs. */
    public static <M extends Model> Fit<M> of(M model, double seconds, Plan plan) {
        return new Fit<>(model, List.of(), 0, seconds, plan);
    }
}
