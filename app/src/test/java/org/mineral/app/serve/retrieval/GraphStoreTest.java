package org.mineral.app.serve.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.linalg.State;
import org.mineral.model.FactorModel;
import org.mineral.model.io.StateFile;

/** The graph beside the model: read if it is whole and of these vectors, built anew otherwise. */
@Tag("slow")
class GraphStoreTest {

    private static final FactorModel MODEL = ClusteredModel.of(3);
    private static final String KEY = GraphFile.key(MODEL);

    @TempDir
    static Path home;

    private static HnswRetrieval built;
    private static byte[] whole;

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();
    private Path file;

    @BeforeAll
    static void build() throws IOException {
        built = new GraphStore(home, note -> {}).of(MODEL, 2);
        whole = Files.readAllBytes(home.resolve(GraphStore.NAME));
    }

    @BeforeEach
    void keep() throws IOException {
        file = Files.write(directory.resolve(GraphStore.NAME), whole);
    }

    private HnswRetrieval load(FactorModel model) {
        return new GraphStore(directory, notes::add).of(model, 2);
    }

    private GraphFile.Kept read() throws IOException {
        return GraphFile.read(file, KEY, ClusteredModel.ITEMS, MODEL.dimension());
    }

    @Test
    void whatWasKeptAnswersAsWhatWasBuilt() throws IOException {
        HnswRetrieval kept = load(MODEL);
        assertThat(notes).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        assertThat(kept.searchWidth()).isEqualTo(built.searchWidth());
        assertThat(kept.recall()).isEqualTo(built.recall());
        for (int u = 0; u < ClusteredModel.USERS; u++) {
            float[] vector = MODEL.userFactors().row(u);
            assertThat(kept.best(vector, 10, new int[] {u}).items())
                    .isEqualTo(built.best(vector, 10, new int[] {u}).items());
        }
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aGraphOfOtherVectorsIsRebuilt() throws IOException {
        FactorModel other = ClusteredModel.of(4);
        assertThat(load(other).recall()).isGreaterThan(0.95);
        assertThat(notes).hasSize(3);
        assertThat(notes.get(0)).contains("built again", "other vectors");
        assertThat(Files.readAllBytes(file)).isNotEqualTo(whole);
        notes.clear();
        load(other);
        assertThat(notes).isEmpty();
    }

    @Test
    void aDamagedGraphIsNeverUsed() throws IOException {
        Random random = new Random(5);
        for (int k = 0; k < 60; k++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatExceptionOfType(InputException.class).isThrownBy(this::read);
        }
        for (int length : new int[] {0, 3, 7, 8, 100, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatExceptionOfType(InputException.class).isThrownBy(this::read);
        }
        assertThat(load(MODEL).recall()).isGreaterThan(0.95);
        assertThat(notes.get(0)).contains("built again", "damaged");
        assertThat(read().searchWidth().recall()).isGreaterThan(0.95);
    }

    @Test
    void whereNothingCanBeWrittenItIsKeptInMemory() {
        HnswRetrieval retrieval = new GraphStore(directory.resolve("missing"), notes::add).of(MODEL, 2);
        assertThat(retrieval.recall()).isGreaterThan(0.95);
        assertThat(notes).hasSize(2);
        assertThat(notes.get(1)).contains("in memory only", "writable");
    }

    /** Numbers and edges of a graph of three items; a test spoils one of them under a right checksum. */
    private static final class Forged {
        final Map<String, Long> numbers = new java.util.LinkedHashMap<>(Map.of(
                "beam",
                40L,
                "recall",
                Double.doubleToRawLongBits(1),
                "layers",
                1L,
                "entry",
                0L,
                "layer0.nodes",
                3L,
                "layer0.edges",
                4L));
        final int[] nodes = {0, 1, 2};
        final int[] begins = {0, 1, 3, 4};
        final int[] neighbours = {1, 0, 2, 1};

        void write(State state) {
            numbers.forEach(state::number);
            state.ints("layer0.nodes", nodes);
            state.ints("layer0.begins", begins);
            state.ints("layer0.neighbours", neighbours);
        }
    }

    private void forge(Consumer<Forged> spoil) throws IOException {
        Forged forged = new Forged();
        spoil.accept(forged);
        StateFile.write(file, Map.of("built_from", KEY), forged::write);
    }

    @Test
    void aForgedGraphIsRefusedBeforeAnythingFollowsIt() throws IOException {
        forge(whole -> {});
        assertThat(GraphFile.read(file, KEY, 3, MODEL.dimension()).graph().maxDegree())
                .isEqualTo(2);
        List<Consumer<Forged>> spoilt = List.of(
                f -> f.neighbours[2] = 3,
                f -> f.neighbours[2] = -1,
                f -> f.nodes[1] = 0,
                f -> f.nodes[2] = 7,
                f -> f.begins[0] = -1,
                f -> f.begins[1] = 4,
                f -> f.begins[3] = 3,
                f -> f.numbers.put("beam", 41L),
                f -> f.numbers.put("beam", 1L << 32 | 40),
                f -> f.numbers.put("recall", Double.doubleToRawLongBits(Double.NaN)),
                f -> f.numbers.put("entry", 3L),
                f -> f.numbers.put("entry", -1L),
                f -> f.numbers.put("layers", 0L),
                f -> f.numbers.put("layers", 1L << 40),
                f -> f.numbers.put("layers", 2L),
                f -> f.numbers.put("layer0.nodes", 2L),
                f -> f.numbers.put("layer0.nodes", 4L),
                f -> f.numbers.put("layer0.edges", 5L),
                f -> f.numbers.put("layer0.edges", (long) Integer.MAX_VALUE));
        for (int k = 0; k < spoilt.size(); k++) {
            forge(spoilt.get(k));
            assertThatExceptionOfType(InputException.class)
                    .as("forgery %d", k)
                    .isThrownBy(() -> GraphFile.read(file, KEY, 3, MODEL.dimension()));
        }
    }
}
