package org.mineral.app.serve.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.Addition;
import org.mineral.app.serve.retrieval.AppendedRetrieval;
import org.mineral.app.serve.retrieval.GraphStore;
import org.mineral.config.InputException;
import org.mineral.linalg.Workers;
import org.mineral.model.Capabilities;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import org.mineral.recommend.Catalogue;
import org.mineral.recommend.ExactRetrieval;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Retrieval;
import org.mineral.recommend.SideFiles;

/**
 * Loads models from a directory, with an optional item table; each {@link #load} reads both again.
 *
 * @param items null for none
 * @param further users and items that came after training
 * @param notes receives messages about slow steps of loading
 */
public record ModelSource(Path model, @Nullable Path items, Search search, SideFiles further, Consumer<String> notes) {

    /** Without side files. */
    public ModelSource(Path model, @Nullable Path items, Search search, Consumer<String> notes) {
        this(model, items, search, SideFiles.NONE, notes);
    }

    /** The cache of the graph, in the model's directory. */
    public static final String GRAPH_FILE = GraphStore.NAME;

    /** The retrieval method. */
    public enum Search {
        /** By scoring every item. */
        EXACT,
        /** By a graph, which is built for a new model and cached beside it. */
        HNSW
    }

    /** Runs some queries, so that the JVM has compiled the code before the first request. */
    private static final int WARM_UP = 300;

    /** @throws org.mineral.config.InputException if model or table are not in good order */
    ServedModel load(int generation) throws IOException {
        Model loaded = Models.load(model);
        Retrieval retrieval = retrieval(loaded);
        ServedModel served =
                new ServedModel(loaded, Catalogue.of(loaded, items, notes), retrieval, generation, Instant.now());
        served.map();
        warmUp(served);
        return served;
    }

    /** A model with the users and items of the side files; the same if there are none. */
    Model described(Model loaded) throws IOException {
        return further.into(loaded, notes);
    }

    /**
     * A model that is served in place of the one that was loaded.
     *
     * @param described the loaded one, {@linkplain #described with the side files}
     * @param items further ones that were added
     * @param users the same
     */
    ServedModel with(ServedModel base, Model described, List<Addition> items, List<Addition> users) {
        Model more = FurtherModel.of(described, items, users, notes);
        if (more == base.model()) {
            return base;
        }
        VectorModel vectors = more.as(VectorModel.class).orElse(null);
        Retrieval retrieval = base.retrieval();
        if (vectors != null && retrieval != null) {
            retrieval = search == Search.HNSW
                    ? new AppendedRetrieval(retrieval, base.model().require(VectorModel.class), vectors)
                    : new ExactRetrieval(vectors);
        }
        return new ServedModel(more, base.catalogue().extended(more, FurtherModel.titles(items)), retrieval, base);
    }

    /** Null for a model without vectors: it scores its items itself. */
    private @Nullable Retrieval retrieval(Model loaded) {
        VectorModel vectors = loaded.as(VectorModel.class).orElse(null);
        if (search == Search.HNSW && vectors == null) {
            throw new InputException("--retrieval hnsw needs vectors; " + Capabilities.lack(loaded, VectorModel.class)
                    + " Serve it with --retrieval exact.");
        } else if (vectors == null) {
            return null;
        }
        return search == Search.HNSW
                ? new GraphStore(model, notes).of(vectors, Runtime.getRuntime().availableProcessors())
                : new ExactRetrieval(vectors);
    }

    private static void warmUp(LoadedModel served) {
        Model model = served.model();
        int[] many = new int[Math.min(WARM_UP, model.users().size())];
        for (int u = 0; u < many.length; u++) {
            many[u] = u;
        }
        try (Workers workers = new Workers(1)) {
            model.rank(many, 1, model.known(), workers);
        }
        VectorModel vectors = served.vectors();
        Retrieval retrieval = served.retrieval();
        for (int k = 0; vectors != null && retrieval != null && k < many.length; k++) {
            retrieval.best(vectors.userVector(many[k]), 20, model.known().row(many[k]));
        }
    }
}
