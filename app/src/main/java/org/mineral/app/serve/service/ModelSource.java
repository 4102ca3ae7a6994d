package org.mineral.app.serve.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.retrieval.ExactRetrieval;
import org.mineral.app.serve.retrieval.GraphStore;
import org.mineral.app.serve.retrieval.Retrieval;
import org.mineral.config.InputException;
import org.mineral.data.items.ItemTable;
import org.mineral.linalg.Workers;
import org.mineral.model.Capabilities;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;

/**
 * Where models come from: a directory and, with it, a table of items; both are read anew by each {@link #load}.
 *
 * @param items null for none
 * @param notes told of what takes long while a model is loaded
 */
public record ModelSource(Path model, @Nullable Path items, Search search, Consumer<String> notes) {

    /** Where the graph is kept, in the model's directory. */
    public static final String GRAPH_FILE = GraphStore.NAME;

    /** How the best items for a vector are found. */
    public enum Search {
        /** By scoring every item. */
        EXACT,
        /** Through a graph, which is built when a model is new and kept beside it. */
        HNSW
    }

    /** Answers nobody waits for: Java has compiled what a request needs before the first one comes. */
    private static final int WARM_UP = 300;

    /** @throws org.mineral.config.InputException if model or table are not in good order */
    LoadedModel load(int generation) throws IOException {
        Model loaded = Models.load(model);
        Retrieval retrieval = retrieval(loaded);
        LoadedModel snapshot =
                new LoadedModel(loaded, catalogue(loaded, items, notes), retrieval, generation, Instant.now());
        snapshot.map();
        warmUp(snapshot);
        return snapshot;
    }

    /**
     * A model for a few answers: every item is scored, and nothing is done beforehand.
     *
     * @param items a table of items, or null for none
     * @throws org.mineral.config.InputException if the table is not in good order, or knows none of the model's items
     */
    public static LoadedModel of(Model loaded, @Nullable Path items, Consumer<String> notes) throws IOException {
        Retrieval retrieval =
                loaded.as(VectorModel.class).map(ExactRetrieval::new).orElse(null);
        return new LoadedModel(loaded, catalogue(loaded, items, notes), retrieval, 1, Instant.now());
    }

    private static Catalogue catalogue(Model loaded, @Nullable Path items, Consumer<String> notes) throws IOException {
        return new Catalogue(loaded.items(), items == null ? ItemTable.empty() : table(items, loaded, notes));
    }

    /** The table of a file, some of whose items must be the model's: or it is the table of something else. */
    private static ItemTable table(Path file, Model loaded, Consumer<String> notes) throws IOException {
        ItemTable table = ItemTable.read(file, loaded.items());
        table.notes().forEach(note -> notes.accept(file + ": " + note));
        long known = table.known(loaded.items());
        if (known == 0 && loaded.items().size() > 0) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s: found %,d items%s, none of them the model's; allowed: the ids that the model "
                            + "was trained with, such as '%s', in the first column; check that the file belongs to these "
                            + "data, and that its ids are written as there (no spaces, zeros or prefixes more or less).",
                    file,
                    table.size(),
                    table.size() == 0 ? "" : ", the first '" + table.id(0) + "'",
                    loaded.items().id(0)));
        } else if (known < loaded.items().size()) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "%s knows %,d of the model's %,d items; the others are shown by their ids.",
                    file,
                    known,
                    loaded.items().size()));
        }
        return table;
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

    private static void warmUp(LoadedModel snapshot) {
        Model model = snapshot.model();
        int[] many = new int[Math.min(WARM_UP, model.users().size())];
        for (int u = 0; u < many.length; u++) {
            many[u] = u;
        }
        try (Workers workers = new Workers(1)) {
            model.rank(many, 1, model.known(), workers);
        }
        VectorModel vectors = snapshot.vectors();
        Retrieval retrieval = snapshot.retrieval();
        for (int k = 0; vectors != null && retrieval != null && k < many.length; k++) {
            retrieval.best(vectors.userVectors().row(many[k]), 20, model.known().row(many[k]));
        }
    }
}
