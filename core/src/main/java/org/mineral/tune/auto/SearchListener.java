package org.mineral.tune.auto;

/** Told how a search goes, on the thread that runs it. */
public interface SearchListener {

    SearchListener NONE = new SearchListener() {};

    /**
     * After each trial.
     *
     * @param share of the search's limit that is spent, at most 1
     */
    default void trial(SearchReport.Trial trial, double share) {}

    /** A message for people. */
    default void note(String message) {}
}
