package org.mineral.comparisons;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.algorithm.embedding.training.TrainingSession;
import org.mineral.data.Dataset;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.model.provenance.Provenance;

/** What all baselines are measured under: the data, the threads, the settings; and Mineral's side of it. */
final class Conditions {

    static final double TEMPERATURE = 0.15;
    static final double LAMBDA = 1.2;
    static final double LEARNING_RATE = 0.05;

    static final String RECALL = "Recall@20";
    private static final String NDCG = "NDCG@20";

    private final Dataset data;
    private final int threads;
    private final int rounds;
    private final Path scratch;
    private @Nullable FactorModel start;
    private double objective = Double.NaN;
    private final Mineral mineral = new Mineral(this);

    /**
     * @param data validation data count as training data here; nothing is chosen on anything
     * @param rounds how often each side is measured
     * @param scratch for what goes to other processes
     */
    Conditions(Dataset data, int threads, int rounds, Path scratch) {
        this.data = data.withValidInTrain();
        this.threads = threads;
        this.rounds = rounds;
        this.scratch = scratch;
    }

    Dataset data() {
        return data;
    }

    int threads() {
        return threads;
    }

    int rounds() {
        return rounds;
    }

    Path scratch() {
        return scratch;
    }

    EmbeddingTrainer trainer(int epochs, double learningRate) {
        TrainOptions options = TrainOptions.defaults()
                .withTemperature(TEMPERATURE)
                .withEpochs(epochs)
                .with("learning_rate", learningRate)
                .with("candidates", "all");
        return new EmbeddingTrainer(Losses.minePlus(LAMBDA), options).threads(threads);
    }

    int blockSize() {
        return TrainOptions.defaults().optimization().blockSize();
    }

    /** Mineral's spectral start, which both sides train from; rows of unit length. */
    FactorModel start() {
        FactorModel known = start;
        if (known == null) {
            known = trainer(0, 0).fit(data);
            start = known;
        }
        return known;
    }

    /** Mineral's whole runs, for comparisons of models. */
    Mineral mineral() {
        return mineral;
    }

    /** Users with training interactions. */
    int[] users() {
        return IntStream.range(0, data.users().size())
                .filter(u -> data.train().count(u) > 0)
                .toArray();
    }

    /** A run that is taken epoch by epoch: one for each round, and the one before that does not count. To be closed. */
    TrainingSession steps() {
        return trainer(rounds + 1, LEARNING_RATE).session(data);
    }

    /** Mineral's value of the objective at the start, over all users. */
    double objective() {
        if (Double.isNaN(objective)) {
            try (TrainingSession mineral = trainer(1, 0).session(data)) {
                objective = mineral.next().loss();
            }
        }
        return objective;
    }

    /** Holds a baseline to the same objective: what is timed must be the same thing. */
    void check(String baseline, double value, double tolerance) {
        double ours = objective();
        if (!(Math.abs(value - ours) <= tolerance)) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "the objectives differ: %s has %s, Mineral %s", baseline, value, ours));
        }
    }

    /** Somebody else's factors as a model. */
    FactorModel model(Matrix users, Matrix items) {
        return new FactorModel(
                users,
                items,
                data.users(),
                data.items(),
                data.train(),
                ModelInfo.of(FactorModel.NAME, Map.of(), Provenance.NONE.with(DataProvenance.NONE.withName(data.name()))));
    }

    /** By Mineral's evaluator, whoever trained it. */
    Evaluation evaluate(FactorModel model) {
        try (Workers workers = new Workers(threads)) {
            return Evaluator.at(20).evaluate(model, data.test(), workers);
        }
    }

    /** The lines that compare a trained model of theirs with ours: time to it, and how well it ranks. */
    List<Measurement> quality(String baseline, String run, double seconds, FactorModel theirs) {
        Evaluation their = evaluate(theirs);
        double recall = their.metric(RECALL);
        Optional<Mineral.Trained> reached = mineral.reaching(recall);
        Mineral.Trained full = mineral.full();
        String same = reached.map(Mineral.Trained::describe).orElse("ours does not reach it");
        double toTheSame = reached.map(Mineral.Trained::seconds).orElse(Double.POSITIVE_INFINITY);
        return List.of(
                Measurement.seconds(
                        baseline, "training to the end", seconds, full.seconds(), run + "; ours: " + full.command()),
                Measurement.seconds(baseline, "training to their Recall@20", seconds, toTheSame, same),
                Measurement.achieved(baseline, RECALL, "", recall, full.recall(), run),
                Measurement.achieved(
                        baseline,
                        NDCG,
                        "",
                        their.metric(NDCG),
                        full.evaluation().metric(NDCG),
                        run));
    }
}
