package org.mineral.algorithm;

import java.util.ArrayList;
import java.util.List;
import org.mineral.linalg.State;

/**
 * The results of one pass over the users.
 *
 * @param number from 1
 * @param of number of planned epochs
 * @param loss weighted mean over users, each evaluated before the user's step
 * @param seconds since the start of training, validation included
 * @param validation NDCG@20 on the validation part, NaN if there is none
 */
public record Epoch(int number, int of, double loss, double seconds, double validation) {

    /** Registers the epochs so far with the checkpoint. */
    public static void state(List<Epoch> curve, int of, State state) {
        int n = (int) state.number("epochs", curve.size());
        List<Epoch> now = new ArrayList<>(curve);
        double[] loss = now.stream().mapToDouble(Epoch::loss).toArray();
        double[] seconds = now.stream().mapToDouble(Epoch::seconds).toArray();
        double[] validation = now.stream().mapToDouble(Epoch::validation).toArray();
        if (state.restores()) {
            loss = new double[n];
            seconds = new double[n];
            validation = new double[n];
        }
        state.doubles("loss", loss);
        state.doubles("seconds", seconds);
        state.doubles("validation", validation);
        for (int e = 0; state.restores() && e < n; e++) {
            curve.add(new Epoch(e + 1, of, loss[e], seconds[e], validation[e]));
        }
    }
}
