package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.SmallEigen;
import org.mineral.model.VectorModel;

/**
 * The most popular items projected to the first two principal components of their vectors. Coordinates are scaled to [-1, 1].
 */
public record ItemMap(List<Point> points) {

    private static final int MOST = 2000;

    public record Point(int item, double x, double y) {}

    /** Empty for a model without vectors. */
    static ItemMap of(@Nullable VectorModel model, int[] byPopularity) {
        if (model == null) {
            return new ItemMap(List.of());
        }
        int[] items = Arrays.stream(byPopularity)
                .filter(model.population()::hasItem)
                .limit(MOST)
                .toArray();
        int n = items.length;
        int d = model.dimension();
        double[][] rows = centred(model.itemVectors(), items, n, d);
        double[][] covariance = new double[d][d];
        for (double[] row : rows) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    covariance[a][b] += row[a] * row[b] / n;
                }
            }
        }
        double[][] directions = SmallEigen.of(covariance).vectors();
        double[] x = coordinates(rows, directions[0]);
        double[] y = coordinates(rows, directions[Math.min(1, d - 1)]);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            points.add(new Point(items[i], x[i], y[i]));
        }
        return new ItemMap(points);
    }

    private static double[][] centred(Matrix factors, int[] items, int n, int d) {
        double[][] rows = new double[n][d];
        double[] mean = new double[d];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < d; k++) {
                rows[i][k] = factors.get(items[i], k);
                mean[k] += rows[i][k] / n;
            }
        }
        for (double[] row : rows) {
            for (int k = 0; k < d; k++) {
                row[k] -= mean[k];
            }
        }
        return rows;
    }

    private static double[] coordinates(double[][] rows, double[] direction) {
        double[] at = new double[rows.length];
        double largest = Double.MIN_NORMAL;
        for (int i = 0; i < at.length; i++) {
            at[i] = dot(rows[i], direction);
            largest = Math.max(largest, Math.abs(at[i]));
        }
        for (int i = 0; i < at.length; i++) {
            at[i] /= largest;
        }
        return at;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
