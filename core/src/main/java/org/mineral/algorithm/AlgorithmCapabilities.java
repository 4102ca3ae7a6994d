package org.mineral.algorithm;

import java.util.List;
import java.util.Optional;
import org.mineral.model.CapabilityProvider;
import org.mineral.model.Model;

/**
 * Provides the capabilities of models that come from their algorithms. If a model's algorithm is missing, because its jar is, the algorithm
 * with the name of the model's kind is used.
 */
public final class AlgorithmCapabilities implements CapabilityProvider {

    @Override
    public <C> Optional<C> of(Model model, Class<C> type) {
        return Algorithms.find(Algorithms.name(model.info()))
                .or(() -> Algorithms.find(model.name()))
                .flatMap(algorithm -> algorithm.capability(model, type));
    }

    @Override
    public List<String> kinds(Class<?> type) {
        return Algorithms.all().stream()
                .filter(algorithm -> algorithm.offers(type))
                .map(Algorithm::name)
                .toList();
    }
}
