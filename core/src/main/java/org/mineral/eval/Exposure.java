package org.mineral.eval;

import java.util.Arrays;
import org.mineral.data.DataStatistics;

/** How often each item of the catalogue appears in the first K of a list, over the lists of all users. */
final class Exposure {

    private final int[] ks;
    private final int[][] shown;

    Exposure(int[] ks, int items) {
        this.ks = ks;
        this.shown = new int[ks.length][items];
    }

    /** One user's list, best first. */
    void add(int[] ranked) {
        for (int c = 0; c < ks.length; c++) {
            for (int r = 0; r < Math.min(ks[c], ranked.length); r++) {
                shown[c][ranked[r]]++;
            }
        }
    }

    /** Share of the catalogue that appears in at least one list. */
    double coverage(int cutoff) {
        return (double) Arrays.stream(shown[cutoff]).filter(times -> times > 0).count() / shown[cutoff].length;
    }

    /**
     * Gini coefficient: 0 if all items of the catalogue appear equally often, close to 1 if the lists show a single item of a large
     * catalogue.
     */
    double gini(int cutoff) {
        return DataStatistics.gini(shown[cutoff]);
    }
}
