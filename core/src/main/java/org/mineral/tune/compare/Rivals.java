package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.List;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.HeapException;
import org.mineral.data.Dataset;

/** Models without a loss that every comparison of all losses includes, because they are hard to beat on many data: nearest items, and EASE where it fits. */
final class Rivals {

    private static final ModelSpec NEIGHBOURS = ModelSpec.of("item-knn");
    private static final ModelSpec EASE = ModelSpec.of("ease");

    /** EASE is computed at most so many times for a search, and once without. */
    private static final int TRIALS = 17;

    /** Floating-point operations of all inversions, minutes on a few processors; one takes the number of items to the third power. */
    private static final double MOST_OPERATIONS = 2e13;

    private Rivals() {}

    /** @param searched whether each model has a search for its settings */
    static List<ModelSpec> of(Dataset data, boolean searched, int threads) {
        List<ModelSpec> rivals = new ArrayList<>(List.of(NEIGHBOURS));
        double operations = Math.pow(data.items().size(), 3) * (searched ? TRIALS : 1);
        if (operations <= MOST_OPERATIONS && fits(data, threads)) {
            rivals.add(EASE);
        }
        return rivals;
    }

    private static boolean fits(Dataset data, int threads) {
        try {
            EASE.configured().plan(data, FitContext.defaults().withThreads(threads));
            return true;
        } catch (HeapException e) {
            return false;
        }
    }
}
