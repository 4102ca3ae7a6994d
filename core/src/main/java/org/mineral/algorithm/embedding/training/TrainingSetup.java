package org.mineral.algorithm.embedding.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mineral.algorithm.embedding.encoder.AttributeLayers;
import org.mineral.algorithm.embedding.encoder.ParameterLayers;
import org.mineral.algorithm.embedding.engine.RowKernel;
import org.mineral.algorithm.embedding.foldin.UntakenItems;
import org.mineral.algorithm.embedding.init.Initializer;
import org.mineral.algorithm.embedding.init.TeacherInit;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.algorithm.embedding.plan.CandidateChoice;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.algorithm.embedding.target.Distillation;
import org.mineral.algorithm.embedding.target.RecencyWeights;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.algorithm.embedding.target.TemperatureRule;
import org.mineral.candidate.CandidateSampler;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.row.Loss;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.model.provenance.Provenance;

/** Data and configuration of a run before it starts: checked, with {@code auto} resolved. It does not change. */
final class TrainingSetup {

    final TrainingConfig config;
    final Dataset data;
    final Interactions train;

    /** The interactions for early stopping and the best epoch; may be empty. */
    final Interactions valid;

    final Loss loss;

    /** A temperature that is read from the start is not in them yet ({@link TemperatureRule}). */
    final TrainOptions options;

    final Initializer starts;
    private final Optional<Model> teacher;
    private final Targets own;

    private final UntakenItems untakenItems;

    /** @throws InputException if there is nothing to train on, or the configuration does not fit the data */
    TrainingSetup(TrainingConfig config, Dataset data) {
        this.config = config;
        this.data = data;
        this.train = data.train();
        this.valid = config.judged.orElse(data.valid());
        this.loss = config.loss;
        this.options = CandidateChoice.choose(train, loss, config.options);
        this.teacher = Optional.ofNullable(Distillation.teacher(
                data, config.teacher.orElse(null), this.options.objective().teacherItems()));
        this.starts = teacher.flatMap(model -> model.as(VectorModel.class))
                .filter(wide -> TeacherInit.fits(wide, options))
                .<Initializer>map(TeacherInit::new)
                .orElse(config.starts);
        this.own = Targets.of(train, RecencyWeights.of(data, options.objective().recency()), options);
        this.untakenItems = new UntakenItems(
                train.itemCounts(),
                AttributeLayers.used(data, options) ? data.itemAttributes() : Attributes.none(train.items()),
                options);
        TemperatureRule.check(options);
        if (train.size() == 0) {
            throw new InputException(data.name() + " has no training interactions; there is nothing to learn from.");
        }
    }

    /** Users who have training interactions, ascending. */
    int[] users() {
        return IntStream.range(0, train.users()).filter(u -> train.count(u) > 0).toArray();
    }

    Objective objective() {
        return Objective.of(loss, options);
    }

    /** Those of attributes, if there are any, and around them the algorithm's own. */
    ParameterLayers layers() {
        return AttributeLayers.of(data, options).inside(config.layers);
    }

    UntakenItems untakenItems() {
        return untakenItems;
    }

    /** Whether the user has attributes that the run uses. */
    boolean userHasAttributes(int user) {
        return AttributeLayers.used(data, options) && data.userAttributes().has(user);
    }

    /** With attributes, items that nobody took are no candidates: what they have in common with others is not to count against them. */
    CandidateSampler sampler() {
        CandidateSampler sampler = CandidateSampler.of(
                objective().candidates(),
                train,
                options.objective().correction() == TrainOptions.Correction.IMPORTANCE);
        return AttributeLayers.used(data, options) ? sampler.ofTrained() : sampler;
    }

    TrainingPlan plan() {
        int users = users().length;
        int draws = sampler().capacity(Math.min(options.optimization().blockSize(), users));
        long layerBytes = layers().bytes(train, options.encoder().dimension());
        long rowBytes = config.threads * RowKernel.bytes(loss, draws);
        return TrainingPlan.of(
                data.judgedBy(valid), objective(), options, users, draws, layerBytes + rowBytes, teacher.orElse(null));
    }

    /** The interactions, and what a teacher adds to them. */
    Targets targets(Workers workers) {
        return teacher.map(model -> Distillation.taught(
                        own,
                        model,
                        options.objective().teacherItems(),
                        options.objective().teacherWeight(),
                        workers))
                .orElse(own);
    }

    /** Parameters of the right shape, U x d and I x d. */
    Matrix[] zeros() {
        int d = options.encoder().dimension();
        return new Matrix[] {new Matrix(train.users(), d), new Matrix(train.items(), d)};
    }

    /** What a checkpoint has to agree on with this run: all that its bits depend on, before anything is read of the data. */
    Map<String, String> identity(Targets targets) {
        Map<String, String> identity = new LinkedHashMap<>(new EmbeddingSettings(loss, options).describe());
        identity.putAll(TrainingInfo.of(loss, options, data, config.kernels, Provenance.NONE)
                .provenance()
                .identity());
        if (config.layers != ParameterLayers.NONE) {
            identity.put("layers", config.layers.getClass().getName());
        }
        identity.putAll(AttributeLayers.identity(data, options));
        if (own.counts() != null) {
            // The hash of the data says nothing of times.
            identity.put("recency of each interaction", String.valueOf(Arrays.hashCode(own.counts())));
        }
        if (teacher.isPresent()) {
            identity.put("the teacher's lists", String.valueOf(targets.rows().hashCode()));
        }
        if (valid != data.valid()) {
            identity.put("judged_by", valid.size() + " interactions of another part");
        }
        return identity;
    }
}
