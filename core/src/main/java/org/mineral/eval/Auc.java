package org.mineral.eval;

import java.util.Arrays;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;

/**
 * The area under the ROC curve of each user: the share of pairs (test item i, item j that is neither a test item of the
 * user nor masked) with s_i &gt; s_j, where a tie counts one half. All ranks weigh the same: 1/2 for random scores, 1 if all test items rank
 * above the others.
 *
 * <p>Source: the criterion that BPR is derived from (Rendle, Freudenthaler, Gantner and Schmidt-Thieme 2009, UAI), here with
 * ties.
 */
final class Auc {

    static final String LABEL = "AUC";

    private Auc() {}

    /**
     * Scores all items of each user, which costs more than ranking the best.
     *
     * @param users users to evaluate
     * @param unknown by user: number of test items that the model does not know; they lose against every item
     * @return one value a user, in their order
     */
    static double[] of(
            Model model, int[] users, Interactions test, Interactions masked, int[] unknown, Workers workers) {
        double[] values = new double[users.length];
        int[] unlearnt = model.population().itemsWithout();
        workers.run(users.length, (p, worker) -> {
            int user = users[p];
            float[] scores = model.scores(user);
            for (int item : unlearnt) {
                scores[item] = Float.NEGATIVE_INFINITY; // below every ranked item
            }
            values[p] = of(scores, test.row(user), masked.row(user), unknown[user]);
        });
        return values;
    }

    /**
     * Exact, by counting; 1/2 if there are no pairs.
     *
     * @param scores by item
     * @param test items, ascending
     * @param masked items, ascending
     */
    static double of(float[] scores, int[] test, int[] masked, int unknown) {
        float[] wanted = new float[test.length];
        for (int t = 0; t < wanted.length; t++) {
            wanted[t] = scores[test[t]];
        }
        Arrays.sort(wanted);
        long halves = 0;
        long others = 0;
        int t = 0;
        int m = 0;
        for (int item = 0; item < scores.length; item++) {
            boolean tested = t < test.length && test[t] == item;
            boolean hidden = m < masked.length && masked[m] == item;
            t += tested ? 1 : 0;
            m += hidden ? 1 : 0;
            if (!tested && !hidden) {
                others++;
                halves += halves(wanted, scores[item]);
            }
        }
        return others == 0 ? 0.5 : halves / (2.0 * others * (test.length + unknown));
    }

    /** Twice the number of test scores above s, plus the number equal to it. */
    private static int halves(float[] ascending, float s) {
        int n = ascending.length;
        if (n == 0 || s < ascending[0]) {
            return 2 * n;
        }
        return 2 * n - count(ascending, s, true) - count(ascending, s, false);
    }

    /**
     * How many are below s, or at most s. {@link Arrays#binarySearch} finds an arbitrary one of equal values, and treats -0 and 0 as
     * different.
     */
    private static int count(float[] ascending, float s, boolean orEqual) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < s || orEqual && ascending[middle] == s) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
