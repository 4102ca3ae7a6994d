package org.mineral.model;

import java.nio.file.Path;
import org.mineral.config.Hint;
import org.mineral.config.InputException;

/** Loads a model of any kind. */
public final class Models {

    private Models() {}

    /**
     * The model in a directory, of the kind that its {@code model.json} names.
     *
     * @throws InputException if the directory holds no valid model
     */
    public static Model load(Path directory) {
        return ModelStore.get().load(directory);
    }

    /**
     * What a model is and where it comes from, without its numbers.
     *
     * @throws InputException if the directory holds no valid model
     */
    public static ModelInfo info(Path directory) {
        return ModelStore.get().info(directory);
    }

    /**
     * The model in a directory with a capability that not all models have.
     *
     * @param type an interface with a {@link Capability}
     * @param instead what to do with models that lack it, for the message
     * @throws InputException if the directory holds no valid model, or one that lacks the capability; the message names kinds of
     *     models that can
     */
    public static <C> C load(Path directory, Class<C> type, Hint... instead) {
        Model model = load(directory);
        return model.as(type)
                .orElseThrow(() -> new InputException(directory + ": " + Capabilities.lack(model, type), instead));
    }
}
