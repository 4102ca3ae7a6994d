package org.mineral.algorithm;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.ProvenancePart;
import org.mineral.model.provenance.SoftwareProvenance;

/**
 * The environment of a run besides data and settings: threads, kernels, listener, checkpoints. Immutable; the {@code with} methods return
 * changed copies.
 *
 * @param threads number of threads
 * @param kernels for the training and its models
 * @param listener receives progress, on the thread of the run
 * @param checkpoints to write, and to resume from; null for none
 * @param judgedBy interactions that choose the best epoch instead of the validation part; null for that part
 * @param teacher a model of the same data to learn from as well; null for none
 * @param shared work shared by runs on the same data; null for none
 * @param provenance what the caller knows of where the model comes from
 */
public record FitContext(
        int threads,
        Kernels kernels,
        FitListener listener,
        @Nullable Checkpoints checkpoints,
        @Nullable Interactions judgedBy,
        @Nullable Model teacher,
        @Nullable SharedWork shared,
        Provenance provenance) {

    /** All processors, the fastest kernels, silent. */
    public static FitContext defaults() {
        return new FitContext(
                Runtime.getRuntime().availableProcessors(),
                KernelProvider.best(),
                FitListener.NONE,
                null,
                null,
                null,
                null,
                Provenance.NONE);
    }

    public FitContext withThreads(int threads) {
        return new FitContext(threads, kernels, listener, checkpoints, judgedBy, teacher, shared, provenance);
    }

    public FitContext withKernels(Kernels kernels) {
        return new FitContext(threads, kernels, listener, checkpoints, judgedBy, teacher, shared, provenance);
    }

    public FitContext withListener(FitListener listener) {
        return new FitContext(threads, kernels, listener, checkpoints, judgedBy, teacher, shared, provenance);
    }

    public FitContext withCheckpoints(@Nullable Checkpoints checkpoints) {
        return new FitContext(threads, kernels, listener, checkpoints, judgedBy, teacher, shared, provenance);
    }

    public FitContext withJudgedBy(@Nullable Interactions part) {
        return new FitContext(threads, kernels, listener, checkpoints, part, teacher, shared, provenance);
    }

    public FitContext withTeacher(@Nullable Model teacher) {
        return new FitContext(threads, kernels, listener, checkpoints, judgedBy, teacher, shared, provenance);
    }

    public FitContext withShared(@Nullable SharedWork shared) {
        return new FitContext(threads, kernels, listener, checkpoints, judgedBy, teacher, shared, provenance);
    }

    /** A copy with what a part says, added to the provenance of its models. */
    public FitContext with(ProvenancePart part) {
        return withProvenance(provenance.with(part));
    }

    public FitContext withProvenance(Provenance provenance) {
        return new FitContext(threads, kernels, listener, checkpoints, judgedBy, teacher, shared, provenance);
    }

    /**
     * Refuses a teacher, for algorithms that cannot use one.
     *
     * @param name of the algorithm
     * @throws InputException if there is a teacher
     */
    public void refuseTeacher(String name) {
        if (teacher != null) {
            throw new InputException(
                    name + " cannot learn from a teacher; leave the teacher out, or train a model that can,"
                            + " such as mf or lightgcn.");
        }
    }

    /** @throws InputException if there are no training interactions */
    public static void refuseNothingToLearn(Dataset data) {
        if (data.train().size() == 0) {
            throw new InputException(data.name() + " has no training interactions; there is nothing to learn from.");
        }
    }

    /** @throws InputException if there are no attributes of items */
    public static void refuseNoAttributes(String name, Dataset data) {
        if (data.itemAttributes().isEmpty()) {
            throw new InputException(
                    name + " learns from attributes of items, and " + data.name() + " has none.",
                    Hint.of("give the data attributes", Hint.Action.ITEM_ATTRIBUTES));
        }
    }

    /**
     * The info of a model of this run.
     *
     * @param kind of model
     * @param settings all effective settings
     */
    public ModelInfo info(String kind, Map<String, String> settings, Dataset data) {
        DataProvenance of = DataProvenance.NONE.withName(data.name()).withHash(data.hash());
        return new ModelInfo(kind, settings, provenance.with(of).with(SoftwareProvenance.here(kernels)));
    }
}
