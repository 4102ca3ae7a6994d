package org.mineral.eval;

import java.util.Arrays;
import org.mineral.data.DataStatistics;

/** How often each item of the catalogue stands within the first K of a list, over the lists of all users. */
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

    /** Share of the catalogue that stands in a list at all. */
    double coverage(int cutoff) {
        return (double) Arrays.stream(shown[cutoff]).filter(times -> times > 0).count() / shown[cutoff].length;
    }

    /** 0 if all items of the catalogue are shown equally often, towards 1 if one of a large catalogue is all that is shown. */
    double gini(int cutoff) {
        return DataStatistics.gini(shown[cutoff]);
    }
}
