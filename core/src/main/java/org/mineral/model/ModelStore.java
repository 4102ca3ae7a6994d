package org.mineral.model;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** Saves and loads models for {@link Model#save} and {@link Models}. Found by {@link ServiceLoader}. Stateless. */
public interface ModelStore {

    /** See {@link Model#save}. */
    void save(Model model, Path directory);

    /** See {@link Models#load(Path)}. */
    Model load(Path directory);

    /** See {@link Models#info}. */
    ModelInfo info(Path directory);

    /** The kinds of models of this type that it can store, for messages. */
    List<String> kinds(Class<?> type);

    /** The store on the class path. */
    static ModelStore get() {
        return Known.STORE;
    }

    /** Loaded once, at the first use. */
    final class Known {

        private static final ModelStore STORE = ServiceLoader.load(ModelStore.class, ModelStore.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no " + ModelStore.class.getName() + " on the class path"));

        private Known() {}
    }
}
