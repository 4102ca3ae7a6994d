package org.mineral.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.mineral.config.InputException;

/**
 * Finds the capabilities of a model beyond ranking for its own users: interfaces that it implements, or that the algorithm that made it
 * provides.
 */
public final class Capabilities {

    private static final class Known {

        static final List<CapabilityProvider> PROVIDERS =
                ServiceLoader.load(CapabilityProvider.class, CapabilityProvider.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();

        private Known() {}
    }

    private Capabilities() {}

    /** The model as something of this type; see {@link Model#as}. */
    static <C> Optional<C> of(Model model, Class<C> type) {
        if (type.isInstance(model)) {
            return Optional.of(type.cast(model));
        }
        return Known.PROVIDERS.stream()
                .flatMap(provider -> provider.of(model, type).stream())
                .findFirst();
    }

    /**
     * The model as something of this type.
     *
     * @param type an interface with a {@link Capability}
     * @throws InputException if it cannot be that; the message names kinds of models that can
     */
    public static <C> C require(Model model, Class<C> type) {
        return of(model, type).orElseThrow(() -> new InputException(lack(model, type)));
    }

    /** The error for a model that lacks a capability: what it lacks, and which kinds of models have it. */
    public static String lack(Model model, Class<?> type) {
        Capability capability = type.getAnnotation(Capability.class);
        return String.format(
                Locale.ROOT,
                "a model of the kind '%s' has no %s; kinds that do: %s.",
                model.name(),
                capability == null ? type.getSimpleName() : capability.value(),
                String.join(", ", kinds(type)));
    }

    private static TreeSet<String> kinds(Class<?> type) {
        TreeSet<String> kinds = new TreeSet<>(ModelStore.get().kinds(type));
        Known.PROVIDERS.forEach(provider -> kinds.addAll(provider.kinds(type)));
        return kinds;
    }
}
