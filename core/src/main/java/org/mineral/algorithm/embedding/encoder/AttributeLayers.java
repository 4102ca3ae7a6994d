package org.mineral.algorithm.embedding.encoder;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mineral.algorithm.embedding.options.EncoderOptions;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.Internal;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.attributes.AttributeVectors;

/**
 * Users' and items' vectors with those of their attributes (Kula 2015, arXiv 1507.08439, who adds them up):
 *
 * <pre>{@code e_i = n_i / (n_i + k) q_i + c sum over a of x_ia g_a w_a / |x_i g|,   g_a = ln(1 + N / N_a)}</pre>
 *
 * n_i the interactions of i, k the setting {@code own_shrinkage}, c the setting {@code attribute_weight}, N rows with attributes, N_a of them
 * with attribute a. What nobody took yet has the vector of its attributes alone; the own vector of what few took is near to nothing, so that their
 * attributes speak for them. A bias is the row's own.
 */
@Internal
public final class AttributeLayers implements ParameterLayers {

    private final Attributes users;
    private final Attributes items;
    private final TrainOptions options;
    private final List<Matrix> tables = new ArrayList<>();

    private AttributeLayers(Attributes users, Attributes items, TrainOptions options) {
        this.users = users;
        this.items = items;
        this.options = options;
    }

    /** Whether a run with these options uses the attributes of these data. */
    public static boolean used(Dataset data, TrainOptions options) {
        return options.encoder().attributeWeight() > 0 && data.hasAttributes();
    }

    /** Whether a run that has vectors of items alone uses these. */
    public static boolean used(Attributes items, TrainOptions options) {
        return options.encoder().attributeWeight() > 0 && !items.isEmpty();
    }

    /** What a checkpoint has to agree on with a run of these data and options besides its settings. */
    public static Map<String, String> identity(Dataset data, TrainOptions options) {
        return used(data, options) && options.encoder().itemBias() ? Map.of("biases of attributes", "none") : Map.of();
    }

    /** The layers of a run: none if it uses no attributes. */
    public static ParameterLayers of(Dataset data, TrainOptions options) {
        return used(data, options) ? new AttributeLayers(data.userAttributes(), data.itemAttributes(), options) : NONE;
    }

    /** The layers of a run that has vectors of items alone. */
    public static ParameterLayers ofItems(Dataset data, TrainOptions options) {
        return of(data.withAttributes(Attributes.none(data.users().size()), data.itemAttributes()), options);
    }

    /** The same where there is no data set. */
    public static AttributeLayers ofItems(Attributes items, TrainOptions options) {
        return new AttributeLayers(Attributes.none(0), items, options);
    }

    @Override
    public Encoder users(Encoder parameters, Interactions train, LayerContext context) {
        return users.isEmpty() ? parameters : sum(parameters, users, train.userCounts(), context);
    }

    /** Those of the users' attributes, then those of the items'; of a side without attributes none. */
    @Override
    public List<Matrix> tables() {
        return tables;
    }

    @Override
    public Encoder items(Encoder parameters, Interactions train, LayerContext context) {
        return items(parameters, train.itemCounts(), context);
    }

    /**
     * As above.
     *
     * @param counts by item: n, the number of its interactions
     */
    public Encoder items(Encoder parameters, int[] counts, LayerContext context) {
        return items.isEmpty() ? parameters : sum(parameters, items, counts, context);
    }

    private Encoder sum(Encoder own, Attributes attributes, int[] counts, LayerContext context) {
        EncoderOptions encoder = context.options().encoder();
        float[] scales = new float[counts.length];
        for (int i = 0; i < scales.length; i++) {
            // Without attributes there is nothing to shrink towards.
            double shrinkage = attributes.has(i) ? encoder.ownShrinkage() : 0;
            scales[i] = shrinkage == 0 ? 1 : (float) (counts[i] / (counts[i] + shrinkage));
        }
        Matrix table = new Matrix(attributes.columns(), own.vectors().columns());
        tables.add(table);
        return new AttributeSum(
                own,
                weighted(attributes.x(), encoder.attributeWeight()),
                scales,
                encoder.itemBias(),
                new ParameterTable(table, context.options(), context.kernels()),
                context.workers(),
                context.kernels());
    }

    /**
     * What a model keeps of the attributes that a run used.
     *
     * @param w the {@link #tables}, of the users' attributes first
     * @param users what each user's vector was divided by
     * @param items the same of the items
     */
    public static AttributeTables kept(
            Dataset data, TrainOptions options, List<Matrix> w, float[] users, float[] items) {
        Iterator<Matrix> next = w.iterator();
        return new AttributeTables(
                kept(data.userAttributes(), options, next, users), kept(data.itemAttributes(), options, next, items));
    }

    /** The same of a run that has vectors of items alone. */
    public static AttributeTables keptOfItems(Attributes items, TrainOptions options, Matrix w, float[] norms) {
        return new AttributeTables(
                Optional.empty(), kept(items, options, List.of(w).iterator(), norms));
    }

    private static Optional<AttributeVectors> kept(
            Attributes attributes, TrainOptions options, Iterator<Matrix> next, float[] norms) {
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        Matrix vectors = next.next().copy();
        float[] values = vectors.values();
        for (int k = 0; k < values.length; k++) {
            values[k] *= (float) options.encoder().attributeWeight();
        }
        return Optional.of(new AttributeVectors(attributes, AttributeVectors.weights(attributes.x()), vectors, norms));
    }

    /** Rows of length c, their elements weighted by g. */
    static SparseMatrix weighted(SparseMatrix x, double c) {
        Interactions entries = x.entries();
        int[] counts = entries.itemCounts();
        double rows = x.rows() - entries.emptyRows();
        float[] values = new float[x.values().length];
        for (int i = 0; i < x.rows(); i++) {
            double square = 0;
            for (int k = entries.begin(i); k < entries.end(i); k++) {
                values[k] = (float) (x.values()[k] * Math.log1p(rows / counts[entries.columns()[k]]));
                square += (double) values[k] * values[k];
            }
            double scale = square == 0 ? 0 : c / Math.sqrt(square);
            for (int k = entries.begin(i); k < entries.end(i); k++) {
                values[k] *= (float) scale;
            }
        }
        return new SparseMatrix(entries, values);
    }

    @Override
    public long bytes(Interactions train, int dimension) {
        return bytes(dimension);
    }

    /** As above; it depends on the attributes alone. */
    public long bytes(int dimension) {
        return bytes(users, dimension) + bytes(items, dimension);
    }

    /** Vectors and gradients, W with its optimiser and the sums of its derivatives, and X weighted. */
    private long bytes(Attributes attributes, int dimension) {
        return attributes.isEmpty()
                ? 0
                : 2L * Float.BYTES * attributes.rows() * Matrix.pad(dimension)
                        + ParameterTable.bytes(
                                attributes.columns(),
                                dimension,
                                options.optimization().optimizer())
                        + (long) Float.BYTES * attributes.columns() * Matrix.pad(dimension)
                        + attributes.x().bytes()
                        + attributes.columns()
                        + (long) (Float.BYTES + 1) * attributes.rows();
    }
}
