package org.mineral.app.serve.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.retrieval.ExactRetrieval;
import org.mineral.app.serve.retrieval.HnswRetrieval;
import org.mineral.app.serve.retrieval.Retrieval;
import org.mineral.data.ItemTable;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.Models;

/**
 * Where models come from: a directory and, with it, a table of items; both are read anew by each {@link #load}.
 *
 * @param items null for none
 */
public record ModelSource(Path model, @Nullable Path items, Search search) {

    /** How the best items for a vector are found. */
    public enum Search {
        /** By scoring every item. */
        EXACT,
        /** Through a graph, which is built anew with each model. */
        HNSW
    }

    /** Answers nobody waits for: Java has compiled what a request needs before the first one comes. */
    private static final int WARM_UP = 300;

    /** @throws org.mineral.config.InputException if model or table are not in good order */
    Snapshot load(int generation) throws IOException {
        Model loaded = Models.load(model);
        ItemTable table = items == null ? ItemTable.empty() : ItemTable.read(items);
        Catalogue catalogue = new Catalogue(loaded.items(), table);
        Retrieval retrieval = loaded instanceof FactorModel factors ? retrieval(factors) : null;
        Snapshot snapshot = new Snapshot(loaded, catalogue, retrieval, generation, Instant.now());
        warmUp(snapshot);
        return snapshot;
    }

    private Retrieval retrieval(FactorModel factors) {
        return search == Search.HNSW
                ? HnswRetrieval.of(factors, Runtime.getRuntime().availableProcessors())
                : new ExactRetrieval(factors);
    }

    private static void warmUp(Snapshot snapshot) {
        FactorModel factors = snapshot.factors();
        Retrieval retrieval = snapshot.retrieval();
        if (factors == null || retrieval == null) {
            return;
        }
        int[] many = new int[Math.min(WARM_UP, factors.users().size())];
        for (int u = 0; u < many.length; u++) {
            many[u] = u;
        }
        try (Workers workers = new Workers(1)) {
            factors.rank(many, 1, factors.seen(), workers);
        }
        for (int user : many) {
            retrieval.best(factors.userFactors().row(user), 20, factors.seen().row(user));
        }
    }
}
