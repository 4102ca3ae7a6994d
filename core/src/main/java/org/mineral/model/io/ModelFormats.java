package org.mineral.model.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.model.Model;

/** The registered formats. */
@Internal
public final class ModelFormats {

    private static final class Known {

        static final Map<String, ModelFormat<?>> BY_NAME = load();

        private Known() {}

        private static Map<String, ModelFormat<?>> load() {
            Map<String, ModelFormat<?>> formats = new LinkedHashMap<>();
            for (ModelFormat<?> format : ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader())) {
                ModelFormat<?> other = formats.put(format.name(), format);
                if (other != null) {
                    throw new IllegalStateException("two formats of the name " + format.name() + ": "
                            + other.getClass().getName() + " and "
                            + format.getClass().getName());
                }
            }
            return formats;
        }
    }

    private ModelFormats() {}

    /** The format of this name, or null. */
    public static @Nullable ModelFormat<?> named(String name) {
        return Known.BY_NAME.get(name);
    }

    /** All names. */
    public static List<String> names() {
        return List.copyOf(Known.BY_NAME.keySet());
    }

    /** The kinds of models that are of this type. */
    public static List<String> kinds(Class<?> type) {
        List<String> kinds = new ArrayList<>();
        for (ModelFormat<?> format : Known.BY_NAME.values()) {
            if (type.isAssignableFrom(format.type())) {
                kinds.addAll(format.kinds());
            }
        }
        return kinds;
    }

    /** @throws InputException if models of this class cannot be saved */
    public static Writing of(Model model) {
        for (ModelFormat<?> format : Known.BY_NAME.values()) {
            if (format.type().isInstance(model)) {
                return writing(format, model);
            }
        }
        throw new InputException(String.format(
                Locale.ROOT,
                "a model of the kind '%s' cannot be saved; those that can: %s.",
                model.name(),
                String.join(", ", kinds(Model.class))));
    }

    private static <M extends Model> Writing writing(ModelFormat<M> format, Model model) {
        M own = format.type().cast(model);
        return new Writing(format.name(), format.shape(own), to -> format.write(own, to));
    }

    /** A model with its format, ready to be written. */
    public record Writing(String name, Map<String, Object> shape, Content content) {

        /** The model's tensors. */
        public interface Content {
            void addTo(SafetensorsWriter tensors);
        }
    }
}
