package org.mineral.model.io;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.Attributes;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.Population;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.attributes.AttributeVectors;

/**
 * Factors: {@code users}, U x d, and {@code items}, I x d. If they are sums with the vectors of attributes, also {@code attributes.items.weights},
 * {@code .vectors} and {@code .norms}, and the same of users ({@link AttributeVectors}).
 */
@Internal
public final class FactorModelFormat implements ModelFormat<FactorModel> {

    private static final String USERS = "users";
    private static final String ITEMS = "items";

    private static final String WEIGHTS = ".weights";
    private static final String VECTORS = ".vectors";
    private static final String NORMS = ".norms";

    /** A setting that every model trained by a loss has. */
    private static final String LOSS = "loss";

    @Override
    public String name() {
        return FactorModel.NAME;
    }

    @Override
    public Class<FactorModel> type() {
        return FactorModel.class;
    }

    @Override
    public List<String> kinds() {
        return List.of(FactorModel.NAME, "lightgcn");
    }

    @Override
    public void write(FactorModel model, SafetensorsWriter to) {
        add(model, to);
        add(model.attributeTables(), to);
    }

    /** The vectors of the attributes of any model that has them. */
    public static void add(AttributeTables attributes, SafetensorsWriter to) {
        attributes.users().ifPresent(side -> add(AttributeFile.USERS, side, to));
        attributes.items().ifPresent(side -> add(AttributeFile.ITEMS, side, to));
    }

    private static void add(String side, AttributeVectors own, SafetensorsWriter to) {
        String prefix = AttributeFile.prefix(side);
        to.addFloats(prefix + WEIGHTS, own.weights())
                .add(prefix + VECTORS, own.vectors())
                .addFloats(prefix + NORMS, own.norms());
    }

    /** The vectors of any model that has them. */
    public static void add(VectorModel model, SafetensorsWriter to) {
        to.add(USERS, model.userVectors()).add(ITEMS, model.itemVectors());
    }

    @Override
    public Map<String, Object> shape(FactorModel model) {
        return Map.of("dimension", model.dimension());
    }

    @Override
    public FactorModel read(Stored stored, SafetensorsReader from) throws IOException {
        return model(tables(stored, from), stored.info(), stored.cleared()).withAttributes(attributes(stored, from));
    }

    /**
     * Reads what {@link #add(AttributeTables, SafetensorsWriter)} has written.
     *
     * @throws InputException if the tensors are invalid
     */
    public static AttributeTables attributes(Stored stored, SafetensorsReader from) throws IOException {
        return new AttributeTables(
                attributes(AttributeFile.USERS, stored, stored.userAttributes(), from),
                attributes(AttributeFile.ITEMS, stored, stored.itemAttributes(), from));
    }

    private static Optional<AttributeVectors> attributes(
            String side, Stored stored, Attributes attributes, SafetensorsReader from) throws IOException {
        String prefix = AttributeFile.prefix(side);
        if (attributes.isEmpty() || !from.has(prefix + VECTORS)) {
            return Optional.empty();
        }
        float[] weights = new float[attributes.columns()];
        float[] norms = new float[attributes.rows()];
        from.floats(prefix + WEIGHTS, weights);
        from.floats(prefix + NORMS, norms);
        try {
            return Optional.of(new AttributeVectors(attributes, weights, from.matrix(prefix + VECTORS), norms));
        } catch (InputException e) {
            throw new InputException(
                    stored.file() + ": the attributes of " + side + " are damaged: " + e.getMessage()
                            + " Copy the model again.",
                    e);
        }
    }

    /** Reads the parts of the model. */
    public FactorFormat.Tables tables(Stored stored, SafetensorsReader from) throws IOException {
        return new FactorFormat.Tables(
                stored.users(),
                stored.items(),
                from.matrix(USERS),
                from.matrix(ITEMS),
                stored.trained(),
                stored.known());
    }

    /**
     * Builds a model from factors that may be damaged. In models of older versions that were trained by a loss, rows of users and items
     * without interactions hold start values; they are set to zero.
     *
     * @param cleared whether these rows are zeros already
     * @throws org.mineral.config.InputException if the factors are invalid
     */
    public static FactorModel model(FactorFormat.Tables tables, ModelInfo info, boolean cleared) {
        Matrix users = tables.userFactors();
        Matrix items = tables.itemFactors();
        Interactions trained = tables.trained();
        boolean shaped = users.rows() == trained.users() && items.rows() == trained.items();
        if (!cleared && info.config().containsKey(LOSS) && trained.size() > 0 && shaped) {
            Population population = Population.of(trained, tables.known());
            clear(users, population::hasUser);
            clear(items, population::hasItem);
        }
        return new FactorModel(users, items, tables.users(), tables.items(), trained, tables.known(), info);
    }

    private static void clear(Matrix rows, IntPredicate kept) {
        float[] zeros = new float[rows.columns()];
        for (int row = 0; row < rows.rows(); row++) {
            if (!kept.test(row)) {
                rows.setRow(row, zeros);
            }
        }
    }
}
