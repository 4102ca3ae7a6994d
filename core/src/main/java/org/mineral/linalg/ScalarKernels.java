package org.mineral.linalg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Internal;

/** The kernels as plain loops: the reference, and the implementation for JVMs without the vector module. */
@Internal
public final class ScalarKernels implements Kernels {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public float dot(float[] a, int ao, float[] b, int bo, int n) {
        float sum = 0;
        for (int k = 0; k < n; k++) {
            sum += a[ao + k] * b[bo + k];
        }
        return sum;
    }

    @Override
    public void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
        for (int k = 0; k < n; k++) {
            y[yo + k] += alpha * x[xo + k];
        }
    }

    @Override
    public void addRows(float alpha, float[] w, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo) {
        for (int p = from; p < to; p++) {
            axpy(alpha * w[rows[p]], x, rows[p] * dp, y, yo, dp);
        }
    }

    @Override
    public void addWeightedRows(float[] v, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo) {
        for (int p = from; p < to; p++) {
            axpy(v[p], x, rows[p] * dp, y, yo, dp);
        }
    }

    @Override
    public void addToRows(float[] v, float[] x, int xo, int dp, int[] rows, int from, int to, float[] y) {
        for (int p = from; p < to; p++) {
            axpy(v[p], x, xo, y, rows[p] * dp, dp);
        }
    }

    @Override
    public void pack(float[] items, int itemsOffset, int n, int dp, float[] to, int toOffset) {
        int panels = (n + PANEL - 1) / PANEL;
        for (int p = 0; p < panels; p++) {
            int panel = toOffset + p * PANEL * dp;
            for (int lane = 0; lane < PANEL; lane++) {
                int item = p * PANEL + lane;
                int row = itemsOffset + item * dp;
                for (int k = 0; k < dp; k++) {
                    to[panel + k * PANEL + lane] = item < n ? items[row + k] : 0;
                }
            }
        }
    }

    @Override
    public void scores(
            float[] users,
            int usersOffset,
            int dp,
            float[] packed,
            int packedOffset,
            int panels,
            float[] out,
            int oo,
            int panelStride,
            int rowStride) {
        for (int r = 0; r < USER_TILE; r++) {
            for (int j = 0; j < panels * PANEL; j++) {
                int panel = packedOffset + j / PANEL * PANEL * dp + j % PANEL;
                float sum = 0;
                for (int k = 0; k < dp; k++) {
                    sum += users[usersOffset + k * USER_TILE + r] * packed[panel + k * PANEL];
                }
                out[oo + r * rowStride + at(j, panelStride)] = sum;
            }
        }
    }

    @Override
    public void scoresOfOne(
            float[] user, int userOffset, int dp, float[] packed, int packedOffset, int panels, float[] out, int oo) {
        for (int j = 0; j < panels * PANEL; j++) {
            int panel = packedOffset + j / PANEL * PANEL * dp + j % PANEL;
            float sum = 0;
            for (int k = 0; k < dp; k++) {
                sum += user[userOffset + k] * packed[panel + k * PANEL];
            }
            out[oo + j] = sum;
        }
    }

    @Override
    public void accumulateUsers(
            float[] g,
            int go,
            int n,
            int panelStride,
            float[] items,
            int itemsOffset,
            int dp,
            float[] to,
            int toOffset) {
        for (int r = 0; r < USER_TILE; r++) {
            for (int j = 0; j < n; j++) {
                float factor = g[go + r * PANEL + at(j, panelStride)];
                axpy(factor, items, itemsOffset + j * dp, to, toOffset + r * dp, dp);
            }
        }
    }

    @Override
    public void accumulateItems(
            float[] g, int go, int count, float[] users, int usersOffset, int dp, float[] to, int toOffset, int ahead) {
        for (int j = 0; j < PANEL; j++) {
            for (int u = 0; u < count; u++) {
                axpy(g[go + u * PANEL + j], users, usersOffset + u * dp, to, toOffset + j * dp, dp);
            }
        }
    }

    @Override
    public double exp(float[] s, int so, int n, int stride, float shift, float @Nullable [] w, int wo) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            int at = so + at(j, stride);
            float e = (float) Math.exp(s[at] - shift) * weight(w, wo + j);
            s[at] = e;
            sum += e;
        }
        return sum;
    }

    @Override
    public double hinge(float[] s, int so, int n, int stride, float margin, float @Nullable [] w, int wo) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            int at = so + at(j, stride);
            float weight = weight(w, wo + j);
            float above = s[at] - margin;
            s[at] = above > 0 ? weight : 0;
            sum += weight * Math.max(0, above);
        }
        return sum;
    }

    @Override
    public double square(float[] s, int so, int n, int stride, float @Nullable [] w, int wo) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            int at = so + at(j, stride);
            float weighted = weight(w, wo + j) * s[at];
            sum += weighted * s[at];
            s[at] = 2 * weighted;
        }
        return sum;
    }

    @Override
    public double softplus(float[] s, int so, int n, int stride, float shift, float @Nullable [] w, int wo) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            int at = so + at(j, stride);
            double x = s[at] - shift;
            float weight = weight(w, wo + j);
            s[at] = (float) (weight / (1 + Math.exp(-x)));
            sum += weight * (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
        }
        return sum;
    }

    @Override
    public double sigmoidPower(
            float[] s, int so, int n, int stride, float origin, float p, float @Nullable [] w, int wo) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            int at = so + at(j, stride);
            double x = s[at] - origin;
            double log = Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
            float power = (float) Math.exp(p * log) * weight(w, wo + j);
            s[at] = (float) (p * power / (1 + Math.exp(x)));
            sum += power;
        }
        return sum;
    }

    @Override
    public float sum(float[] a, int ao, int n) {
        float w = 0;
        float x = 0;
        float y = 0;
        float z = 0;
        int quarter = n / 4;
        for (int k = ao; k < ao + quarter; k++) {
            w += a[k];
            x += a[k + quarter];
            y += a[k + 2 * quarter];
            z += a[k + 3 * quarter];
        }
        for (int k = ao + 4 * quarter; k < ao + n; k++) {
            w += a[k];
        }
        return w + x + (y + z);
    }

    @Override
    public float max(float[] s, int so, int n, int stride) {
        float max = s[so];
        for (int j = 1; j < n; j++) {
            max = Math.max(max, s[so + at(j, stride)]);
        }
        return max;
    }

    @Override
    public float largest(float[] a, int n, int k) {
        float[] sorted = Arrays.copyOf(a, n);
        Arrays.sort(sorted);
        return sorted[n - k];
    }

    @Override
    public int above(float[] s, int so, int n, float threshold, int[] found) {
        int count = 0;
        for (int j = 0; j < n; j++) {
            if (s[so + j] > threshold) {
                found[count++] = j;
            }
        }
        return count;
    }

    @Override
    public int placesAbove(float[] s, int so, int n, int stride, float threshold, int[] found) {
        int count = 0;
        for (int j = 0; j < n; j++) {
            int at = so + at(j, stride);
            if (s[at] > threshold) {
                found[count++] = at;
            }
        }
        return count;
    }

    @Override
    public void adam(
            float[] p, int po, float[] g, int go, float[] mean, float[] square, int so, int n, float step, float root) {
        for (int k = 0; k < n; k++) {
            float gradient = g[go + k];
            float m = mean[so + k] + (1 - BETA1) * (gradient - mean[so + k]);
            float v = square[so + k] + (1 - BETA2) * (gradient * gradient - square[so + k]);
            mean[so + k] = m;
            square[so + k] = v;
            p[po + k] -= step * m / ((float) Math.sqrt(v) * root + EPSILON);
        }
    }

    /** Where entry j of a row in panels lies. */
    private static int at(int j, int stride) {
        return j / PANEL * stride + j % PANEL;
    }

    private static float weight(float @Nullable [] w, int j) {
        return w == null ? 1 : w[j];
    }

    @Override
    public void subtractProduct(double[] a, double[] b, double[] c) {
        double[] row = new double[TILE_COLUMNS];
        for (int r = 0; r < TILE; r++) {
            int first = r / TILE_ROWS * TILE * TILE_ROWS + r % TILE_ROWS;
            for (int column = 0; column < TILE; column += TILE_COLUMNS) {
                Arrays.fill(row, 0);
                for (int k = 0; k < TILE; k++) {
                    double factor = a[first + k * TILE_ROWS];
                    int at = column * TILE + k * TILE_COLUMNS;
                    for (int lane = 0; lane < TILE_COLUMNS; lane++) {
                        row[lane] += factor * b[at + lane];
                    }
                }
                for (int lane = 0; lane < TILE_COLUMNS; lane++) {
                    c[r * TILE + column + lane] -= row[lane];
                }
            }
        }
    }
}
