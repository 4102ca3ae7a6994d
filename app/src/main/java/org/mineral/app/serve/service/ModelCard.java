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

    public static Map<String, Object> json(ServedModel served, Histories histories) {
        Retrieval retrieval = served.retrieval();
        VectorModel vectors = served.vectors();
        ModelInfo info = served.model().info();
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String attribute : served.catalogue().attributes()) {
            List<Map<String, Object>> facets = served.catalogue().facets(attribute, FACETS).stream()
                    .map(f -> JsonText.object("value", f.value(), "items", f.items()))
                    .toList();
            attributes.put(attribute, facets);
        }
        return JsonText.object(
                "kind",
                served.model().name(),
                "users",
                served.model().users().size(),
                "items",
                served.model().items().size(),
                "interactions",
                served.model().trained().size(),
                "heldOut",
                served.model().known().size() - served.model().trained().size(),
                "dimension",
                vectors == null ? 0 : vectors.dimension(),
                "capabilities",
                capabilities(served),
                "retrieval",
                retrieval == null ? "exact" : retrieval.name(),
                "recall",
                retrieval == null ? 1 : retrieval.recall(),
                "kernel",
                KernelProvider.best().name(),
                "generation",
                served.generation(),
                "loaded",
                served.loaded().toString(),
                "titles",
                served.catalogue().described(),
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
    private static List<String> capabilities(ServedModel served) {
        List<String> capabilities = new ArrayList<>();
        if (served.histories() != null) {
            capabilities.add("history");
        }
        if (served.explainable() != null) {
            capabilities.add("explanations");
        }
        if (served.model().as(SimilarItems.class).isPresent()) {
            capabilities.add("similar-items");
        }
        if (served.vectors() != null) {
            capabilities.addAll(List.of("similar-users", "map", "diversity"));
        }
        return capabilities;
    }
}
