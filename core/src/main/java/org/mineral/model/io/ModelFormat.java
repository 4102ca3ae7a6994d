package org.mineral.model.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;

/**
 * Stores the parameters of one kind of model in a model directory. Ids, interactions, settings and checksums are the same for all kinds; a
 * format adds tensors to {@code factors.safetensors} and rebuilds the model from them. Found by {@link java.util.ServiceLoader}: a new kind
 * of model needs one class and one line. Stateless.
 *
 * @param <M> the model's class
 */
public interface ModelFormat<M extends Model> {

    /** The name in {@code model.json}; must not change. */
    String name();

    /** The class of models that it stores. */
    Class<M> type();

    /** Kinds of models in this format, for messages. */
    default List<String> kinds() {
        return List.of(name());
    }

    /**
     * Adds the model's tensors, those with 8 bytes for each value first. Names that begin with {@code seen.} and {@code trained.} are
     * reserved, and so are {@code attributes.users.} and {@code attributes.items.} with {@code offsets}, {@code columns} and {@code values}.
     */
    void write(M model, SafetensorsWriter to);

    /** Additional sizes in {@code model.json}, for people; readers use the tensors. */
    default Map<String, Object> shape(M model) {
        return Map.of();
    }

    /**
     * Rebuilds the model from untrusted files: everything that the model relies on is checked.
     *
     * @throws org.mineral.config.InputException if the tensors are invalid
     */
    M read(Stored stored, SafetensorsReader from) throws IOException;

    /**
     * The contents common to all model directories.
     *
     * @param file named in error messages
     * @param cleared whether users and items that nothing was learnt about have rows of zeros
     * @param trained users x items
     * @param known users x items: interactions of training and validation
     */
    record Stored(
            Path file,
            ModelInfo info,
            boolean cleared,
            IdMap users,
            IdMap items,
            Interactions trained,
            Interactions known,
            Attributes userAttributes,
            Attributes itemAttributes) {}
}
