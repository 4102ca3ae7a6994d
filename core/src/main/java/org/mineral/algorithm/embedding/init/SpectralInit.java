package org.mineral.algorithm.embedding.init;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.mineral.algorithm.embedding.encoder.Adjacency;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.SmallEigen;
import org.mineral.linalg.TallMatrix;
import org.mineral.linalg.Workers;
import org.mineral.random.Random64;
import org.mineral.random.Streams;

/**
 * First embeddings from the leading singular vectors of {@code A = D_u^-1/2 X D_i^-1/2}, the interactions with users'
 * and items' frequencies divided out, found by a randomised SVD (Halko, Martinsson, Tropp 2011).
 *
 * <ol>
 *   <li>Q: items x (d + 16), uniformly random, orthonormalised
 *   <li>six times: Q = orthonormal(A^T (A Q)); singular values are at most 1, so nothing grows in between
 *   <li>Y = A Q; the eigenvectors V of Y^T Y give sigma, left vectors Y V / sigma and right vectors Q V
 *   <li>users = left sqrt(sigma), items = right sqrt(sigma), both scaled to mean row norm 0.8
 * </ol>
 */
public final class SpectralInit {

    /** Oversampling: extra columns, so that the last ones converge too. */
    public static final int OVERSAMPLING = 16;

    public static final int POWER_ITERATIONS = 6;
    public static final double MEAN_NORM = 0.8;

    private SpectralInit() {}

    /** Peak bytes of the arrays, with the result, without the interactions. */
    public static long bytes(Interactions train, int dimension) {
        // The transpose and both scales.
        long sparse = Integer.BYTES * (train.size() + 2L * train.items() + train.users());
        return sparse + bytes(train.users(), train.items(), dimension);
    }

    /** Peak bytes of the arrays for a matrix of this shape, with the result, without the matrix. */
    public static long bytes(int rows, int columns, int dimension) {
        int width = Math.min(dimension + OVERSAMPLING, Math.min(rows, columns));
        long wide = (long) Float.BYTES * Matrix.pad(width);
        long row = (long) Float.BYTES * Matrix.pad(dimension);
        // Y and Q, which are there all the time; Q before, between and after; partial sums; at the end each side twice.
        long both = wide * (rows + (long) columns);
        long iterating = wide * columns + Math.max(wide * columns, TallMatrix.gramBytes(columns, width));
        long ending = Math.max(TallMatrix.gramBytes(rows, width), row * (rows + Math.max(rows, 2L * columns)));
        return both + Math.max(iterating, ending);
    }

    /** Users' and items' embeddings, in this order. */
    static Matrix[] embeddings(Interactions train, int dimension, long seed, Workers workers, Kernels kernels) {
        return embeddings(new UsersByItems(train, workers, kernels), dimension, seed, workers);
    }

    /**
     * Embeddings of the rows and of the columns of any matrix A, in this order.
     *
     * @param a with singular values of at most about 1
     */
    public static Matrix[] embeddings(LinearMap a, int dimension, long seed, Workers workers) {
        Matrix q = sketch(a.rows(), a.columns(), dimension, seed, workers);
        for (int i = 0; i < POWER_ITERATIONS; i++) {
            q = TallMatrix.orthonormal(a.transposedTimes(a.times(q)), workers);
        }
        Matrix y = a.times(q);
        Coordinates found = Coordinates.of(TallMatrix.gram(y, workers), dimension);
        return new Matrix[] {
            finish(TallMatrix.times(y, found.left, workers), dimension, seed + 1),
            finish(TallMatrix.times(q, found.right, workers), dimension, seed + 2)
        };
    }

    /**
     * The users' part of A.
     *
     * @param train some users' interactions
     * @param itemCounts by item: the number of its users, those of other parts included
     */
    public static LinearMap part(Interactions train, int[] itemCounts, Workers workers, Kernels kernels) {
        return new UsersByItems(train, new Adjacency(train, itemCounts, workers, kernels));
    }

    /** The first Q for a matrix of this shape. */
    public static Matrix sketch(long rows, int columns, int dimension, long seed, Workers workers) {
        int width = (int) Math.min(dimension + OVERSAMPLING, Math.min(rows, columns));
        return TallMatrix.orthonormal(sketch(columns, width, seed), workers);
    }

    /**
     * Where the embeddings lie in Y and in Q, one row for each of their columns.
     *
     * @param left of the rows, V sigma^-1/2
     * @param right of the columns, V sigma^1/2
     */
    public record Coordinates(double[][] left, double[][] right) implements Serializable {

