package org.mineral.algorithm;

import java.util.List;
import java.util.Optional;
import org.mineral.model.CapabilityProvider;
import org.mineral.model.Model;

/**
 * What models can do through the algorithms that made them, and which algorithms' models can do what. A model whose algorithm is not
 * here, as its jar is missing, has what the algorithm called after its kind gives.
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
