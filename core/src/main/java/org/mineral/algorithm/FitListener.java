package org.mineral.algorithm;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.mineral.model.Model;

/** Receives the progress of a run, on the thread that runs it. */
public interface FitListener {

    FitListener NONE = new FitListener() {};

    /** Called with the plan, before anything large is allocated. */
    default void plan(Plan plan) {}

    /** The run resumes after this epoch, from a checkpoint file. */
    default void resumed(Epoch last, Path checkpoint) {}

    /** A message for the user. */
    default void note(String line) {}

    /** After each step: the fraction of steps that are done, in [0, 1]. */
    default void progress(double share) {}

    /**
     * After each epoch, before {@link #epoch}: supplies the current model, computed on demand and only within this call.
     */
    default void model(int epoch, Supplier<? extends Model> model) {}

    /** After each epoch; returning false ends the run. */
    default boolean epoch(Epoch epoch) {
        return true;
    }
}
