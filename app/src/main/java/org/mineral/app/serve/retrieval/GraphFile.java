package org.mineral.app.serve.retrieval;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.linalg.Matrix;
import org.mineral.model.VectorModel;
import org.mineral.model.io.StateFile;

/**
 * Stores a graph in a file with a key of its inputs. Written atomically; read only if checksum, key and every edge are valid.
 */
final class GraphFile {

    private static final String KEY = "built_from";
    private static final int CHUNK = 1 << 14;

    /** A graph and its search width. */
    record Kept(ItemGraph graph, SearchWidth searchWidth) {}

    private GraphFile() {}

    /** The SHA-256 of everything that a graph and its recall depend on: item vectors, vectors of the test users, settings. */
    static String key(VectorModel model) {
        MessageDigest digest = sha256();
        Matrix items = model.itemVectors();
        digest.update(String.format(
                        Locale.ROOT,
                        "%s; %s; %d items, %d factors, %d users;",
                        GraphBuild.SETTINGS,
                        SearchWidth.SETTINGS,
                        items.rows(),
                        items.columns(),
                        model.users().size())
                .getBytes(StandardCharsets.UTF_8));
        update(digest, items.values());
        for (float[] judge : SearchWidth.judges(model)) {
            update(digest, judge);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static void write(Path file, String key, Kept kept) throws IOException {
        StateFile.write(file, Map.of(KEY, key), state -> {
            kept.searchWidth.state(state);
            ItemGraph.state(state, kept.graph, kept.graph.size(), kept.graph.getDimension());
        });
    }

    /** @throws InputException if the file is damaged or belongs to another model */
    static Kept read(Path file, String key, int items, int dimension) throws IOException {
        try (StateFile kept = StateFile.open(file)) {
            if (!key.equals(kept.head().get(KEY))) {
                throw new InputException(file + " was built from other vectors or with other settings.");
            }
            Kept[] read = new Kept[1];
            kept.restore(state -> read[0] =
                    new Kept(ItemGraph.state(state, null, items, dimension), new SearchWidth(0, 0).state(state)));
            return read[0];
        } catch (InputException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InputException(file + " is damaged: " + e.getMessage() + ".", e);
        }
    }

    private static void update(MessageDigest digest, float[] values) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int from = 0; from < values.length; from += CHUNK) {
            int n = Math.min(CHUNK, values.length - from);
            chunk.asFloatBuffer().put(FloatBuffer.wrap(values, from, n));
            digest.update(chunk.array(), 0, n * Float.BYTES);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
