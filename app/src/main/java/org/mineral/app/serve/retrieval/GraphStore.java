package org.mineral.app.serve.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.mineral.config.InputException;
import org.mineral.model.VectorModel;

/**
 * Caches the graph of a model in the model's directory, as {@value #NAME}. A missing or damaged graph, or one of another model, is rebuilt.
 *
 * @param notes receives messages about long builds and failed writes
 */
public record GraphStore(Path directory, Consumer<String> notes) {

    public static final String NAME = "items.hnsw";

    /** The cached graph, or a new one, which is cached if possible. */
    public HnswRetrieval of(VectorModel model, int threads) {
        Path file = directory.resolve(NAME);
        String key = GraphFile.key(model);
        int items = model.items().size();
        if (Files.exists(file)) {
            try {
                return HnswRetrieval.of(model, GraphFile.read(file, key, items, model.dimension()));
            } catch (InputException | IOException e) {
                notes.accept("the cached graph is not used, and is built again: " + reason(e));
            }
        }
        notes.accept(String.format(Locale.ROOT, "building the graph over %,d items ...", items));
        long start = System.nanoTime();
        HnswRetrieval built = HnswRetrieval.of(model, threads);
        String took = String.format(Locale.ROOT, "built in %.0f s", (System.nanoTime() - start) / 1e9);
        try {
            GraphFile.write(file, key, built.kept());
            notes.accept(took + ", kept in " + file + "; the next start reads it.");
        } catch (IOException e) {
            notes.accept(took + ", in memory only, because it cannot be saved in " + file + " (" + reason(e)
                    + "): the next start builds it again. Make the directory writable to avoid that.");
        }
        return built;
    }

    private static String reason(Exception e) {
        return e instanceof InputException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
