package org.mineral.recipe;

import java.util.Locale;
import org.mineral.algorithm.FitListener;
import org.mineral.tune.auto.SearchListener;
import org.mineral.tune.auto.SearchReport;

/** Says how far a search is, every ten seconds or so. */
final class SearchProgress implements SearchListener {

    private static final long NANOS = 10_000_000_000L;

    private final FitListener listener;
    private long last = System.nanoTime();
    private int tried;

    SearchProgress(FitListener listener) {
        this.listener = listener;
    }

    @Override
    public void trial(SearchReport.Trial trial, double share) {
        tried++;
        if (System.nanoTime() - last >= NANOS) {
            last = System.nanoTime();
            listener.note(String.format(
                    Locale.ROOT, "search: %s, at %.0f %% of its limit", SearchReport.tried(tried), 100 * share));
        }
    }

    @Override
    public void note(String message) {
        listener.note(message);
    }
}
