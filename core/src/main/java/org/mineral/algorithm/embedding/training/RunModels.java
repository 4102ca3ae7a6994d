package org.mineral.algorithm.embedding.training;

import java.util.List;
import java.util.stream.IntStream;
import org.mineral.algorithm.embedding.encoder.AttributeLayers;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.foldin.UntakenItems;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.Population;
import org.mineral.model.attributes.AttributeTables;

/**
 * Models of a run's vectors, as {@link EmbeddingTables#weights} has them.
 *
 * @param options the run's, its temperature included
 */
record RunModels(TrainingSetup setup, TrainOptions options, Workers workers) {

    /** The vectors, with zeros where nothing was learnt, which a start vector would hide, and with {@link UntakenItems}. Changed in place. */
    Matrix[] cleared(Matrix[] vectors) {
        setup.untakenItems().set(vectors[1]);
        int[] interactions = setup.train.userCounts();
        float[] zeros = new float[vectors[0].columns()];
        for (int user = 0; user < interactions.length; user++) {
            if (interactions[user] == 0 && !setup.userHasAttributes(user)) {
                vectors[0].setRow(user, zeros);
            }
        }
        return vectors;
    }

    /** One of the run on its way, which knows its training interactions only. */
    FactorModel underway(Matrix[] vectors) {
        return model(vectors, setup.train);
    }

    /** The one that is handed out: it knows the validation part, too, and has folded in whom only that knows; the vectors are taken over. */
    FactorModel finished(Matrix[] vectors) {
        Population population = Population.of(setup.train, setup.data.seen());
        int[] untrained = IntStream.range(0, setup.train.users())
                .filter(population::foldedIn)
                .toArray();
        if (untrained.length > 0) {
            FoldIn foldIn = FoldIn.of(underway(vectors), Objective.of(setup.loss, options), options);
            float[][] found = new float[untrained.length][];
            workers.run(
                    untrained.length,
                    (task, worker) -> found[task] = foldIn.vector(History.of(population.usable(untrained[task]))));
            for (int k = 0; k < untrained.length; k++) {
                vectors[0].setRow(untrained[k], found[k]);
                if (vectors.length > 2) {
                    vectors[vectors.length - 2].set(0, untrained[k], 0); // No sum of parts any more.
                }
            }
        }
        return model(vectors, setup.data.seen());
    }

    private FactorModel model(Matrix[] vectors, Interactions known) {
        return new FactorModel(
                        vectors[0],
                        vectors[1],
                        setup.data.users(),
                        setup.data.items(),
                        setup.train,
                        known,
                        TrainingInfo.of(setup.loss, options, setup.data, setup.config.kernels, setup.config.provenance))
                .withKernels(setup.config.kernels)
                .withAttributes(attributes(vectors));
    }

    private AttributeTables attributes(Matrix[] vectors) {
        int last = vectors.length - 1;
        return last == 1
                ? AttributeTables.NONE
                : AttributeLayers.kept(
                        setup.data,
                        options,
                        List.of(vectors).subList(2, last - 1),
                        vectors[last - 1].row(0),
                        vectors[last].row(0));
    }
}
