package org.mineral.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.BlendModel;
import org.mineral.model.Model;

/**
 * The weights of a blend by ensemble selection (Caruana, Niculescu-Mizil, Crew, Ksikes 2004, doi 10.1145/1015330.1015432): the best model alone,
 * then ten times the model whose addition, repetitions allowed, gives the best NDCG@20 on held-out interactions; a model's weight is the share of
 * its choices. The best of all steps is taken, so the blend is on these interactions never below its best member. Models that are
 * never chosen are left out.
 */
public final class BlendSelection {

    /** Steps after the first. */
    private static final int STEPS = 10;

    /** Users by whom weights are judged; a difference in the third digit needs about as many. */
    private static final int USERS = 2_000;

    private static final String METRIC = "NDCG@20";

    private BlendSelection() {}

    /**
     * @param models of the same data, each with held-out interactions: known ones that are not training ones
     * @throws InputException if nothing was held out, or the models differ in data
     */
    public static BlendModel of(List<Model> models, Workers workers) {
        BlendModel all = new BlendModel(
                models.stream().map(m -> new BlendModel.Member(m, 1)).toList());
        Interactions heldOut = all.known().minus(all.trained());
        if (heldOut.size() == 0) {
            throw new InputException(
                    "the models of the blend hold no validation interactions by which weights could be chosen.",
                    Hint.of("to choose them", Hint.Action.VALIDATION),
                    Hint.of("to set them", Hint.Action.BLEND_WEIGHTS));
        }
        int[] counts = new int[models.size()];
        int[] bestCounts = counts.clone();
        double best = Double.NEGATIVE_INFINITY;
        for (int step = 0; step <= STEPS; step++) {
            int chosen = -1;
            double value = Double.NEGATIVE_INFINITY;
            for (int m = 0; m < counts.length; m++) {
                counts[m]++;
                double with = ndcg(blend(models, counts), heldOut, workers);
                counts[m]--;
                if (with > value) {
                    value = with;
                    chosen = m;
                }
            }
            counts[chosen]++;
            if (value > best) {
                best = value;
                bestCounts = counts.clone();
            }
        }
        return blend(models, bestCounts);
    }

    private static BlendModel blend(List<Model> models, int[] counts) {
        double total = Arrays.stream(counts).sum();
        List<BlendModel.Member> members = new ArrayList<>();
        for (int m = 0; m < counts.length; m++) {
            if (counts[m] > 0) {
                members.add(new BlendModel.Member(models.get(m), counts[m] / total));
            }
        }
        return new BlendModel(members);
    }

    private static double ndcg(BlendModel blend, Interactions heldOut, Workers workers) {
        return Evaluator.at(20)
                .withUsers(USERS, 1)
                .evaluate(blend, heldOut, blend.trained(), null, workers)
                .metric(METRIC);
    }
}
