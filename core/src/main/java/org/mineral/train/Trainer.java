package org.mineral.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Workers;
import org.mineral.loss.Loss;
import org.mineral.model.FactorModel;

/**
 * Trains matrix factorisation with any loss. Immutable; the {@code with}-like methods give changed copies.
 *
 * <pre>{@code
 * FactorModel model = new Trainer(Losses.minePlus(1.2), TrainOptions.defaults()).fit(data);
 * }</pre>
 *
 * <p>The same data, options and seed give the same model, bit for bit, with any number of threads on the same kernel.
 */
public final class Trainer {

    private final Loss loss;
    private final TrainOptions options;
    private final int threads;
    private final TrainListener listener;
    private final @Nullable Starts starts;
    private final @Nullable Checkpoints checkpoints;
    private final @Nullable Interactions judged;
    private final @Nullable FactorModel teacher;
    private final Map<String, Object> facts;

    /** On all processors, silently. */
    public Trainer(Loss loss, TrainOptions options) {
        this(
                loss,
                options,
                Runtime.getRuntime().availableProcessors(),
                TrainListener.NONE,
                null,
                null,
                null,
                null,
                Map.of());
    }

    private Trainer(
            Loss loss,
            TrainOptions options,
            int threads,
            TrainListener listener,
            @Nullable Starts starts,
            @Nullable Checkpoints checkpoints,
            @Nullable Interactions judged,
            @Nullable FactorModel teacher,
            Map<String, Object> facts) {
        this.loss = loss;
        this.options = options;
        this.threads = threads;
        this.listener = listener;
        this.starts = starts;
        this.checkpoints = checkpoints;
        this.judged = judged;
        this.teacher = teacher;
        this.facts = facts;
    }

    /** A copy that works on this many threads. */
    public Trainer threads(int threads) {
        return new Trainer(loss, options, threads, listener, starts, checkpoints, judged, teacher, facts);
    }

    /** A copy that tells this listener how the run goes. */
    public Trainer listener(TrainListener listener) {
        return new Trainer(loss, options, threads, listener, starts, checkpoints, judged, teacher, facts);
    }

    /** A copy that shares its spectral start with all others that are given the same. */
    public Trainer starts(Starts starts) {
        return new Trainer(loss, options, threads, listener, starts, checkpoints, judged, teacher, facts);
    }

    /** A copy that keeps checkpoints, and goes on from the last one if there is one. */
    public Trainer checkpoints(Checkpoints checkpoints) {
        return new Trainer(loss, options, threads, listener, starts, checkpoints, judged, teacher, facts);
    }

    /** A copy that stops early by these interactions, and keeps the epoch that is best on them, instead of the valid part. */
    public Trainer judgedBy(Interactions part) {
        return new Trainer(loss, options, threads, listener, starts, checkpoints, part, teacher, facts);
    }

    /**
     * A copy whose models also learn what this one would recommend: ranking distillation. {@code teacher_items} of each user's
     * list, 10 if they are not set, stand in the user's row and count {@code teacher_weight}.
     *
     * @param teacher trained on the same data, the validation part included that a run stops by
     */
    public Trainer teacher(FactorModel teacher) {
        TrainOptions taught = options.teacherItems() > 0 ? options : options.with("teacher_items", Distillation.ITEMS);
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put("teacher", teacher.info().config());
        return new Trainer(loss, taught, threads, listener, starts, checkpoints, judged, teacher, more);
    }

    /** A copy whose models' provenance says this too. */
    public Trainer fact(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new Trainer(loss, options, threads, listener, starts, checkpoints, judged, teacher, more);
    }

    /** A copy that ends after so many of the epochs that its schedule is laid out for. */
    public Trainer stopAfter(int epochs) {
        return new Trainer(
                loss,
                options.with("stop_after", epochs),
                threads,
                listener,
                starts,
                checkpoints,
                judged,
                teacher,
                facts);
    }

    /** {@link #train}, for those who want the model only. */
    public FactorModel fit(Dataset data) {
        return train(data).model();
    }

    /**
     * Trains on {@code data.train()}. If there is a validation part, NDCG@20 on it is taken after every epoch, training
     * stops when it has not risen for {@code patience} epochs, and the best epoch's weights are kept. The test part is
     * not looked at.
     *
     * @throws org.mineral.config.InputException if there is nothing to train on, or the run does not fit into memory
     * @throws DivergedException if the loss or the weights leave the finite numbers
     */
    public TrainResult train(Dataset data) {
        try (Workers workers = new Workers(threads)) {
            return new Run(
                            data,
                            loss,
                            options,
                            workers,
                            KernelProvider.best(),
                            listener,
                            starts,
                            checkpoints,
                            judged,
                            teacher,
                            facts)
                    .train();
        } catch (DivergedException e) {
            if (checkpoints != null) {
                // The same command would come to the same end, and another one is not to be refused for it.
                checkpoints.delete();
            }
            throw e;
        }
    }

    /** What {@code auto} settings stand for with this loss, by public name; with the loss's own parameters. */
    public Map<String, String> settings() {
        return RunInfo.settings(loss, options);
    }
}