        /** @param gram Y^T Y */
        public static Coordinates of(double[][] gram, int dimension) {
            SmallEigen eigen = SmallEigen.of(gram);
            int kept = Math.min(dimension, gram.length);
            double[][] left = new double[kept][];
            double[][] right = new double[kept][];
            for (int k = 0; k < kept; k++) {
                double sigma = Math.sqrt(Math.max(eigen.values()[k], 1e-20));
                left[k] = scaled(eigen.vectors()[k], 1 / Math.sqrt(sigma));
                right[k] = scaled(eigen.vectors()[k], Math.sqrt(sigma));
            }
            return new Coordinates(left, right);
        }
    }

    /**
     * Norms of rows, added up.
     *
     * @param total their sum
     * @param known number of rows that are not 0
     */
    public record Norms(double total, long known) implements Serializable {

        public static Norms of(Matrix vectors) {
            double total = 0;
            int known = 0;
            for (int r = 0; r < vectors.rows(); r++) {
                double norm = norm(vectors, r);
                total += norm;
                known += norm > 0 ? 1 : 0;
            }
            return new Norms(total, known);
        }

        /** Of both groups of rows. */
        public Norms plus(Norms other) {
            return new Norms(total + other.total, known + other.known);
        }

        private double scale() {
            return total > 0 ? MEAN_NORM * known / total : 0;
        }

        private static double norm(Matrix vectors, int row) {
            double square = 0;
            for (int k = 0; k < vectors.columns(); k++) {
                square += vectors.get(row, k) * vectors.get(row, k);
            }
            return Math.sqrt(square);
        }
    }

    /** A of interactions. */
    private record UsersByItems(Interactions train, Adjacency graph) implements LinearMap {

        UsersByItems(Interactions train, Workers workers, Kernels kernels) {
            this(train, new Adjacency(train, workers, kernels));
        }

        @Override
        public int rows() {
            return train.users();
        }

        @Override
        public int columns() {
            return train.items();
        }

        @Override
        public Matrix times(Matrix q) {
            Matrix result = new Matrix(rows(), q.columns());
            graph.toUsers(q, 1, null, 0, result);
            return result;
        }

        @Override
        public Matrix transposedTimes(Matrix y) {
            Matrix result = new Matrix(columns(), y.columns());
            graph.toItems(y, 1, null, 0, result);
            return result;
        }
    }

    /** Independent uniform entries: as good as normal ones for finding a subspace, and twenty times as fast. */
    private static Matrix sketch(int rows, int columns, long seed) {
        Matrix matrix = new Matrix(rows, columns);
        SplittableRandom random = Streams.ofStart(seed);
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < columns; k++) {
                matrix.set(r, k, (float) (random.nextDouble() - 0.5));
            }
        }
        return matrix;
    }

    /** Independent normal entries with this standard deviation. */
    public static Matrix random(int rows, int columns, double deviation, long seed) {
        Matrix matrix = new Matrix(rows, columns);
        SplittableRandom random = Streams.ofStart(seed);
        for (int r = 0; r < rows; r++) {
            fill(matrix, r, deviation, random);
        }
        return matrix;
    }

    /** Reduces to {@code dimension} columns and scales to the mean row norm; rows without interactions get a random direction. */
    public static Matrix finish(Matrix vectors, int dimension, long seed) {
        return finish(vectors, Norms.of(vectors), dimension, seed);
    }

    /**
     * As above for some of the rows.
     *
     * @param norms of all rows
     */
    public static Matrix finish(Matrix vectors, Norms norms, int dimension, long seed) {
        Matrix result = new Matrix(vectors.rows(), dimension);
        double scale = norms.scale();
        SplittableRandom random = Streams.ofStart(seed);
        for (int r = 0; r < vectors.rows(); r++) {
            if (Norms.norm(vectors, r) == 0) {
                fill(result, r, MEAN_NORM / Math.sqrt(dimension), random);
                continue;
            }
            for (int k = 0; k < vectors.columns(); k++) {
                result.set(r, k, (float) (vectors.get(r, k) * scale));
            }
        }
        return result;
    }

    private static void fill(Matrix matrix, int row, double deviation, SplittableRandom random) {
        for (int k = 0; k < matrix.columns(); k++) {
            matrix.set(row, k, (float) (deviation * Random64.gaussian(random)));
        }
    }

    private static double[] scaled(double[] vector, double by) {
        double[] result = vector.clone();
        for (int k = 0; k < result.length; k++) {
            result[k] *= by;
        }
        return result;
    }
}
