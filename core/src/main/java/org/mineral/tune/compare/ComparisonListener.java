package org.mineral.tune.compare;

import java.util.List;
import java.util.Map;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Plan;
import org.mineral.tune.auto.SearchListener;

/** Receives the progress of a comparison or an ablation, on the thread that runs it. */
public interface ComparisonListener {

    ComparisonListener NONE = new ComparisonListener() {};

    /** A message for the user. */
    default void note(String text) {}

    /** Called after the data were split, with sentences that describe it. */
    default void protocol(DataProtocol protocol) {}

    /** The k-th of n models, or cells of an ablation, starts; k from 1. */
    default void loss(String name, int k, int n) {}

    default void plan(Plan plan) {}

    /** After each step: the fraction of this model's steps that are done, in [0, 1]. */
    default void progress(double share) {}

    default void epoch(Epoch epoch) {}

    /** Told how the search of the model that started last goes. */
    default SearchListener search() {
        return SearchListener.NONE;
    }

    /** A model is finished; its tests against the best are not known yet. */
    default void done(ComparisonResult.Entry entry) {}

    /**
     * How to repeat a training in terms of the application, such as shell commands. Stored in the result; empty by default.
     *
     * @param source the data as the user named them
     * @param settings that were given
     */
    default List<String> commands(
            DataSource source, DataProtocol protocol, ComparedModel model, Map<String, String> settings) {
        return List.of();
    }

    /** A cell of an ablation is finished. */
    default void trial(Trial trial) {}
}
