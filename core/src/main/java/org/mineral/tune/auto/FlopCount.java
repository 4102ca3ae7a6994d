package org.mineral.tune.auto;

import java.util.Map;
import org.mineral.algorithm.ModelSpec;
import org.mineral.candidate.CandidateSpec;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;

/**
 * Arithmetic in Gflop, counted from shapes. Nothing of it is measured, so that a search that ends when its work is spent ends at the
 * same trial on any machine and with any number of threads.
 *
 * @param epochs of the schedule; 0 for algorithms without epochs, of which nothing is counted
 * @param dimension of the vectors
 * @param candidates that each user's row is compared with, as the setting is written
 */
record FlopCount(int epochs, int dimension, String candidates) {

    /** What an epoch takes beside its products, as arithmetic of the same duration. */
    private static final double EPOCH = 1;

    /** Passes of the spectral start over its tables, in products of a row with the square of their width. */
    private static final double START_PASSES = 20;

    private static final int OVERSAMPLING = 16;

    static FlopCount of(ModelSpec spec) {
        Map<String, String> settings = spec.configured().describe();
        return new FlopCount(
                Integer.parseInt(settings.getOrDefault("epochs", "0")),
                Integer.parseInt(settings.getOrDefault("dimension", "0")),
                settings.getOrDefault("candidates", "all"));
    }

    /** Of a training that runs all of its epochs. */
    double training(Dataset data) {
        return epochs == 0 ? 0 : epochs * epoch(data.train(), data.valid()) + start(data.train());
    }

    /** {@code 6 |U| |C| d} with candidates C, and {@code 2 |V| |I| d} for the ranking of the users V who are judged. */
    double epoch(Interactions train, Interactions valid) {
        double width = Matrix.pad(dimension);
        double users = train.users() - train.emptyRows();
        double judged = valid.users() - valid.emptyRows();
        return EPOCH + (6 * users * drawn(train.items()) + 2 * judged * train.items()) * width / 1e9;
    }

    /** Candidates whose number depends on the block count as all items. */
    private double drawn(int items) {
        CandidateSpec spec = CandidateSpec.parse(candidates);
        boolean fixed = spec.kind() == CandidateSpec.Kind.UNIFORM || spec.kind() == CandidateSpec.Kind.POPULARITY;
        return fixed ? Math.min(spec.draws(), items) : items;
    }

    /** Of the spectral start, {@code 20 (|U| + |I|) (d + 16)^2}. */
    double start(Interactions train) {
        double width = dimension + OVERSAMPLING;
        return START_PASSES * ((double) train.users() + train.items()) * width * width / 1e9;
    }
}
