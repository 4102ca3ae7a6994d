package org.mineral.algorithm.embedding.training;

import java.util.List;
import java.util.stream.Stream;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;

/**
 * Averages of the vectors along a run (Polyak and Juditsky 1992; the exponential form is that of Mean Teacher, Tarvainen
 * and Valpola 2017): {@value #AN_EPOCH} times an epoch {@code mean += w (e - mean)} with {@code w = max(1/k, 1 - e^{-1/(4h)})},
 * k the number of vectors taken so far and h the setting {@code averaging}, in epochs. Averaging removes the noise of single steps, so that a
 * constant or slowly falling learning rate can end as well as one that falls to 0.
 *
 * <p>The scored vectors are averaged: for cosines the unit vectors, normalised again at the end, so that the norms of parameters do not matter.
 */
final class WeightAveraging implements WeightSelector {

    static final int AN_EPOCH = 4;
    private static final int CHUNK = 512;

    private final Encoder users;
    private final Encoder items;
    private final double least;
    private final Workers workers;
    private final Matrix userMeans;
    private final Matrix itemMeans;
    private final List<Matrix> tables;
    private final List<Matrix> tableMeans;
    private int taken;

    /**
     * @param tables further ones that a model keeps, averaged as they are
     * @param epochs h, above 0
     */
    WeightAveraging(Encoder users, Encoder items, List<Matrix> tables, double epochs, Workers workers) {
        this.users = users;
        this.items = items;
        this.least = 1 - Math.exp(-1 / (AN_EPOCH * epochs));
        this.workers = workers;
        this.itemMeans = items.snapshot();
        this.userMeans = users.snapshot();
        this.tables = tables;
        this.tableMeans = tables.stream().map(Matrix::copy).toList();
    }

    @Override
    public void after(int step, int steps) {
        if ((long) (step + 1) * AN_EPOCH / steps > (long) step * AN_EPOCH / steps) {
            taken++;
            float weight = (float) Math.max(1.0 / taken, least);
            take(users, userMeans, weight);
            take(items, itemMeans, weight);
            for (int t = 0; t < tables.size(); t++) {
                move(
                        tableMeans.get(t).values(),
                        tables.get(t).values(),
                        0,
                        tables.get(t).values().length,
                        weight);
            }
        }
    }

    /** The averages, as vectors. */
    @Override
    public Matrix[] weights() {
        return Stream.concat(
                        Stream.of(projected(users, userMeans), projected(items, itemMeans)),
                        tableMeans.stream().map(Matrix::copy))
                .toArray(Matrix[]::new);
    }

    @Override
    public void state(State state) {
        state.floats("users", userMeans.values());
        state.floats("items", itemMeans.values());
        for (int t = 0; t < tableMeans.size(); t++) {
            state.floats("table_" + t, tableMeans.get(t).values());
        }
        taken = (int) state.number("taken", taken);
    }

    private void take(Encoder from, Matrix means, float weight) {
        int n = means.stride();
        workers.run((means.rows() + CHUNK - 1) / CHUNK, (chunk, worker) -> {
            int first = chunk * CHUNK;
            int end = Math.min(means.rows(), first + CHUNK);
            from.forward(RowSet.of(first, end - first), StepContext.NONE);
            move(means.values(), from.vectors().values(), first * n, end * n, weight);
        });
    }

    private static void move(float[] mean, float[] now, int from, int to, float weight) {
        for (int k = from; k < to; k++) {
            mean[k] += weight * (now[k] - mean[k]);
        }
    }

    private static Matrix projected(Encoder side, Matrix means) {
        Matrix result = means.copy();
        side.project(result);
        return result;
    }
}
