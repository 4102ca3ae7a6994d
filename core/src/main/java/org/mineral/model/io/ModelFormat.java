package org.mineral.model.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;

/**
 * How one kind of model keeps its numbers in a model directory. Ids, interactions, settings and checksums are the same for all kinds;
 * a format adds tensors to {@code factors.safetensors} and makes the model from them again. Found by
 * {@link java.util.ServiceLoader}, so that a new kind of model is saved and loaded by one class and one line. Stateless.
 *
 * @param <M> the model's class
 */
public interface ModelFormat<M extends Model> {

    /** In {@code model.json}; never changes. */
    String name();

    /** What it writes and reads. */
    Class<M> type();

    /** Kinds of models that are kept so, as messages name them. */
    default List<String> kinds() {
        return List.of(name());
    }

    /** Adds the model's own tensors, those of 8 bytes a value first. Names that begin with {@code seen.} and {@code trained.} are taken. */
    void write(M model, SafetensorsWriter to);

    /** Sizes for people, beside those that every model has; reading goes by the tensors. */
    default Map<String, Object> shape(M model) {
        return Map.of();
    }

    /**
     * The model, from files that may be damaged or made to do harm: everything that the model relies on is checked.
     *
     * @throws org.mineral.config.InputException if the tensors are not those of a model
     */
    M read(Stored stored, SafetensorsReader from) throws IOException;

    /**
     * What every model directory has.
     *
     * @param file named in error messages
     * @param cleared whether rows of zeros are all that it holds of users and items that nothing was learnt of
     * @param trained users x items
     * @param known users x items: these and what was held out
     */
    record Stored(
            Path file,
            ModelInfo info,
            boolean cleared,
            IdMap users,
            IdMap items,
            Interactions trained,
            Interactions known) {}
}
