package org.mineral.train;

/** Told how a run is going, on the thread that runs it. */
public interface TrainListener {

    TrainListener NONE = new TrainListener() {};

    /** Before anything large is allocated. */
    default void plan(Plan plan) {}

    /** After each step: the share of the run's steps that are done, in [0, 1]. */
    default void progress(double share) {}

    /** After each epoch; false ends the run here. */
    default boolean epoch(Epoch epoch) {
        return true;
    }
}
