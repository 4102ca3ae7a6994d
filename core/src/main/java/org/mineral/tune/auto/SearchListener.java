package org.mineral.tune.auto;

/** Told how a search goes, on the thread that runs it. */
public interface SearchListener {

    SearchListener NONE = new SearchListener() {};

    /**
     * After each setting that was tried.
     *
     * @param share of the work that the search may spend that is spent, at most 1
     */
    default void trial(SearchReport.Trial trial, double share) {}
}
