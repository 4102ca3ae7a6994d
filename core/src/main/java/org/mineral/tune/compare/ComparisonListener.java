package org.mineral.tune.compare;

import java.util.List;
import java.util.Map;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Plan;

/** Told how a comparison or an ablation is going, on the thread that runs it. */
public interface ComparisonListener {

    ComparisonListener NONE = new ComparisonListener() {};

    /** Something that the user should know. */
    default void note(String text) {}

    /** Data are divided; this is how, one sentence each. */
    default void protocol(DataProtocol protocol) {}

    /** A loss, or a cell of an ablation, begins, the k-th of n, k from 1. */
    default void loss(String name, int k, int n) {}

    default void plan(Plan plan) {}

    /** After each step: the share of this loss's steps that are done, in [0, 1]. */
    default void progress(double share) {}

    default void epoch(Epoch epoch) {}

    /** A loss is done; its tests against the best are not known yet. */
    default void done(ComparisonResult.Entry entry) {}

    /**
     * What repeats a training, in the words of the application: shell commands, say. Kept in the result; none by default.
     *
     * @param source the data as the user named them
     * @param settings that were given
     */
    default List<String> commands(
            DataSource source, DataProtocol protocol, ComparedModel model, Map<String, String> settings) {
        return List.of();
    }

    /** A cell of an ablation is done. */
    default void trial(Trial trial) {}
}
