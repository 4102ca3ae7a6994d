package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.linalg.KernelProvider;
import org.mineral.model.ModelInfo;
import org.mineral.model.SimilarItems;
import org.mineral.model.VectorModel;
import org.mineral.recommend.Retrieval;

/** Describes the served model: size, settings and provenance. */
public final class ModelCard {

    private static final int FACETS = 50;

    private ModelCard() {}

    public static Map<String, Object> json(ServedModel snapshot, Histories histories) {
        Retrieval retrieval = snapshot.retrieval();
        VectorModel vectors = snapshot.vectors();
        ModelInfo info = snapshot.model().info();
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String attribute : snapshot.catalogue().attributes()) {
            List<Map<String, Object>> facets = snapshot.catalogue().facets(attribute, FACETS).stream()
                    .map(f -> JsonText.object("value", f.value(), "items", f.items()))
                    .toList();
            attributes.put(attribute, facets);
        }
        return JsonText.object(
                "kind",
                snapshot.model().name(),
                "users",
                snapshot.model().users().size(),
                "items",
                snapshot.model().items().size(),
                "interactions",
                snapshot.model().trained().size(),
                "heldOut",
                snapshot.model().known().size() - snapshot.model().trained().size(),
                "dimension",
                vectors == null ? 0 : vectors.dimension(),
                "capabilities",
                capabilities(snapshot),
                "retrieval",
                retrieval == null ? "exact" : retrieval.name(),
                "recall",
                retrieval == null ? 1 : retrieval.recall(),
                "kernel",
                KernelProvider.best().name(),
                "generation",
                snapshot.generation(),
                "loaded",
                snapshot.loaded().toString(),
                "titles",
                snapshot.catalogue().described(),
                "attributes",
                attributes,
                "feedbackUsers",
                histories.users(),
                "settings",
                info.config(),
                "provenance",
                info.provenance().facts());
    }

    /** What can be asked for beside lists for users, as the page does; anything else is refused. */
    private static List<String> capabilities(ServedModel snapshot) {
        List<String> capabilities = new ArrayList<>();
        if (snapshot.histories() != null) {
            capabilities.add("history");
        }
        if (snapshot.explainable() != null) {
            capabilities.add("explanations");
        }
        if (snapshot.model().as(SimilarItems.class).isPresent()) {
            capabilities.add("similar-items");
        }
        if (snapshot.vectors() != null) {
            capabilities.addAll(List.of("similar-users", "map", "diversity"));
        }
        return capabilities;
    }
}
