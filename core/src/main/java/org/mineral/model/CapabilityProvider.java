package org.mineral.model;

import java.util.List;
import java.util.Optional;

/**
 * Adds capabilities to models that need the algorithm that made them: the vector of a history, an update. The implementation asks the
 * algorithms, which this package does not know, so it is found by {@link java.util.ServiceLoader}.
 */
public interface CapabilityProvider {

    /** The model's implementation of an interface, if this provider has one for models of its kind. */
    <C> Optional<C> of(Model model, Class<C> type);

    /** The kinds of models that have it, by this provider or by themselves, for messages. */
    List<String> kinds(Class<?> type);
}
