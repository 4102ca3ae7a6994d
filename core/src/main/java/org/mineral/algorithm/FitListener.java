package org.mineral.algorithm;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.mineral.model.Model;

/** Told how a run is going, on the thread that runs it. */
public interface FitListener {

    FitListener NONE = new FitListener() {};

    /** Before anything large is allocated. */
    default void plan(Plan plan) {}

    /** The run goes on after this epoch, whose end was kept in the file. */
    default void resumed(Epoch last, Path checkpoint) {}

    /** Something about the run that people should know. */
    default void note(String line) {}

    /** After each step: the share of the run's steps that are done, in [0, 1]. */
    default void progress(double share) {}

    /**
     * After each epoch, before {@link #epoch}: the model as it is now, made only if it is asked for and only within this
     * call.
     */
    default void model(int epoch, Supplier<? extends Model> model) {}

    /** After each epoch; false ends the run here. */
    default boolean epoch(Epoch epoch) {
        return true;
    }
}
