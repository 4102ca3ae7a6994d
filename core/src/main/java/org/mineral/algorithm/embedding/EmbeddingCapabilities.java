package org.mineral.algorithm.embedding;

import java.util.List;
import java.util.Optional;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.update.Updatable;
import org.mineral.algorithm.embedding.update.Update;
import org.mineral.model.CapabilityProvider;
import org.mineral.model.Explainable;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.HistoryScorer;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;

/** What models of vectors can do through the loss that they were trained by: fold in a history, explain a score, be updated. */
public final class EmbeddingCapabilities implements CapabilityProvider {

    /** Those whose vectors a loss was minimised by. */
    private static final List<String> KINDS = List.of("mf", "lightgcn");

    private static final List<Class<?>> TYPES =
            List.of(HistoryScorer.class, HistoryEncoder.class, Explainable.class, Updatable.class);

    @Override
    public <C> Optional<C> of(Model model, Class<C> type) {
        if (!KINDS.contains(model.name()) || kinds(type).isEmpty()) {
            return Optional.empty();
        }
        return model.as(VectorModel.class).map(vectors -> type.cast(through(vectors, type)));
    }

    private static Object through(VectorModel model, Class<?> type) {
        if (type == Updatable.class) {
            return (Updatable) (news, options, threads, listener) -> Update.of(model, news, options, threads, listener);
        }
        return type == Explainable.class ? new VectorExplainer(model) : FoldIn.of(model);
    }

    @Override
    public List<String> kinds(Class<?> type) {
        return TYPES.contains(type) ? KINDS : List.of();
    }
}
