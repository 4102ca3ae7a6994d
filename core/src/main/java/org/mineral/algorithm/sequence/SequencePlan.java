package org.mineral.algorithm.sequence;

import java.util.Locale;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.data.Dataset;

/** The work and memory of a run over sequences. */
final class SequencePlan {

    private SequencePlan() {}

    /**
     * @param rows places of an epoch
     * @param draws candidates of a block
     */
    static TrainingPlan of(Dataset data, SequenceSettings settings, int rows, int draws) {
        Objective objective = settings.objective();
        TrainOptions options = settings.options();
        String engine = objective.candidates().equals("all")
                ? String.format(Locale.ROOT, "exact: %,d places of sequences against all %,d items", rows, draws)
                : String.format(
                        Locale.ROOT,
                        "sampled: %s, shared by each block of %,d places of sequences",
                        objective.candidates(),
                        rows);
        return TrainingPlan.ofRows(
                data, objective, options, engine, rows, draws, settings.rows().positions());
    }
}
