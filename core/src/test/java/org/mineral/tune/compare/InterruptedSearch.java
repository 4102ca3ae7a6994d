package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.List;
import org.mineral.tune.auto.SearchListener;
import org.mineral.tune.auto.SearchReport;

/** Ends a run during its search, as a kill would, after so many trials; notes what the search says. */
public final class InterruptedSearch extends RuntimeException implements ComparisonListener {

    private static final long serialVersionUID = 1L;

    public final transient List<String> notes = new ArrayList<>();
    private int left;

    /** @param trials that the search may finish and go on after */
    public InterruptedSearch(int trials) {
        this.left = trials;
    }

    @Override
    public SearchListener search() {
        return new SearchListener() {
            @Override
            public void trial(SearchReport.Trial trial, double share) {
                if (left-- == 0) {
                    throw InterruptedSearch.this;
                }
            }

            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
    }
}
