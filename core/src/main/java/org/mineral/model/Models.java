package org.mineral.model;

import java.nio.file.Path;
import java.util.Locale;
import org.mineral.config.InputException;

/** Loads a model of any kind. */
public final class Models {

    private Models() {}

    /**
     * The model in a directory, of the kind that its {@code model.json} names.
     *
     * @throws InputException if the directory holds no model in good order
     */
    public static Model load(Path directory) {
        return ModelFiles.load(directory);
    }

    /**
     * What a model is and where it comes from, without its numbers.
     *
     * @throws InputException if the directory holds no model in good order
     */
    public static ModelInfo info(Path directory) {
        return ModelFiles.info(directory);
    }

    static <M extends Model> M load(Path directory, Class<M> type) {
        Model model = load(directory);
        if (!type.isInstance(model)) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s holds a model of the kind '%s', which is no %s; load it with Models.load.",
                    directory,
                    model.name(),
                    type.getSimpleName()));
        }
        return type.cast(model);
    }
}
