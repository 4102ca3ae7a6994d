package org.mineral.model.similarity;

import java.util.Arrays;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;

/**
 * Similarity of the rows of a sparse matrix: of users by their items, or of items by their users, attributes, or both.
 *
 * <p>Row i has the vector {@code x_ik = c_i g_k} at its columns k, with {@code <x_i, x_j> = c_i c_j sum_k g_k^2} over the common columns.
 *
 * <table>
 * <caption>Weights</caption>
 * <tr><td>{@code none}</td><td>{@code g = 1, c = 1}</td></tr>
 * <tr><td>{@code tf-idf}</td><td>{@code g_k = ln(1 + N / n_k), c = 1}; N rows, n_k of them with column k</td></tr>
 * <tr><td>{@code bm25}</td><td>{@code g_k = ln(1 + (N - n_k + 1/2) / (n_k + 1/2)), c_i = 2.2 / (1 + 1.2 (1/4 + 3/4 n_i / mean n))}
 *     (Robertson and Zaragoza 2009)</td></tr>
 * </table>
 *
 * <table>
 * <caption>Similarity of i, which asks, and its neighbour j; a = asymmetry, h = shrinkage times the mean of {@code g_k^2} over all entries</caption>
 * <tr><td>{@code cosine}</td><td>{@code <x_i, x_j> / (|x_i|^2(1-a) |x_j|^2a + h)}; a = 1/2 is the cosine, otherwise the asymmetric cosine of
 *     Aiolli 2013</td></tr>
 * <tr><td>{@code jaccard}</td><td>{@code <x_i, x_j> / (|x_i|^2 + |x_j|^2 - <x_i, x_j> + h)}; without weights the share of common
 *     columns</td></tr>
 * </table>
 */
public final class RowSimilarity {

    /** The formula. */
    public enum Measure {
        COSINE,
        JACCARD
    }

    /** The weights of columns. */
    public enum Weighting {
        NONE,
        TF_IDF,
        BM25
    }

    private static final double BM25_SATURATION = 1.2;
    private static final double BM25_LENGTH = 0.75;

    /** Settings of a similarity and of the neighbourhood. */
    public record Settings(
            @Setting(value = "cosine", doc = "formula of the similarity")
            Measure similarity,

            @Setting(value = "tf-idf", doc = "weights that make what many have in common count less")
            Weighting weighting,

            @Setting(
                    value = "0.6",
                    min = 0,
                    max = 1,
                    tune = "0.2:0.8",
                    doc = "of the cosine's two norms, the power of the neighbour's; 0.5: symmetric")
            double asymmetry,

            @Setting(
                    value = "10",
                    min = 0,
                    max = 1e6,
                    tune = "1:300:log",
                    doc =
                            "common entries of mean weight, added to the denominator so that few in common make no high similarity")
            double shrinkage,

            @Setting(
                    value = "200",
                    min = 0,
                    max = 1e6,
                    tune = "30:1000:log:whole",
                    doc = "number of nearest neighbours; 0: all with something in common")
            int neighbours) {

        public Settings {
            Config.check(Settings.class, similarity, weighting, asymmetry, shrinkage, neighbours);
        }
    }

    private final Settings settings;
    private final double[] columnWeights;
    private final double[] lengthFactors;
    private final double[] squares;
    private final double[] neighbourNorms;
    private final double meanLength;
    private final double shrinkage;

    /** Of the rows of a matrix. */
    public RowSimilarity(Interactions rows, Settings settings) {
        this(SparseMatrix.ofOnes(rows), settings);
    }

    /** Of the rows of a matrix with values v: {@code x_ik = c_i g_k v_ik}, and {@code n_i} is the sum of a row's absolute values. */
    public RowSimilarity(SparseMatrix matrix, Settings settings) {
        Interactions rows = matrix.entries();
        this.settings = settings;
        int n = rows.users();
        double lengths = 0;
        for (float value : matrix.values()) {
            lengths += Math.abs(value);
        }
        this.meanLength = Math.max(1, lengths) / Math.max(1, n - rows.emptyRows());
        this.columnWeights = columnWeights(rows, settings.weighting());
        this.lengthFactors = new double[n];
        this.squares = new double[n];
        this.neighbourNorms = new double[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            double length = 0;
            double sum = 0;
            for (int k = rows.begin(i); k < rows.end(i); k++) {
                double value = matrix.values()[k];
                length += Math.abs(value);
                sum += columnWeights[rows.columns()[k]] * value * value;
            }
            lengthFactors[i] = lengthFactor(length);
            squares[i] = lengthFactors[i] * lengthFactors[i] * sum;
            neighbourNorms[i] = Math.pow(squares[i], settings.asymmetry());
            total += sum;
        }
        this.shrinkage = settings.shrinkage() * total / Math.max(1, rows.size());
    }

    private static double[] columnWeights(Interactions rows, Weighting weighting) {
        double[] weights = new double[rows.items()];
        int[] counts = rows.itemCounts();
        double n = rows.users() - rows.emptyRows();
        Arrays.setAll(weights, k -> {
            double idf = switch (weighting) {
                case NONE -> 1;
                case TF_IDF -> Math.log1p(n / counts[k]);
                case BM25 -> Math.log1p((n - counts[k] + 0.5) / (counts[k] + 0.5));
            };
            return counts[k] == 0 ? 0 : idf * idf;
        });
        return weights;
    }

    private double lengthFactor(double length) {
        return settings.weighting() == Weighting.BM25
                ? (BM25_SATURATION + 1) / (1 + BM25_SATURATION * (1 - BM25_LENGTH + BM25_LENGTH * length / meanLength))
                : 1;
    }

    /** {@code g_k^2} by column, whose sum over common columns {@link #of} takes; not to be written to. */
    public double[] columnWeights() {
        return columnWeights;
    }

    /**
     * The similarity of row i, which asks, to row j.
     *
     * @param common the sum of {@link #columnWeights}, times both values, over their common columns
     */
    public double of(int i, int j, double common) {
        return of(lengthFactors[i], squares[i], norm(squares[i]), j, common);
    }

    /** A vector that is none of the rows. */
    public final class Profile {

        private final double factor;
        private final double square;
        private final double norm;

        /**
         * @param length sum of the weights of its entries
         * @param sum of {@code g_k^2 w_k^2} over its columns with their weights w
         */
        public Profile(double length, double sum) {
            this.factor = lengthFactor(length);
            this.square = factor * factor * sum;
            this.norm = norm(square);
        }

        /**
         * The similarity to a row.
         *
         * @param common the sum of {@code g_k^2 w_k} over the common columns
         */
        public double to(int j, double common) {
            return of(factor, square, norm, j, common);
        }
    }

    /** Of the one that asks: {@code |x|^2(1-a)}. */
    private double norm(double square) {
        return Math.pow(square, 1 - settings.asymmetry());
    }

    private double of(double factor, double square, double norm, int j, double common) {
        double product = factor * lengthFactors[j] * common;
        double denominator =
                settings.similarity() == Measure.JACCARD ? square + squares[j] - product : norm * neighbourNorms[j];
        return product / (denominator + shrinkage);
    }
}
