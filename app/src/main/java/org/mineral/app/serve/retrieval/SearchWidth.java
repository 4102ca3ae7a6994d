package org.mineral.app.serve.retrieval;

import java.util.Arrays;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;
import org.mineral.model.VectorModel;

/**
 * The width of a search (ef) and its recall of the exact best {@value #JUDGED}.
 *
 * @param width number of candidates kept during a search
 * @param recall mean over the test users
 */
record SearchWidth(int width, double recall) {

    /** The smallest width that reaches this recall is used. */
    private static final double WANTED = 0.97;

    private static final int[] WIDTHS = {40, 80, 160, 320, 640, 1280, 2560, 5120};
    private static final int JUDGES = 200;
    private static final int JUDGED = 20;

    /** The settings that the choice depends on besides vectors and graph. */
    static final String SETTINGS = String.format(
            Locale.ROOT,
            "the best %d of %d users, %s of them in one of %s",
            JUDGED,
            JUDGES,
            WANTED,
            Arrays.toString(WIDTHS));

    /** The best {@code k} items for a vector, in any order. */
    interface Search {
        int[] best(float[] vector, int k, int width);
    }

    /** Vectors of evenly spaced users. */
    static float[][] judges(VectorModel model) {
        int users = model.users().size();
        int n = Math.min(JUDGES, users);
        float[][] judges = new float[n][];
        for (int j = 0; j < n; j++) {
            judges[j] = model.userVector((int) ((long) j * users / n));
        }
        return judges;
    }

    /** The smallest width that reaches the wanted recall, or the largest. */
    static SearchWidth narrowest(VectorModel model, Search search, Workers workers) {
        float[][] judges = judges(model);
        int[][] truth = new int[judges.length][];
        workers.run(
                judges.length,
                (j, worker) ->
                        truth[j] = model.rank(judges[j], JUDGED, new int[0]).items());
        SearchWidth searchWidth = new SearchWidth(0, 0);
        for (int k = 0; k < WIDTHS.length && searchWidth.recall < WANTED; k++) {
            searchWidth = new SearchWidth(WIDTHS[k], recall(judges, truth, search, WIDTHS[k]));
        }
        return searchWidth;
    }

    private static double recall(float[][] judges, int[][] truth, Search search, int width) {
        double hits = 0;
        double wanted = 0;
        for (int j = 0; j < judges.length; j++) {
            int[] found = search.best(judges[j], truth[j].length, width);
            Arrays.sort(found);
            for (int item : truth[j]) {
                hits += Arrays.binarySearch(found, item) >= 0 ? 1 : 0;
            }
            wanted += truth[j].length;
        }
        return wanted == 0 ? 1 : hits / wanted;
    }

    /** Writes this, or reads another. */
    SearchWidth state(State state) {
        long read = state.number("beam", width);
        double share = state.real("recall", recall);
        if (Arrays.stream(WIDTHS).noneMatch(w -> w == read) || !(share >= 0 && share <= 1)) {
            throw new InputException("its beam is " + read + ", its recall " + share + "; no search here has such.");
        }
        return new SearchWidth((int) read, share);
    }
}
